"""A screen and its parts."""
