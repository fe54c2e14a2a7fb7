"""What is done with agreements: one module per noun."""
