"""Documentary check: reviews, queries to the declarant, summons."""
