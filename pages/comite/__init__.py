"""Screens of the steering committee."""
