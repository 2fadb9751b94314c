"""Reading adoptions, and checking that each keeps to its limits (`adoption` makes them)."""

from collections import Counter
from datetime import datetime
from typing import Final

from msgspec import DecodeError, ValidationError, json

from tongguan.facilities.ledger.models import Entry
from tongguan.facilities.ledger.sealed import FACT, Rows
from tongguan.facilities.ledger.values import HOUSE, Adoption, Flaw, Wrong

BEGUN: Final = "ADOPTION_BEGUN"
ADOPTED: Final = "ROWS_ADOPTED"
ENDED: Final = "ADOPTION_ENDED"
_GROUP: Final = 2_000


def adoptions() -> tuple[tuple[Adoption, ...], tuple[Flaw, ...]]:
    """Return all adoptions of rows, earliest first, and the entries that go beyond their limits.

    Beyond it goes an adoption of a table that one before it named, and an entry whose adoption was
    never begun, was ended before, or does not name its tables.
    """
    begun = {one.number: one for one in Entry.objects.filter(chain=HOUSE, kind=BEGUN)}
    ended = {_number(one): one.at for one in Entry.objects.filter(chain=HOUSE, kind=ENDED)}
    tables = {number: one.facts.get("tables", "").split() for number, one in begun.items()}
    flaws: list[Flaw] = []
    counts: dict[int, Counter[str]] = {number: Counter() for number in begun}
    taken: set[str] = set()
    for number in sorted(begun):
        if not taken.isdisjoint(tables[number]):
            flaws.append(Flaw(HOUSE, number, Wrong.ADOPTED))
        taken.update(tables[number])
    entries = Entry.objects.filter(kind=ADOPTED).order_by("chain", "number")
    for one in entries.iterator(chunk_size=_GROUP):
        of = _number(one)
        said = _said(one)
        allowed = of in begun and said.keys() <= set(tables[of])
        if not allowed or not _within(one.at, begun[of].at, ended.get(of)):
            flaws.append(Flaw(one.chain, one.number, Wrong.ADOPTED))
        for table, rows in said.items():
            counts.setdefault(of, Counter())[table] += len(rows)
    found = tuple(
        Adoption(
            number,
            one.at,
            one.by,
            one.facts.get("reason", ""),
            tuple(tables[number]),
            number in ended,
            dict(counts[number]),
        )
        for number, one in sorted(begun.items())
    )
    return found, tuple(flaws)


def _within(at: datetime, begun: datetime, ended: datetime | None) -> bool:
    return begun <= at and (ended is None or at <= ended)


def _number(one: Entry) -> int:
    told = str(one.facts.get("adoption", ""))
    return int(told) if told.isdecimal() else 0


def _said(one: Entry) -> Rows:
    try:
        return json.decode(one.facts.get(FACT, "{}"), type=Rows)
    except (DecodeError, ValidationError):  # the comparison reports it
        return {}
