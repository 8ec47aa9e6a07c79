"""Read and write the files that people exchange: sessions, reviews and transcripts."""
