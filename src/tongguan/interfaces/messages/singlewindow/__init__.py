"""DecMessage, the declaration of the Chinese single window, read and written."""
