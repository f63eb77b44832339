"""The page of the years: the plans of a place beside each other."""
