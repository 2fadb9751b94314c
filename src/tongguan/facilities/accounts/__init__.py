"""Who people are and in what role they act: persons, postings, sign-in, API clients."""
