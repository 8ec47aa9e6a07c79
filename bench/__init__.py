"""What is fast and what is slow, as ratios measured in one run: `make bench`."""
