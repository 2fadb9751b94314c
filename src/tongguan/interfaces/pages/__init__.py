"""The shared page: its frame, its look, and the parts that pages are built of."""
