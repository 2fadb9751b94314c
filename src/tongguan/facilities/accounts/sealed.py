"""Tables that the ledger describes: persons, software and postings."""

from typing import Final

from tongguan.facilities.ledger.sealed import SealedTable

PERSON: Final = SealedTable(
    "accounts_person",
    ("username", "is_active", "is_staff", "is_superuser"),
    ("admitted_at",),
    chain="",
)
SOFTWARE: Final = SealedTable(
    "accounts_apiclient", ("name", "withdrawn_at"), ("client_id", "label", "admitted_at"), chain=""
)
POSTING: Final = SealedTable(
    "accounts_posting",
    ("role", "office", "district", "site", "enterprise_id", "valid_until"),
    ("person_id", "client_id", "valid_from"),
    chain="",
)
SEALED: Final = (PERSON, SOFTWARE, POSTING)
