"""The demonstration: an invented region at work. No enterprise, person or good of it exists."""
