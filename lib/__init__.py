"""The rooms of Signal Review; README.md draws the floor plan."""
