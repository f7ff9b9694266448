"""What all extractors share: the text as one `Reading`."""
