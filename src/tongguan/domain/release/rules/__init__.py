"""How a release order is signed and read."""
