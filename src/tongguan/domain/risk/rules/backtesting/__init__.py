"""A whole policy run over a span of history, in order of time, learning only from what it saw."""
