"""How an entry is sealed to the one before it."""
