"""Files that people bring and take: sessions, reviews and transcripts, read and written. Pure."""
