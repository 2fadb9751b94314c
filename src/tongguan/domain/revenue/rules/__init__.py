"""How duty, taxes and fees come about: pure functions, one subject a file."""
