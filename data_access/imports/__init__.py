"""From a checked workbook to the tables, and what is derived there."""
