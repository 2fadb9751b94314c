"""How far a declaration has come, and what holds it."""
