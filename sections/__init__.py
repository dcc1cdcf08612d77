"""What is shown of a subject, declared once; screens, papers and projection print it."""
