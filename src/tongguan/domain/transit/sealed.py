"""Tables that the ledger describes: movements under control."""

from typing import Final

from tongguan.facilities.ledger.sealed import SealedTable

MOVEMENT: Final = SealedTable(
    "transit_movement",
    ("arrived_at", "intact", "to_site", "early_at", "early_by", "enquired_at", "called_at"),
    (
        "mode",
        "from_site",
        "hold",
        "departure",
        "destination",
        "carrier",
        "carrier_id",
        "vehicle",
        "seals",
        "departed_at",
        "due_at",
    ),
)
SEALED: Final = (MOVEMENT,)
