"""Tables that the ledger describes: declarations, versions, lines, units, submissions."""

from typing import Final

from tongguan.facilities.ledger.sealed import SealedTable

DECLARATION: Final = SealedTable(
    "declarations_declaration",
    (
        "number",
        "trader_id",
        "declarant_id",
        "declaration_office",
        "goods_office",
        "payment_office",
        "inspection_office",
        "site",
        "bill",
        "version",
    ),
    ("reference", "flow", "kind", "mode", "goods", "line_count", "accepted_at"),
    chain="id",
)
VERSION: Final = SealedTable(
    "declarations_version",
    ("sha256",),
    ("content", "reason", "made_at", "made_by"),
    key="number",
    documents=frozenset({"content"}),
)
LINES: Final = SealedTable(
    "declarations_line",
    rest=("number", "commodity", "name", "origin", "quantity", "unit", "total", "currency"),
    places={"quantity": 6, "total": 4},
    folded=True,
)
UNITS: Final = SealedTable("declarations_unit", rest=("unit",), folded=True)
ATTEMPT: Final = SealedTable(
    "declarations_attempt",
    rest=(
        "declarant_code",
        "reference",
        "format",
        "channel",
        "received_at",
        "received_by",
        "sha256",
        "raw",
        "faults",
    ),
    alone="id",
    unbegun=True,
    documents=frozenset({"faults"}),
)
SEALED: Final = (DECLARATION, VERSION, LINES, UNITS, ATTEMPT)
