"""The pact as a spreadsheet: out, back, and compared with what is written."""
