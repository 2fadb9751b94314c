"""Every table is sealed by the ledger, or stands here with the reason why it is not."""

from typing import Final

from django.apps import apps

from tongguan.processes.sealed import SEALED

LATER: Final = "not yet: an act on many rows has to say them in one hash"
DERIVED: Final = "computed from what is sealed, and can be computed again"
ITSELF: Final = "sealed by its own chain of hashes and its signature"
FLEETING: Final = "of the moment: nothing rests on it when the day is over"
UNSEALED: Final = {
    "accounts_person_groups": "groups of Django, which nothing asks for",
    "accounts_person_user_permissions": "permissions of Django, which nothing asks for",
    "announcements_announcement": "events; what they tell of is sealed",
    "cargo_bill": LATER,
    "cargo_cargounit": LATER,
    "cargo_manifest": LATER,
    "cargo_manifestmessage": LATER,
    "declarations_serialblock": "how far numbers were given out; each number is sealed",
    "inspection_preparedrecord": "a draft; what all have signed is sealed",
    "inspection_signingcode": FLEETING,
    "ledger_checkpoint": ITSELF,
    "ledger_countersigned": ITSELF,
    "ledger_entry": ITSELF,
    "ledger_head": ITSELF,
    "reference_stamp": "tells processes that something was loaded; what was loaded is sealed",
    "risk_backtest": "tries on the past; decides nothing",
    "risk_explanation": DERIVED,
    "risk_modelfile": "named by its hash, which the criterion that uses it seals",
    "risk_modelwatch": DERIVED,
    "risk_owedcheck": DERIVED,
    "risk_price": DERIVED,
    "risk_reached": DERIVED,
    "risk_sighting": DERIVED,
}


LIBRARIES: Final = {
    "account",
    "admin",
    "auth",
    "contenttypes",
    "mfa",
    "oauth2_provider",
    "sessions",
}
"""Their tables are theirs; who may do what is decided by persons, software and postings."""


def test_a_table_is_sealed_or_has_a_reason_not_to_be() -> None:
    models = apps.get_models(include_auto_created=True)
    own = {one._meta.db_table for one in models if one._meta.app_label not in LIBRARIES}

    assert own - SEALED.keys() == UNSEALED.keys()
    assert own >= SEALED.keys()
