"""Versions of the data: what changed, as it was, taken back, as published."""
