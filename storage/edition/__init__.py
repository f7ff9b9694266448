"""The edition: `dateline.duckdb`, generated from the event classes and view files, published by rename."""
