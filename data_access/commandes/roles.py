"""Under which role the journal of accesses notes what is done from the command line."""

ROLE = "commande"
"""Whoever may run a command is already on the server: no right of the dashboard applies."""
