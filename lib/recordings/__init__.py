"""Recordings: what is in them, what the API would say to them, and where they are stored."""
