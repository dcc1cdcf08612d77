"""Readers who try to find what is masked: each attempt, and why it fails."""
