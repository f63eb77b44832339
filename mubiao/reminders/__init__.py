"""Reminding units of what they owe: by which channel, and when."""
