"""What may be seen of indicators: the only querysets."""
