"""What is stored of meetings."""
