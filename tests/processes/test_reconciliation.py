"""A malicious administrator of the database: whatever he changes, both verifiers find it."""

import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from runpy import run_path
from shutil import copytree
from typing import Any, Final

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.apps import apps
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.emptying.rows import count_anew, delete_all
from tests.processes.attacks import ATTACKS, CHANGED
from tests.processes.forgery import forge
from tests.processes.lacking import act_as_the_demonstration_does_not
from tests.processes.lacking_goods import asked
from tongguan.domain.declarations.sealed import DECLARATION
from tongguan.domain.risk.active import forget
from tongguan.facilities.ledger.comparison import compare
from tongguan.facilities.ledger.copies import copy_checkpoints
from tongguan.facilities.ledger.installation_keys import signing_key
from tongguan.facilities.ledger.models import Checkpoint
from tongguan.facilities.ledger.queries import last_checkpoint, signed_checkpoints
from tongguan.facilities.ledger.sealed import SealedTable
from tongguan.facilities.ledger.signing import KEY, sign_heads
from tongguan.facilities.ledger.stray import TABLE
from tongguan.facilities.ledger.witnesses import countersign, keep_countersignatures
from tongguan.interfaces.cli.ledger import ledger
from tongguan.processes.demo.month import set_up
from tongguan.processes.lodgement.record import NUMBERS
from tongguan.processes.sealed import SEALED

NOW: Final = datetime(2026, 11, 20, 3, tzinfo=UTC)
LATER: Final = NOW + timedelta(hours=1)
SCRIPT: Final = run_path(str(Path(__file__).parents[2] / "docs/verify/verify_ledger.py"))
"""What the script defines; tests of the command line start it as an auditor does."""
WITNESS: Final = Ed25519PrivateKey.generate()
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def kept(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """A house at work for some days, its ledger signed twice; what is kept outside of it."""
    outside = tmp_path_factory.mktemp("outside")
    with django_db_blocker.unblock():
        NUMBERS.forget()
        forget()
        stage = set_up(seed=7, password="demo-demo-demo", now=NOW, tell=lambda _, of: None, days=2)
        sign_heads(now=NOW)
        act_as_the_demonstration_does_not(stage.cast, now=LATER)
        sign_heads(now=LATER)
        copy_checkpoints(outside / "second")
        seen = countersign(
            list(signed_checkpoints()),
            state=outside / "seen.json",
            keys=[bytes(Checkpoint.objects.values_list("key", flat=True)[0])],
            witness="Tianjin",
            signing=WITNESS,
            now=LATER,
        )
        keep_countersignatures([seen], keys=[WITNESS.public_key().public_bytes_raw()])
        yield outside
        with connection.cursor() as cursor:
            delete_all(cursor)
            count_anew(cursor)


@pytest.fixture
def house(kept: Path) -> Path:
    """The house as it is outside of it; triggers and references are off until the test ends."""
    _do("SET LOCAL session_replication_role = replica")
    return kept


def _do(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def verified(*options: str) -> tuple[int, dict[str, Any]]:
    """Run `ledger verify` in this process, on the connection that sees the attack."""
    told = CliRunner().invoke(ledger, ["verify", "--json", *options])
    assert told.stdout, told.exception
    return told.exit_code, json.loads(told.stdout)


def checked(folder: Path, *options: str) -> tuple[int, str]:
    """Export, and run the script that knows nothing of the program."""
    export = folder / "now.ndjson"
    assert CliRunner().invoke(ledger, ["export", str(export)]).exit_code == 0
    with redirect_stdout(StringIO()) as told, pytest.raises(SystemExit) as ended:
        SCRIPT["main"]([str(export), *options])
    assert isinstance(ended.value.code, int), ended.value.code
    return ended.value.code, told.getvalue()


def test_an_honest_house_is_as_its_ledger_says(house: Path, tmp_path: Path) -> None:
    second = house / "second"
    code, told = verified("--second", str(second))
    script, said = checked(tmp_path, "--since", str(second))

    assert (code, told["broken"], told["differences"]) == (0, [], [])
    assert (script, said.splitlines()[1:]) == (0, [])
    assert told["rows"] > 600
    assert told["witnessed"] == told["checkpoints"] == 2


def test_every_table_that_is_sealed_has_rows_in_this_house(house: Path) -> None:
    empty = [name for name in SEALED if not asked(f"SELECT count(*) FROM {name}")]

    assert empty == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_both_verifiers_find_that(house: Path, tmp_path: Path, attack: str) -> None:
    _do(ATTACKS[attack])

    code, told = verified()
    script, said = checked(tmp_path)

    assert (code, script) == (1, 1), (told, said)
    assert told["broken"] or told["differing"]


@pytest.mark.parametrize(
    "attack", ["the ledger is emptied", "a line of goods is changed", "a release is announced"]
)
def test_what_is_wrong_is_printed_and_refused_in_words_too(house: Path, attack: str) -> None:
    _do(ATTACKS[attack])

    told = CliRunner().invoke(ledger, ["verify"])

    assert (told.exit_code, type(told.exception)) == (1, SystemExit)
    assert " 0 faults" not in told.stdout or " 0 differences" not in told.stdout


def test_a_difference_says_which_declaration_which_column_and_what_both_say(house: Path) -> None:
    declaration = asked("SELECT declaration_id FROM clearance_clearance WHERE state = 'ACCEPTED'")
    number = asked(f"SELECT number FROM declarations_declaration WHERE id = '{declaration}'")
    _do(f"UPDATE clearance_clearance SET state = 'CLOSED' WHERE declaration_id = '{declaration}'")

    [found] = verified()[1]["differences"]
    printed = CliRunner().invoke(ledger, ["verify"]).stdout

    assert found == {
        "unlike": "changed",
        "table": "clearance_clearance",
        "chain": str(declaration),
        "number": number,
        "key": str(declaration),
        "column": "state",
        "ledger": "ACCEPTED",
        "row": "CLOSED",
    }
    assert number in printed
    assert "“ACCEPTED”" in printed
    assert "“CLOSED”" in printed


def test_a_ledger_that_was_signed_anew_with_another_key_is_found(
    house: Path, tmp_path: Path
) -> None:
    own = last_checkpoint()
    assert own is not None
    forge(Ed25519PrivateKey.generate())
    _do("DELETE FROM ledger_countersigned")

    code, told = verified()
    script, said = checked(tmp_path, own.key.hex())

    assert (code, {one["wrong"] for one in told["broken"]}) == (1, {"signature"})
    assert (script, said.count("not signed with a known key")) == (1, 2)


def test_a_ledger_that_was_signed_anew_with_its_own_key_is_found_by_what_is_kept_outside(
    house: Path, tmp_path: Path
) -> None:
    forge(signing_key(KEY))
    witnessed = verified()[1]["broken"]
    _do("DELETE FROM ledger_countersigned")
    assert verified()[0] == checked(tmp_path)[0] == 0

    code, told = verified("--second", str(house / "second"))
    script, said = checked(tmp_path, "--since", str(house / "second"))
    since = verified("--since", str(house / "seen.json"))[1]["broken"]

    assert witnessed == [{"checkpoint": 2, "wrong": "witness"}]
    assert (code, [one["wrong"] for one in told["broken"]]) == (1, ["missing", "missing"])
    assert (script, said.count("is another one")) == (1, 2)
    assert since == [{"checkpoint": 2, "wrong": "missing"}]


def test_a_second_place_that_was_changed_is_found(house: Path, tmp_path: Path) -> None:
    second = tmp_path / "second"
    copytree(house / "second", second)
    first, last = sorted(second.rglob("*.json"))

    last.write_bytes(first.read_bytes())
    misnamed = verified("--second", str(second))[1]["broken"]
    first.unlink()
    last.write_bytes(next((house / "second").rglob(last.name)).read_bytes())
    lacking = verified("--second", str(second))[1]["broken"]
    script, said = checked(tmp_path, "--since", str(second))

    assert misnamed == [{"checkpoint": 2, "wrong": "missing"}]
    assert lacking == [{"checkpoint": 1, "wrong": "absent"}]
    assert (script, said.count("does not have it")) == (1, 1)


def test_a_house_that_was_emptied_of_everything_is_found_by_what_is_kept_outside(
    house: Path, tmp_path: Path
) -> None:
    ledgers = (f"ledger_{one}" for one in ("countersigned", "head", "checkpoint", "entry"))
    _do(*(f"DELETE FROM {name}" for name in [*SEALED, TABLE, *ledgers]))
    assert verified()[0] == 0

    assert verified("--second", str(house / "second"))[0] == 1
    assert checked(tmp_path, "--since", str(house / "second"))[0] == 1


_TYPE: Final = """
    SELECT data_type FROM information_schema.columns
    WHERE table_name = '{}' AND column_name = '{}'
"""


@pytest.mark.parametrize("table", SEALED.values(), ids=lambda table: table.table)
def test_a_change_of_any_column_that_is_sealed_is_found(house: Path, table: SealedTable) -> None:
    name = table.table
    _do(
        *(
            f"ALTER TABLE {name} DROP CONSTRAINT {one}"
            for one in (
                asked(
                    "SELECT string_agg(quote_ident(conname), ' ') FROM pg_constraint"
                    f" WHERE conrelid = '{name}'::regclass AND contype IN ('c', 'x')"
                )
                or ""
            ).split()
        )
    )
    unfound = []
    for column in (*table.columns, *table.rest):
        kind = asked(_TYPE.format(name, column))
        if kind == "character varying":
            _do(f"ALTER TABLE {name} ALTER COLUMN {column} TYPE text")
        with transaction.atomic():
            changed = CHANGED[kind].format(column)
            row = f"(SELECT ctid FROM {name} LIMIT 1)"
            _do(f"UPDATE {name} SET {column} = {changed} WHERE ctid = {row}")
            found = compare({name: table}, numbers=DECLARATION.table)
            wanted = {column if column in table.columns else "rest", ""}
            if not wanted & {one.column for one in found.listed} and asked(f"SELECT 1 FROM {name}"):
                unfound.append(column)
            transaction.set_rollback(True)

    assert unfound == []


EXEMPT: Final = {
    "oauth2_provider_application": {"id", "created", "updated"},
    "mfa_authenticator": {"last_used_at"},
    "cargo_cargounit": {"id"},
    "cargo_claim": {"id"},
    "declarations_version": {"id"},
    "reference_tariffrow": {"id"},
    "reference_calendarday": {"id"},
    "accounts_person": {
        "last_login",
        "name_zh",
        "name_en",
        "language",
        "home_office",
        "password_given",
    },
}
"""Columns of sealed tables that are not sealed: what people change themselves, what gives no right,
and mere numbers."""


def test_a_column_of_a_sealed_table_is_sealed_or_exempt() -> None:
    models = {model._meta.db_table: model for model in apps.get_models()}
    unsealed = {}
    for name, table in SEALED.items():
        columns = {field.column for field in models[name]._meta.concrete_fields}
        left = columns - {*table.columns, *table.rest, table.key, table.chain}
        if left:
            unsealed[name] = left

    assert unsealed == EXEMPT
