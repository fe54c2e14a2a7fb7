"""Apura: results-based management for public institutions. The library: law as data, exact scores, explanations."""
