"""An edition → the papers of a meeting: slides, workbook, PDF. Nothing is computed here, and no database is read."""
