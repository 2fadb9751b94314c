"""The database says which keys sign; a home that lacks one signs nothing and makes none."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest
from django.test import override_settings

from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.keys import make_key, public_keys
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.installation_keys import (
    ensure_keys,
    installation_keys,
    missing_keys,
    public_key,
    require_keys,
    signing_key,
)
from tongguan.facilities.ledger.models import Checkpoint
from tongguan.facilities.ledger.queries import entries, verify
from tongguan.facilities.ledger.signing import sign_heads
from tongguan.facilities.ledger.values import HOUSE
from tongguan.kernel.problems import ProblemError
from tongguan.processes.signing_keys import rotate_key

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ADMINISTRATOR = Actor("li.guan", "li.guan", 1, frozenset({Role.ADMINISTRATOR}))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with override_settings(KEYS_DIR=tmp_path / "keys"):
        yield tmp_path / "keys"


def code(error: pytest.ExceptionInfo[ProblemError]) -> str:
    return error.value.faults[0].problem.code


def test_the_keys_of_a_new_installation_are_made_and_the_database_names_them(folder: Path) -> None:
    ensure_keys()

    assert [(row.purpose, row.here) for row in installation_keys()] == [
        ("ledger", True),
        ("release", True),
    ]
    assert signing_key("ledger").public_key().public_bytes_raw() == public_key("ledger")
    assert sorted(path.name for path in folder.iterdir()) == ["ledger.pem", "release.pem"]


def test_a_home_without_the_keys_says_so_signs_nothing_and_makes_none(
    folder: Path, tmp_path: Path
) -> None:
    ensure_keys()
    record("TRIED", None, by=SYSTEM, at=NOW)

    with override_settings(KEYS_DIR=tmp_path / "other"):
        with pytest.raises(ProblemError) as unsigned:
            sign_heads(now=NOW)
        with pytest.raises(ProblemError) as unready:
            ensure_keys()
        with pytest.raises(ProblemError) as third:
            signing_key("sandbox-bank")  # a key that was never made: nor does this home make it
        known = public_key("ledger")
    with override_settings(KEYS_DIR=tmp_path / "copy"):
        copytree(folder, tmp_path / "copy")
        require_keys()
        signed = sign_heads(now=NOW)

    assert {code(unsigned), code(unready), code(third)} == {"LED-012"}
    assert [fault.facts["purpose"] for fault in unready.value.faults] == ["ledger", "release"]
    assert not (tmp_path / "other").exists()
    assert known in public_keys("ledger")
    assert signed == Checkpoint.objects.count() == 1
    assert verify().broken == ()


def test_keys_that_an_earlier_release_made_are_taken_over(folder: Path) -> None:
    made = make_key("release")

    assert public_key("release") == made
    assert public_keys("release") == {made}


def test_a_rotated_key_signs_from_then_on_and_what_the_former_one_signed_still_counts(
    folder: Path, tmp_path: Path
) -> None:
    ensure_keys()
    record("TRIED", None, by=SYSTEM, at=NOW)
    sign_heads(now=NOW)
    copytree(folder, tmp_path / "before")
    former, further = public_key("ledger"), make_key("ledger")
    rotate_key(purpose="ledger", key=further.hex(), reason="yearly", by=ADMINISTRATOR, now=NOW)
    sign_heads(now=NOW)

    assert [bytes(row.key) for row in Checkpoint.objects.order_by("number")] == [former, further]
    assert verify().broken == ()
    told = entries(HOUSE)[-1]
    assert (told.kind, told.by, told.facts["reason"]) == ("KEY_REPLACED", "li.guan", "yearly")
    assert told.facts["former"] == former.hex()
    with override_settings(KEYS_DIR=tmp_path / "before"):  # a node that was not given the new key
        [fault] = missing_keys()
    assert fault.facts["key"] == further.hex()


def test_a_key_comes_into_use_once_from_this_home_by_an_administrator_with_a_reason(
    folder: Path,
) -> None:
    ensure_keys()
    former, further = public_key("ledger").hex(), make_key("ledger").hex()

    def refused(key: str, reason: str = "yearly", by: Actor = ADMINISTRATOR) -> str:
        with pytest.raises(ProblemError) as error:
            rotate_key(purpose="ledger", key=key, reason=reason, by=by, now=NOW)
        return code(error)

    assert refused(former) == "LED-013"
    assert refused("00" * 32) == "LED-012"
    assert refused("no key") == "LED-012"
    assert refused(further, reason=" ") == "LED-014"
    assert refused(further, by=Actor("x", "x", 2, frozenset({Role.AUDITOR}))) == "ACC-001"
    assert public_key("ledger").hex() == former
    rotate_key(purpose="ledger", key=further, reason="yearly", by=ADMINISTRATOR, now=NOW)
    assert refused(former) == "LED-013"
