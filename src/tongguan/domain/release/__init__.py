"""Release orders: what may leave, through which gate, and that it left."""
