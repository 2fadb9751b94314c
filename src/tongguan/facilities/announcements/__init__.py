"""Events queued in the transaction that made them, and read from a cursor."""
