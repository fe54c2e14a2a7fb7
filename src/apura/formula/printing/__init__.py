"""How formulas are shown: one module for each way of reading them."""
