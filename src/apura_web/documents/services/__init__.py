"""What happens when somebody registers, corrects or publishes a legal act."""
