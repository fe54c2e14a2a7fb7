"""The pact as a file, spreadsheet or Word document: out, back, and compared with what is written."""
