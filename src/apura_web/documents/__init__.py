"""Legal acts as offices have them: numbered, signed, published, corrected."""
