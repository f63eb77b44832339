"""Mubiao (目标): a government's yearly promises, kept in view for the rest of the year."""
