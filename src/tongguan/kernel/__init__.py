"""Shared words of the house, pure: nothing here knows a database, a page or a clock."""
