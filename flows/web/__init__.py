"""Asking other people's servers: politely, within limits, and trusting nothing that comes back."""
