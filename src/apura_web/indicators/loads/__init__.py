"""Files of values: read by pieces, each row understood or told what is wrong with it."""
