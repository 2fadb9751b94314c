"""Tables that the ledger describes: release orders."""

from typing import Final

from tongguan.facilities.ledger.sealed import SealedTable

ORDER: Final = SealedTable(
    "release_releaseorder",
    (
        "unit",
        "office",
        "site",
        "state",
        "acknowledged_at",
        "executed_at",
        "executed_site",
        "recalled_at",
        "recall_asked_by",
        "recall_asked_at",
        "recall_reason",
    ),
    ("made_at", "sent_at", "signature"),
)
SEALED: Final = (ORDER,)
