"""Benchmark of each screen's data part: `python -m tests.bench`."""
