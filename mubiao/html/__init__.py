"""HTML of pages and files, from templates that escape every text."""
