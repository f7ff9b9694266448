"""The steps of a night as plain functions: poll feeds, fetch pages, read batches. Tests call them without Prefect."""
