"""What developers run: management commands, and the care of words."""
