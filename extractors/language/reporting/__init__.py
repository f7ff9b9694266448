"""Who said what: direct quotations by punctuation, mixed and indirect speech by the parse, speakers by the entities."""
