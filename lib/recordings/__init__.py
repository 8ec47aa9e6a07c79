"""Recordings: probe their content, check them against the API's limits, and store them."""
