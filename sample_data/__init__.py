"""Sample data: what the texts say (reference/), invented people (generation/), the ten workbooks (classeurs/)."""
