"""People: found, shown to themselves, made anonymous."""
