"""Enterprises' pages: what waits, one declaration, lodging, paying."""
