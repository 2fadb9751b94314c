"""Tables that the ledger describes: agencies, licences, and what agencies are asked."""

from typing import Final

from tongguan.facilities.ledger.sealed import SealedTable

AGENCY: Final = SealedTable(
    "permits_agency", ("enterprise_id",), ("registered_at",), key="code", chain=""
)
LICENCE: Final = SealedTable(
    "permits_licence",
    ("number", "granted", "drawn"),
    ("agency_id", "kind", "holder_id", "unit", "valid_from", "valid_until", "commodities", "port"),
    chain="",
    places={"granted": 5},
)
REQUEST: Final = SealedTable(
    "permits_request",
    ("answer", "words", "answered_by", "answered_at", "debited_id", "credited_at"),
    ("agency", "kind", "number", "quantity", "unit", "asked_at"),
    key="hold",
    places={"quantity": 5},
)
CERTIFICATE: Final = SealedTable(
    "permits_certificate",
    ("number", "granted", "drawn", "withdrawn_at"),
    (
        "kind",
        "holder_id",
        "basis",
        "origin",
        "levy_modes",
        "frees",
        "share",
        "commodities",
        "unit",
        "valid_from",
        "valid_until",
        "issuer",
        "registered_at",
    ),
    chain="",
    places={"granted": 5, "share": 5},
)
CERTIFICATE_USE: Final = SealedTable(
    "permits_certificateuse",
    rest=("certificate_id", "line", "quantity", "debited_at", "credited_at"),
    places={"quantity": 5},
    folded=True,
)
SEALED: Final = (AGENCY, LICENCE, REQUEST, CERTIFICATE, CERTIFICATE_USE)
