"""Coordination centres: what they stop by hand, and lift again."""
