"""Tables that the ledger describes: persons, software with its credentials, and postings."""

from typing import Final

from tongguan.facilities.ledger.sealed import SealedTable

PERSON: Final = SealedTable(
    "accounts_person",
    ("username", "email", "password", "is_active", "is_staff", "is_superuser"),
    ("admitted_at",),
    chain="",
    secrets=frozenset({"email", "password"}),
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
CREDENTIALS: Final = SealedTable(
    "oauth2_provider_application",
    rest=(
        "user_id",
        "name",
        "client_type",
        "authorization_grant_type",
        "client_secret",
        "hash_client_secret",
        "redirect_uris",
        "post_logout_redirect_uris",
        "allowed_origins",
        "algorithm",
        "skip_authorization",
        "registration_source",
        "cimd_expires_at",
    ),
    key="client_id",
    chain="",
)
FACTOR: Final = SealedTable(
    "mfa_authenticator",
    ("data",),
    ("user_id", "type", "created_at"),
    chain="",
    documents=frozenset({"data"}),
)
"""Second factors of people. What they hold is longer than a fact tells: its hash stands there."""
SEALED: Final = (PERSON, SOFTWARE, CREDENTIALS, POSTING, FACTOR)
