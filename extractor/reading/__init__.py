"""A file becomes lines with place and type; nothing is decided here."""

PDF_SUFFIXES = (".pdf",)
WEB_SUFFIXES = (".html", ".htm", ".xhtml", ".mht", ".mhtml", ".webarchive")
SUFFIXES = PDF_SUFFIXES + WEB_SUFFIXES  # of every file that can be read: the one list of the program
