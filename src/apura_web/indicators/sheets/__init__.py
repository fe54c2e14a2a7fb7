"""The grid of a unit as a spreadsheet: out, back, and compared with what the grid holds."""
