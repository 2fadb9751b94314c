"""Whether a declaration is well formed: pure checks, one subject a file, all faults at once."""
