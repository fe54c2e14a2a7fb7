"""Units and people from a spreadsheet: read, compared with what exists, shown, and only then written by act."""
