"""Indicators: cards, targets, and the ledger of what was measured."""
