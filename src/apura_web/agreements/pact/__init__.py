"""What an agreement says, as data: its sections, its parts, what is missing, what changed. No database."""
