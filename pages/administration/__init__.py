"""Screens of those who give rights."""
