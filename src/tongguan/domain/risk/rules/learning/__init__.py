"""Learning from outcomes: reading labelled rows, encoding them in time order, scoring, judging."""
