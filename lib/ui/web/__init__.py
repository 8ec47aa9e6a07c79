"""What runs in the browser: scripts, styles and pictures."""
