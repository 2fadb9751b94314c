"""Tables that the ledger describes: enterprises, credit classes and mandates."""

from typing import Final

from tongguan.facilities.ledger.sealed import SealedTable

ENTERPRISE: Final = SealedTable(
    "parties_enterprise",
    ("scc", "suspended_from", "suspended_until"),
    ("customs_code", "name_zh", "name_en", "kind", "home_office", "registered_on"),
    chain="",
)
CREDIT: Final = SealedTable(
    "parties_creditrecord",
    ("enterprise_id", "credit", "valid_from", "valid_until", "reason", "set_by"),
    chain="",
)
MANDATE: Final = SealedTable(
    "parties_mandate",
    ("principal_id", "broker_id", "valid_until", "revoked_at", "revoked_by"),
    (
        "sees_others",
        "draws_guarantee",
        "flow",
        "chapters",
        "valid_from",
        "signed_by",
        "signed_at",
        "signature",
    ),
    chain="",
)
SEALED: Final = (ENTERPRISE, CREDIT, MANDATE)
