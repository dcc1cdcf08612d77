"""Extracts of other software, read with a profile: which of their columns feeds which of ours.

A profile belongs to a PLIE and a tool. It holds the names of sheets, columns and values, so that none is in the code.
For a screen: `grille.open_extrait`, `proposition.propose_profil`, `chargement.preview` and `prepare_extrait`, `depot`
(profiles stored by PLIE, and as JSON).
"""
