"""The page of who owes reports."""
