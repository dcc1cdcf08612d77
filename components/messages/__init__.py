"""What a screen says in words."""
