"""The page Target."""
