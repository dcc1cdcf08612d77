"""What a meeting is shown: composed from published figures, frozen, compared."""
