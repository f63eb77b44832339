"""What entries would change in the record, what is doubtful about them, and saving them."""
