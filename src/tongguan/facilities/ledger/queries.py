"""Reading the ledger and checking its chains and checkpoints."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from tongguan.facilities.keys import public_keys
from tongguan.facilities.ledger.adopted import adoptions
from tongguan.facilities.ledger.elsewhere import kept_elsewhere
from tongguan.facilities.ledger.models import Checkpoint, Countersigned, Entry, Head
from tongguan.facilities.ledger.rules.chain import BEGINNING, broken_at
from tongguan.facilities.ledger.rules.checkpoints import digest, wrong_with
from tongguan.facilities.ledger.rules.witnessing import is_genuine
from tongguan.facilities.ledger.signing import KEY
from tongguan.facilities.ledger.values import (
    CheckpointRow,
    Countersignature,
    EntryRow,
    Flaw,
    HeadRow,
    Trust,
    Verified,
    Wrong,
)
from tongguan.facilities.tables import one_moment

_COLUMNS: Final = ("chain", "number", "kind", "at", "by", "facts", "previous", "hash")
_BYTES: Final = ("digest", "previous", "hash", "key", "signature")
_SIGNED: Final = ("number", "at", "count", *_BYTES, "entries", "chains", "up_to")
_GROUP: Final = 5_000
_UNLIKE: Final = """
    SELECT head.chain, head.number, entry.id IS NULL
    FROM ledger_head AS head
    LEFT JOIN ledger_entry AS entry ON entry.chain = head.chain AND entry.number = head.number
    WHERE (entry.id IS NULL OR entry.hash <> head.hash) {of}
    ORDER BY head.chain, head.number
"""
_CHAINS: Final = """
    SELECT coalesce(sum(number), 0), count(*)
    FROM (SELECT max(number) AS number FROM ledger_head GROUP BY chain) AS signed
"""
_UNSIGNED: Final = """
    SELECT count(*)
    FROM ledger_entry AS entry
    LEFT JOIN (SELECT chain, max(number) AS number FROM ledger_head GROUP BY chain) AS signed
        USING (chain)
    WHERE entry.number > coalesce(signed.number, 0) {of}
"""


def entries(chain: UUID) -> tuple[EntryRow, ...]:
    """Return one chain, from its first act to its last."""
    found = Entry.objects.filter(chain=chain).order_by("number").values_list(*_COLUMNS)
    return tuple(_entry(row) for row in found)


def having(kind: str, chains: Collection[UUID]) -> frozenset[UUID]:
    """Return those of these chains on which an act of a kind is entered."""
    found = Entry.objects.filter(chain__in=chains, kind=kind)
    return frozenset(found.values_list("chain", flat=True))


def all_entries() -> Iterator[EntryRow]:
    """Yield all entries by chain and number, read in groups."""
    found = Entry.objects.order_by("chain", "number").values_list(*_COLUMNS)
    return map(_entry, found.iterator(chunk_size=_GROUP))


def checkpoints() -> Iterator[tuple[CheckpointRow, Iterable[HeadRow]]]:
    """Yield all checkpoints, earliest first, each with its heads in order of chain."""
    for row in signed_checkpoints():
        heads = Head.objects.filter(checkpoint=row.number).order_by("chain")
        columns = heads.values_list("chain", "number", "hash").iterator(chunk_size=_GROUP)
        yield row, (HeadRow(chain, place, bytes(hash_)) for chain, place, hash_ in columns)


def signed_checkpoints(*, after: int = 0) -> Iterator[CheckpointRow]:
    """Yield checkpoints without their heads, those after a number, earliest first."""
    found = Checkpoint.objects.filter(number__gt=after).order_by("number").values_list(*_SIGNED)
    return map(_checkpoint, found.iterator(chunk_size=_GROUP))


def last_checkpoint() -> CheckpointRow | None:
    """Return the last checkpoint; None before the first."""
    found = Checkpoint.objects.order_by("-number").values_list(*_SIGNED).first()
    return None if found is None else _checkpoint(found)


def countersignatures(*, number: int | None = None) -> Iterator[Countersignature]:
    """Yield what witnesses countersigned, earliest first; of one checkpoint where it is named."""
    found = Countersigned.objects.order_by("checkpoint", "id")
    if number is not None:
        found = found.filter(checkpoint=number)
    columns = found.values_list("witness", "checkpoint", "hash", "at", "key", "signature")
    for witness, place, hash_, at, key, signature in columns.iterator(chunk_size=_GROUP):
        yield Countersignature(witness, place, bytes(hash_), at, bytes(key), bytes(signature))


def last_countersignature() -> Countersignature | None:
    """Return what a witness countersigned last; None where there is no witness."""
    last = Countersigned.objects.aggregate(last=Max("checkpoint"))["last"]
    return None if last is None else next(countersignatures(number=last), None)


def own_trust(keys: Collection[bytes] = ()) -> Trust:
    """Return what the installation knows: its keys now and before, its witnesses, its copies.

    Args:
        keys: public keys that count instead of its own, which are not looked for then.

    Raises:
        ProblemError: HSM-001 to HSM-008, its own keys cannot be told.
    """
    folder = settings.CHECKPOINTS_TO
    kept = None if folder is None else tuple(kept_elsewhere(folder))
    return Trust(keys or public_keys(KEY), (), settings.LEDGER_WITNESSES, kept)


def verify(chain: UUID | None = None, *, trust: Trust | None = None) -> Verified:
    """Check every seal and signed head of one chain; or of all, and the checkpoints themselves.

    Args:
        chain: the declaration; all where it is not named.
        trust: what whoever checks knows; without it, what the installation knows.

    Cost: about 10 µs an entry, 100 µs a checkpoint.
    """
    if chain is not None:
        with transaction.atomic():
            return _verified(entries(chain), chain)
    trust = trust or own_trust()  # first: what is copied later is not seen at the moment of reading
    with one_moment():
        found = _verified(all_entries(), None)
        signed, last, flaws = _checked(trust)
        if last is not None and last.totals is not None:
            flaws += _short(last, entries=found.entries, chains=found.chains)
        witnessed, more = _witnessed(trust)
        adopted, beyond = adoptions()
    broken = (*found.broken, *beyond, *flaws, *more)
    return replace(found, checkpoints=signed, witnessed=witnessed, broken=broken, adoptions=adopted)


def _verified(found: Iterable[EntryRow], chain: UUID | None) -> Verified:
    chains = count = 0
    broken: list[Flaw] = []
    for id_, rows in groupby(found, lambda row: row.chain):
        whole = list(rows)
        chains, count = chains + 1, count + len(whole)
        place = broken_at(whole)
        if place is not None:
            broken.append(Flaw(id_, place, Wrong.SEAL))
    with connection.cursor() as cursor:
        cursor.execute(*_of(_UNLIKE, "head", chain))
        for id_, place, gone in cursor.fetchall():
            broken.append(Flaw(id_, place, Wrong.CUT if gone else Wrong.REPLACED))
        cursor.execute(*_of(_UNSIGNED, "entry", chain))
        [unsigned] = cursor.fetchone() or (0,)
    return Verified(chains, count, 0, unsigned, tuple(broken))


def _of(statement: str, table: str, chain: UUID | None) -> tuple[str, list[UUID]]:
    if chain is None:
        return statement.format(of=""), []
    return statement.format(of=f"AND {table}.chain = %s"), [chain]


def _short(last: CheckpointRow, *, entries: int, chains: int) -> list[Flaw]:
    """Tell whether there is less than the last checkpoint signed, or it signed other totals."""
    flaws = []
    if (last.entries or 0) > entries or (last.chains or 0) > chains:
        flaws.append(Flaw(None, last.number, Wrong.FEWER))
    with connection.cursor() as cursor:
        cursor.execute(_CHAINS)
        [(signed, moved)] = cursor.fetchall()
    if (last.entries, last.chains) != (int(signed), moved):
        flaws.append(Flaw(None, last.number, Wrong.TOTALS))
    return flaws


def _witnessed(trust: Trust) -> tuple[int, list[Flaw]]:
    """Check what witnesses countersigned; return the last of it too."""
    flaws: list[Flaw] = []
    last = 0
    signed = Checkpoint.objects.filter(countersigned__isnull=False)
    hashes = {number: bytes(hash_) for number, hash_ in signed.values_list("number", "hash")}
    for one in countersignatures():
        if hashes.get(one.number) != one.hash or not is_genuine(one, trust.witnesses):
            flaws.append(Flaw(None, one.number, Wrong.WITNESS))
        last = one.number
    return last, flaws


def _checked(trust: Trust) -> tuple[int, CheckpointRow | None, list[Flaw]]:
    flaws: list[Flaw] = []
    count = number = 0
    previous = BEGINNING
    last: CheckpointRow | None = None
    missing = {*trust.exported, *(trust.copied or ())}
    copied = {number for number, _hash in trust.copied or ()}
    absent: list[Flaw] = []
    for row, heads in checkpoints():
        counted = digest(heads)
        wrong = wrong_with(
            row, previous=previous, number=number + 1, counted=counted, keys=trust.keys
        )
        if wrong is not None:
            flaws.append(Flaw(None, row.number, wrong))
        count, number, previous, last = count + 1, row.number, row.hash, row
        missing.discard((row.number, row.hash))
        if trust.copied is not None and row.number not in copied:
            absent.append(Flaw(None, row.number, Wrong.ABSENT))
    if absent and absent[-1].number == number:
        absent.pop()  # the last one may be on its way
    gone = [Flaw(None, place, Wrong.MISSING) for place, _hash in sorted(missing)]
    return count, last, flaws + gone + absent


def _checkpoint(row: tuple[Any, ...]) -> CheckpointRow:
    told = dict(zip(_SIGNED, row, strict=True))
    return CheckpointRow(**told | {name: bytes(told[name]) for name in _BYTES})


def _entry(row: tuple[Any, ...]) -> EntryRow:
    chain, number, kind, at, by, facts, previous, sealed = row
    return EntryRow(chain, number, kind, at, by, facts, bytes(previous), bytes(sealed))
