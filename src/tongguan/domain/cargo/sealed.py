"""Tables that the ledger describes: claims, transports, arrivals, disputes and diversions."""

from typing import Final

from tongguan.facilities.ledger.sealed import SealedTable

CLAIM: Final = SealedTable("cargo_claim", ("bill", "departure", "freed_at"), key="bill")
TRANSPORT: Final = SealedTable(
    "cargo_transport", ("declared_at", "stated", "by"), key="manifest_id", chain="manifest_id"
)
ARRIVAL: Final = SealedTable(
    "cargo_arrival", rest=("unit", "site", "kind", "at", "by"), chain="bill_id"
)
DISPUTE: Final = SealedTable(
    "cargo_dispute",
    ("outcome", "decided_at", "decided_by", "reason"),
    (
        "number",
        "name",
        "voyage",
        "office",
        "bills",
        "holder_id",
        "claimant_id",
        "sha256",
        "content",
        "raised_at",
        "raised_by",
    ),
    chain="id",
    documents=frozenset({"content"}),
)
DIVERSION: Final = SealedTable(
    "cargo_diversion",
    ("approved", "decided_at", "decided_by", "words"),
    ("from_office", "from_site", "to_office", "to_site", "reason", "asked_at", "asked_by"),
    chain="bill_id",
)
SEALED: Final = (CLAIM, TRANSPORT, ARRIVAL, DISPUTE, DIVERSION)
