"""A file becomes lines with place and type; nothing is decided here."""
