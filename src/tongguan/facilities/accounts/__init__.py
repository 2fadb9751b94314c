"""Who acts: persons, software, their roles and postings."""
