"""What happens when a calculation is kept."""
