"""The facts of the shipped examples; every value is fictitious."""
