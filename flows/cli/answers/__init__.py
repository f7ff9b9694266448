"""How answers look: tables for people, JSON and CSV for scripts, and the prompt that asks for more."""
