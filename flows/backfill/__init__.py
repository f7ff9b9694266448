"""Backfills: a range of days done again from what is kept, or for the first time from archives and live sites."""
