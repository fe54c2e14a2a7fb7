"""Reading agreements: the only querysets."""
