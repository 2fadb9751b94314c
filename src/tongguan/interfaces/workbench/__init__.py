"""Officers' pages: a module a desk."""
