"""A meeting, from its preparation to its decisions."""
