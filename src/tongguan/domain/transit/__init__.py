"""Movement under customs control: carrier, seals, time limit, arrival."""
