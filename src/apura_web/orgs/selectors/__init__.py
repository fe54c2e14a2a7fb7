"""What may be seen of units, people and offices."""
