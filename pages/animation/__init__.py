"""Screens of the animation team."""
