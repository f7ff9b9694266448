"""What dateline remembers: the event vocabulary, the log, captures, texts and the published DuckDB file."""
