"""Parts that the screens of a meeting share."""
