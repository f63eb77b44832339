"""Workbooks: the one to fill in, listings of the record, the report of a meeting."""
