"""Partner agencies' licences: what they granted, what declarations use of it, who confirms."""
