"""Who did what, when and why: append-only, a chain of hashes for each declaration."""
