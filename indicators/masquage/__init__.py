"""Masking of small numbers: what is hidden, and the proof that what stays visible does not give it back."""
