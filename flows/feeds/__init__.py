"""The formats of feeds, and what they have in common."""
