"""Manifests: reading them from JSON and sheets, and checking what they say."""
