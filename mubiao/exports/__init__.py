"""What leaves the product: data for programs, and files to take along for people."""
