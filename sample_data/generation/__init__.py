"""Invents the people of the ten PLIE, deterministically, around the volumes that the programme texts give."""
