"""Spreadsheets that people send: read with every refusal, a dry run first.

Nothing is imported here: the library of workbooks is slow to load, so only those who use it do.
"""
