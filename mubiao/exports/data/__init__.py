"""Data for programs, and the lists that people import again: JSON documents, CSV, open data."""
