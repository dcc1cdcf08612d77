"""Screens that explain the figures."""
