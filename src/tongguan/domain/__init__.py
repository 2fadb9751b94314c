"""One room a concept of the trade; what comes later in a clearance may import what comes earlier."""
