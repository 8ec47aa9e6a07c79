"""The Review page: one session, its signals and its quality in step with the video."""
