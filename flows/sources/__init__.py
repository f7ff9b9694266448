"""Sources of articles, one module each: feeds, local files, tables."""
