"""Codebooks as people bring and take them: tables, YAML and templates of ELAN <-> codes, pure."""
