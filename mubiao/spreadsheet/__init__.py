"""Spreadsheets: the workbook to fill in, exports, and reading files back in, a dry run first.

Nothing is imported here: the library of workbooks is slow to load, so only those who use it do.
"""
