"""Runs on the screen: their queue, their status, and what can be done about them."""
