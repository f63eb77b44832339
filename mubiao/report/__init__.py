"""The report's text, and where each of its figures went in a plan."""
