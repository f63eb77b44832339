"""What people see, as plain values in one language, before anything is drawn."""
