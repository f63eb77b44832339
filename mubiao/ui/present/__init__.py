"""The page Present: a meeting's slides."""
