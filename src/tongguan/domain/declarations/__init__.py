"""What was declared, in versions, and whether it is well formed."""
