"""A section on screen: cards, pictures, tables."""
