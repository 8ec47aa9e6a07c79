"""The rooms of Signal Review; README.md draws the floor plan."""

__version__ = "0.1.0"
