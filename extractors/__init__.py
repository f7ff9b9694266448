"""What a text says: pure functions, text in, events out; no network, no clock, no database.

Each module in this folder is one extractor. Adding one is adding one file.
"""
