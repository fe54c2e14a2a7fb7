"""Calculations: what was known, frozen; what the norm gave, kept with its explanation."""
