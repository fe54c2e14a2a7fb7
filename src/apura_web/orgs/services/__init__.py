"""What happens when somebody changes units, people or offices."""
