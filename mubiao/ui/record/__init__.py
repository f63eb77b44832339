"""The page Record."""
