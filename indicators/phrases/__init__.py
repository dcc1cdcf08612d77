"""French sentences written from published figures."""
