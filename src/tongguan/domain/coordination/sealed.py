"""Tables that the ledger describes: instructions given by hand."""

from typing import Final

from tongguan.facilities.ledger.sealed import SealedTable

INSTRUCTION: Final = SealedTable(
    "coordination_instruction",
    ("lift_words", "lift_asked_by", "lift_asked_at", "lifted_by", "lifted_at"),
    ("reason", "stopped_by", "stopped_at"),
    key="hold",
)
SEALED: Final = (INSTRUCTION,)
