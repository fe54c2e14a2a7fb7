"""Benchmarks: ratios measured in one run; see results.md."""
