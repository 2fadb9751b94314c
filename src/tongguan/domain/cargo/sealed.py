"""Tables that the ledger describes: manifests, bills, containers, and what is decided on them."""

from typing import Final

from tongguan.facilities.ledger.sealed import SealedTable

MANIFEST: Final = SealedTable(
    "cargo_manifest",
    ("flow", "mode", "name", "voyage", "office", "carrier_id"),
    ("number", "received_at"),
    chain="id",
)
MESSAGE: Final = SealedTable(
    "cargo_manifestmessage",
    ("sha256",),
    ("function", "content", "received_at", "received_by"),
    chain="manifest_id",
    documents=frozenset({"content"}),
)
BILL: Final = SealedTable(
    "cargo_bill",
    (
        "carrier_id",
        "office",
        "site",
        "consignee",
        "goods",
        "packages",
        "gross",
        "received_at",
        "withdrawn_at",
        "arrived_at",
        "arrived_site",
        "left_at",
    ),
    ("number", "manifest_id"),
    chain="id",
    unbegun=True,
    places={"gross": 6},
)
UNIT: Final = SealedTable(
    "cargo_cargounit",
    ("seals", "arrived_at", "arrived_site", "left_at"),
    key="unit",
    chain="bill_id",
    unbegun=True,
)
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
SEALED: Final = (MANIFEST, MESSAGE, BILL, UNIT, CLAIM, TRANSPORT, ARRIVAL, DISPUTE, DIVERSION)
