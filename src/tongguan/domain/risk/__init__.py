"""Profiles, random share, model: what is selected, and why."""
