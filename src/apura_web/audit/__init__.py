"""Who did what, when and by which power: acts, the trail that cannot be altered unnoticed, and refused attempts."""
