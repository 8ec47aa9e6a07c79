"""The Analyze page: recordings in, options, and the page of one run."""
