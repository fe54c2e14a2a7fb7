"""What is done with indicators: one module per noun."""
