"""The revisions, one module each, which import no table of today."""
