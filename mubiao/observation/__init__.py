"""Observations as people and files bring them, checked whole, and which of them stand."""
