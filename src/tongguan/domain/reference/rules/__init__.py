"""How packs are read, modes found and exchange rates dated."""
