"""Manifests, bills, containers and where they lie."""
