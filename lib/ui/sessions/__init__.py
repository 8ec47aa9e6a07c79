"""The Sessions page: the list of sessions, searched, selected, renamed, deleted, moved."""
