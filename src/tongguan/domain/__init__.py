"""One room a concept of the trade; later steps of a clearance import earlier ones."""
