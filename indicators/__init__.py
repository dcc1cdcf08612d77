"""What each figure means, how it is computed, and the only door through which it is published."""
