"""Apura: results-based management for public institutions. Law as data, exact scores, explanations."""
