"""Facts, matching, drawing and selecting: pure."""
