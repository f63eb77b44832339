"""A plan: one YAML file, curated by hand, read with the line of every mistake."""
