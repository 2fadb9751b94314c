"""Tables that the ledger describes: what was asked and answered, and how reviews ended."""

from typing import Final

from tongguan.facilities.ledger.sealed import SealedTable

QUERY: Final = SealedTable(
    "review_query",
    ("answer", "answered_by", "answered_at"),
    ("kind", "question", "ground", "document", "office", "due_at", "asked_by", "asked_at"),
    key="hold",
)
CLOSURE: Final = SealedTable(
    "review_closure", ("finding",), ("words", "closed_by", "closed_at"), key="hold"
)
REVOCATION: Final = SealedTable(
    "review_revocation",
    ("act", "ground"),
    ("words", "decided_by", "decided_at"),
    key="declaration_id",
)
DECISION: Final = SealedTable(
    "review_casedecision", ("consequence", "decided_by"), ("hold", "words", "decided_at")
)
SEALED: Final = (QUERY, CLOSURE, REVOCATION, DECISION)
