"""Pages of units, people and offices."""
