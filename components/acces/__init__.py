"""Who is in front of the screen, and what they may open."""
