"""The database: opened, brought up to date, locked."""
