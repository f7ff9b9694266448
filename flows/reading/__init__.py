"""From kept pages to records: cleaning and extracting in killable worker processes, then one commit a batch."""
