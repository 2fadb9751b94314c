"""Registration and mandates, pure."""
