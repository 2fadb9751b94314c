"""What is kept of a ledger elsewhere: copies in a second place, and countersignatures."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger import problems
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.copies import copy_checkpoints
from tongguan.facilities.ledger.elsewhere import kept_elsewhere, newest_kept
from tongguan.facilities.ledger.installation_keys import public_key
from tongguan.facilities.ledger.queries import signed_checkpoints, verify
from tongguan.facilities.ledger.signing import KEY, sign_heads
from tongguan.facilities.ledger.values import CheckpointRow, Countersignature, Flaw, Trust, Wrong
from tongguan.facilities.ledger.witnesses import countersign, keep_countersignatures
from tongguan.kernel.identifiers import new_id
from tongguan.kernel.problems import Problem, ProblemError
from tongguan.processes.seals import sign_ledger

NOW: Final = datetime(2026, 11, 20, 3, tzinfo=UTC)
WITNESS: Final = Ed25519PrivateKey.generate()
PUBLIC: Final = WITNESS.public_key().public_bytes_raw()

pytestmark = pytest.mark.django_db(transaction=True)


def signed(count: int) -> list[CheckpointRow]:
    """Let the ledger grow by so many checkpoints; return all."""
    first = len(list(signed_checkpoints()))
    for minute in range(first, first + count):
        record("ACCEPTED", new_id(), by=SYSTEM, at=NOW, number="1")
        sign_heads(now=NOW + timedelta(minutes=minute))
    return list(signed_checkpoints())


def seen(rows: list[CheckpointRow], state: Path, *keys: bytes) -> Countersignature:
    return countersign(
        rows,
        state=state,
        keys=keys or [public_key(KEY)],
        witness="Tianjin",
        signing=WITNESS,
        now=NOW,
    )


def refused(rows: list[CheckpointRow], state: Path, *keys: bytes) -> Problem:
    before = state.read_bytes() if state.exists() else b""
    with pytest.raises(ProblemError) as error:
        seen(rows, state, *keys)
    assert (state.read_bytes() if state.exists() else b"") == before
    return error.value.faults[0].problem


def test_a_checkpoint_says_how_much_is_signed_in_all() -> None:
    rows = signed(3)

    assert [(row.entries, row.chains) for row in rows] == [(1, 1), (2, 2), (3, 3)]


def test_a_witness_countersigns_what_follows_and_the_ledger_keeps_it(tmp_path: Path) -> None:
    state = tmp_path / "seen.json"
    first = seen(signed(2), state)
    second = seen(signed(1), state)

    assert keep_countersignatures([first, second], keys=[PUBLIC]) == 2
    assert keep_countersignatures([first, second], keys=[PUBLIC]) == 0
    found = verify(trust=Trust([public_key(KEY)], witnesses=[PUBLIC]))
    assert (found.witnessed, found.broken) == (3, ())
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    strange = verify(trust=Trust([public_key(KEY)], witnesses=[other])).broken
    assert strange == (Flaw(None, 2, Wrong.WITNESS), Flaw(None, 3, Wrong.WITNESS))


def test_a_witness_refuses_a_ledger_that_was_rolled_back_forked_cut_or_signed_by_another(
    tmp_path: Path,
) -> None:
    state = tmp_path / "seen.json"
    rows = signed(3)
    seen(rows[:2], state)
    forged = replace(rows[2], at=NOW + timedelta(days=1))
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()

    assert refused(rows[:1], state) is problems.ROLLED_BACK
    early = tmp_path / "early.json"
    seen(rows[:1], early)
    assert refused([rows[0], rows[2]], early) is problems.NOT_FOLLOWING
    assert refused([*rows[:2], forged], state) is problems.NOT_FOLLOWING
    assert refused([replace(rows[1], hash=rows[0].hash, signature=rows[0].signature)], state) in {
        problems.NOT_SIGNED,
        problems.NOT_FOLLOWING,
    }
    assert refused(rows, state, other) is problems.NOT_SIGNED
    assert refused([], state) is problems.NOTHING_TO_COUNTERSIGN
    assert seen(rows, state).number == 3


def test_a_witness_whose_memory_is_damaged_signs_nothing(tmp_path: Path) -> None:
    state = tmp_path / "seen.json"
    state.write_text("{")

    assert refused(signed(1), state) is problems.WITNESS_UNREADABLE


def test_a_countersignature_of_another_ledger_is_not_kept(tmp_path: Path) -> None:
    made = seen(signed(1), tmp_path / "seen.json")

    for wrong in (replace(made, hash=bytes(32)), replace(made, number=2)):
        with pytest.raises(ProblemError) as error:
            keep_countersignatures([wrong], keys=[PUBLIC])
        assert error.value.faults[0].problem is problems.NOT_GENUINE


def test_checkpoints_are_copied_to_a_second_place_once_and_missed_ones_are_made_up_for(
    tmp_path: Path,
) -> None:
    rows = signed(2)
    assert (copy_checkpoints(tmp_path), copy_checkpoints(tmp_path)) == (2, 0)
    rows = signed(2)

    assert copy_checkpoints(tmp_path) == 2
    assert newest_kept(tmp_path) == 4
    assert list(kept_elsewhere(tmp_path)) == [(row.number, row.hash) for row in rows]


def test_a_copy_that_cannot_be_read_counts_as_another_checkpoint(tmp_path: Path) -> None:
    signed(1)
    copy_checkpoints(tmp_path)
    [path] = tmp_path.rglob("*.json")
    path.write_text("{")

    trust = Trust([public_key(KEY)], list(kept_elsewhere(tmp_path)))
    assert verify(trust=trust).broken == (Flaw(None, 1, Wrong.MISSING),)


def test_what_the_clock_signs_is_in_the_second_place(tmp_path: Path) -> None:
    settings.CHECKPOINTS_TO = tmp_path / "second"
    try:
        record("ACCEPTED", new_id(), by=SYSTEM, at=NOW, number="1")
        sign_ledger(NOW)
        assert verify().broken == ()
        assert newest_kept(settings.CHECKPOINTS_TO) == 1
    finally:
        settings.CHECKPOINTS_TO = None
