"""The frame of every page: registry, filters, choice, perimeter."""
