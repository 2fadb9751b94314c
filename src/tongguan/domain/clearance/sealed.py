"""Tables that the ledger describes: states and holds."""

from typing import Final

from tongguan.facilities.ledger.sealed import SealedTable

CLEARANCE: Final = SealedTable("clearance_clearance", ("state", "moved_at"), key="declaration_id")
HOLD: Final = SealedTable(
    "clearance_hold",
    ("kind", "turn", "office", "facts", "due_at", "ended_at", "ended_by"),
    ("why", "opened_at", "opened_by"),
    documents=frozenset({"facts"}),
)
SEALED: Final = (CLEARANCE, HOLD)
