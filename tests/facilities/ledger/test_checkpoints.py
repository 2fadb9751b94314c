"""Checkpoints: what was signed cannot be changed, replaced or cut off unseen."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, connection, transaction

from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.installation_keys import public_key
from tongguan.facilities.ledger.models import Checkpoint, Entry, Head
from tongguan.facilities.ledger.queries import checkpoints, verify
from tongguan.facilities.ledger.rules.chain import seal
from tongguan.facilities.ledger.signing import KEY, MOST, sign_heads
from tongguan.facilities.ledger.values import HOUSE, Flaw, Trust, Verified, Wrong
from tongguan.kernel.identifiers import new_id
from tongguan.processes.seals import sign_ledger

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def act(chain: UUID | None, *kinds: str) -> None:
    for kind in kinds:
        record(kind, chain, by=SYSTEM, at=NOW, number="020120261000000001")


def chain_of(*kinds: str) -> UUID:
    made = new_id()
    act(made, *kinds)
    return made


def tamper(statement: str, *values: UUID | bytes | int) -> None:
    """Change the ledger as only somebody with all rights in the database can."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("ledger_entry", "ledger_head", "ledger_checkpoint"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ledger_append_only")
        cursor.execute(statement, values)
        for table in ("ledger_entry", "ledger_head", "ledger_checkpoint"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER ledger_append_only")


def reseal(chain: UUID) -> None:
    """Compute all seals of a chain anew, as whoever changed an entry would."""
    previous = bytes(32)
    for one in Entry.objects.filter(chain=chain).order_by("number"):
        sealed = seal(
            previous,
            chain=chain,
            number=one.number,
            kind=one.kind,
            at=one.at,
            by=one.by,
            facts=one.facts,
        )
        tamper(
            "UPDATE ledger_entry SET previous = %s, hash = %s WHERE id = %s",
            previous,
            sealed,
            one.pk,
        )
        previous = sealed


def test_a_checkpoint_signs_the_last_entry_of_every_chain_that_moved() -> None:
    one, other = chain_of("ACCEPTED", "RELEASED"), chain_of("ACCEPTED")

    assert sign_heads(now=NOW) == 2
    assert sign_heads(now=NOW) == 0
    act(other, "RELEASED")
    act(None, "POSTING_ENDED")
    sign_ledger(NOW + timedelta(minutes=1))

    heads = [{(head.chain, head.number) for head in found} for _row, found in checkpoints()]
    assert heads == [{(one, 2), (other, 1)}, {(other, 2), (HOUSE, 1)}]
    assert verify() == Verified(chains=3, entries=5, checkpoints=2, unsigned=0, broken=())


def test_entries_since_the_last_checkpoint_are_counted_as_unsigned() -> None:
    one = chain_of("ACCEPTED")
    sign_heads(now=NOW)
    act(one, "RELEASED", "DEPARTED")

    assert verify().unsigned == verify(one).unsigned == 2
    assert verify(one).checkpoints == 0


def test_entries_that_were_numbered_before_but_seen_after_a_checkpoint_are_signed_too() -> None:
    late = chain_of("ACCEPTED")
    first = Entry.objects.get(chain=late).pk
    tamper("DELETE FROM ledger_entry WHERE id = %s", first)
    chain_of("ACCEPTED")
    sign_heads(now=NOW)
    tamper(
        "INSERT INTO ledger_entry (id, chain, number, kind, at, by, facts, previous, hash)"
        " SELECT %s, %s, 1, kind, at, by, facts, previous, hash FROM ledger_entry LIMIT 1",
        first,
        late,
    )
    reseal(late)

    assert sign_heads(now=NOW + timedelta(minutes=2)) == 1
    assert verify().unsigned == 0


def test_more_entries_than_one_checkpoint_takes_are_signed_by_the_next_ones() -> None:
    tamper(
        "INSERT INTO ledger_entry (chain, number, kind, at, by, facts, previous, hash)"
        " SELECT gen_random_uuid(), 1, 'ACCEPTED', now(), 'x', '{}', '', ''"
        " FROM generate_series(1, %s)",
        MOST + 5,
    )

    sizes = [sign_heads(now=NOW) for _ in range(3)]
    assert sum(sizes) == MOST + 5
    assert max(sizes) <= MOST
    assert sizes[2] == 0


def test_entries_whose_chains_are_signed_already_are_passed_over() -> None:
    one = chain_of("ACCEPTED")
    tamper(
        "INSERT INTO ledger_entry (chain, number, kind, at, by, facts, previous, hash)"
        " SELECT %s, 1 + place, 'HOLD_OPENED', now(), 'x', '{}', '', ''"
        " FROM generate_series(1, %s) AS place",
        one,
        MOST + 5,
    )
    other = chain_of("ACCEPTED")

    assert sign_heads(now=NOW) == 1
    assert sign_heads(now=NOW) == 1
    assert set(Head.objects.values_list("chain", flat=True)) == {one, other}


def test_a_chain_cut_at_its_end_is_found() -> None:
    one = chain_of("ACCEPTED", "RELEASED")
    sign_heads(now=NOW)

    tamper("DELETE FROM ledger_entry WHERE chain = %s AND number = 2", one)

    cut = Flaw(one, 2, Wrong.CUT)
    assert verify(one).broken == (cut,)
    assert verify().broken == (cut, Flaw(None, 1, Wrong.FEWER))


def test_a_chain_that_is_gone_altogether_is_found() -> None:
    one = chain_of("ACCEPTED")
    sign_heads(now=NOW)

    tamper("DELETE FROM ledger_entry WHERE chain = %s", one)

    assert verify().broken == (Flaw(one, 1, Wrong.CUT), Flaw(None, 1, Wrong.FEWER))


def test_a_changed_entry_is_found_and_stays_found_when_all_seals_are_made_anew() -> None:
    one = chain_of("ACCEPTED", "HOLD_OPENED", "RELEASED")
    sign_heads(now=NOW)

    tamper("UPDATE ledger_entry SET by = 'nobody' WHERE chain = %s AND number = 2", one)
    assert verify().broken == (Flaw(one, 2, Wrong.SEAL),)

    reseal(one)
    assert verify().broken == (Flaw(one, 3, Wrong.REPLACED),)


def test_a_changed_or_missing_checkpoint_is_found() -> None:
    one = chain_of("ACCEPTED")
    for minute in range(3):
        act(one, "HOLD_OPENED")
        sign_heads(now=NOW + timedelta(minutes=minute))

    tamper("UPDATE ledger_checkpoint SET at = at - interval '1 hour' WHERE number = 3")
    assert verify().broken == (Flaw(None, 3, Wrong.CHECKPOINT),)
    tamper("DELETE FROM ledger_head WHERE checkpoint_id = 2")
    tamper("DELETE FROM ledger_checkpoint WHERE number = 2")
    assert verify().broken == (Flaw(None, 3, Wrong.CHECKPOINT),)


def test_the_last_checkpoint_cut_off_is_found_by_who_has_an_earlier_export() -> None:
    chain_of("ACCEPTED")
    sign_heads(now=NOW)
    kept = Checkpoint.objects.get()
    trust = Trust([public_key(KEY)], [(1, bytes(kept.hash))])
    assert not verify(trust=trust).broken

    tamper("DELETE FROM ledger_head")
    tamper("DELETE FROM ledger_checkpoint")

    assert verify().broken == ()
    assert verify(trust=trust).broken == (Flaw(None, 1, Wrong.MISSING),)


def test_a_checkpoint_signed_with_another_key_is_found() -> None:
    chain_of("ACCEPTED")
    sign_heads(now=NOW)
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()

    assert verify(trust=Trust([other])).broken == (Flaw(None, 1, Wrong.SIGNATURE),)
    tamper("UPDATE ledger_checkpoint SET signature = %s", bytes(64))
    assert verify().broken == (Flaw(None, 1, Wrong.SIGNATURE),)
    tamper("UPDATE ledger_checkpoint SET key = ''")
    assert verify().broken == (Flaw(None, 1, Wrong.SIGNATURE),)


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_head", "ledger_checkpoint"])
def test_the_database_refuses_to_change_or_remove_what_was_written(table: str) -> None:
    chain_of("ACCEPTED")
    sign_heads(now=NOW)

    for statement in (f"UPDATE {table} SET number = 7", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement)
