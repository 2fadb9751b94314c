"""Our own PostgreSQL, started when an operator gives none."""
