"""Every table is sealed by the ledger, or stands here with the reason why it is not."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Final

import pytest
from django.apps import apps
from django.db import connection

from tongguan import domain
from tongguan.facilities.ledger.sealed import SealedTable
from tongguan.processes.announced import ACTS, AT_HOME
from tongguan.processes.map import FOLLOWS
from tongguan.processes.sealed import SEALED

DERIVED: Final = "computed from what is sealed, and can be computed again"
ITSELF: Final = "sealed by its own chain of hashes and its signature"
FLEETING: Final = "of the moment: nothing rests on it when the day is over"
UNSEALED: Final = {
    "accounts_person_groups": "groups of Django, which nothing asks for",
    "accounts_person_user_permissions": "permissions of Django, which nothing asks for",
    "announcements_announcement": "events; each is compared with the act that announced it",
    "announcements_failedevent": "what failed; what operators do about it is in the ledger",
    "announcements_periodicjob": FLEETING,
    "declarations_serialblock": "how far numbers were given out; each number is sealed",
    "inspection_preparedrecord": "a draft; what all have signed is sealed",
    "inspection_signingcode": FLEETING,
    "ledger_checkpoint": ITSELF,
    "ledger_countersigned": ITSELF,
    "ledger_entry": ITSELF,
    "ledger_head": ITSELF,
    "ledger_secretfingerprint": "of what nodes keep secret; who replaces a lost one is sealed",
    "ledger_signingkey": "public keys; no signature is believed by them",
    "reference_stamp": "tells processes that something was loaded; what was loaded is sealed",
    "risk_backtest": "tries on the past; decides nothing",
    "risk_explanation": DERIVED,
    "risk_modelfile": "named by its hash, which the criterion that uses it seals",
    "risk_modelwatch": DERIVED,
    "risk_price": DERIVED,
    "risk_reached": DERIVED,
    "risk_sighting": DERIVED,
}


_EMPTY: Final = """
    SELECT is_nullable FROM information_schema.columns
    WHERE table_name = %s AND column_name = %s
"""


@pytest.mark.django_db
@pytest.mark.parametrize("table", SEALED.values(), ids=lambda table: table.table)
def test_a_row_of_a_sealed_table_lies_on_a_chain_or_is_alone_on_its_own(table: SealedTable) -> None:
    if table.join or not table.chain:
        return
    with connection.cursor() as cursor:
        cursor.execute(_EMPTY, [table.table, table.chain])
        assert cursor.fetchone() == (("YES",) if table.alone else ("NO",))


def test_every_event_is_one_that_an_act_of_the_ledger_announces() -> None:
    rooms = (f"tongguan.domain.{room.name}.events" for room in iter_modules(domain.__path__))
    events = [import_module(room) for room in rooms if find_spec(room)]
    kinds = {
        name
        for module in events
        for name, one in vars(module).items()
        if isinstance(one, type) and one.__module__ == module.__name__
    }

    assert kinds == ACTS.keys() | AT_HOME
    assert FOLLOWS.keys() <= kinds


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
CREDENTIALS: Final = {"mfa_authenticator", "oauth2_provider_application"}
"""Tables of libraries that are sealed: whoever has a secret acts as that person or software."""


def test_a_table_is_sealed_or_has_a_reason_not_to_be() -> None:
    models = apps.get_models(include_auto_created=True)
    own = {one._meta.db_table for one in models if one._meta.app_label not in LIBRARIES}

    assert own - SEALED.keys() == UNSEALED.keys()
    assert own | CREDENTIALS >= SEALED.keys()
