"""Which licences of a declaration have to be confirmed, by which agency, and for how much."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_UP, Decimal
from typing import Final

from tongguan.domain.declarations.values import Line, Permit, Quantity, Submission
from tongguan.domain.permits.values import Asked

NOTHING: Final = Decimal(0)
SMALLEST: Final = Decimal("0.00001")
"""Balances are kept to five places; what is used beyond is rounded up."""


def asked(
    submission: Submission, confirms: Mapping[str, str], controls: Mapping[str, str]
) -> tuple[Asked, ...]:
    """Return what agencies have to confirm before release, by kind, number and unit.

    A licence is used by the line that names it; named for the whole declaration, by the lines
    whose commodities ask for its kind, or by all where none does. What it is used for is the
    quantity that it states, else the lines' first statutory quantity.

    Args:
        submission: normalised and sound.
        confirms: agency by kind of licence.
        controls: letters that the tariff asks for, by commodity.

    Cost: 1 µs where no licence is named.
    """
    found: dict[tuple[str, str, str], Decimal] = {}
    for permit, lines in _named(submission, controls):
        kind, number = permit.kind or "", permit.number or ""
        if kind not in confirms:
            continue
        for used in _used(permit, lines):
            key = (kind, number, used.unit or "")
            found[key] = found.get(key, NOTHING) + (used.value or NOTHING)
    return tuple(
        Asked(confirms[kind], kind, number, _kept(quantity), unit)
        for (kind, number, unit), quantity in found.items()
    )


def missing(kind: str, agency: str, lines: Sequence[Line]) -> tuple[Asked, ...]:
    """Return what a document that nobody named yet has to cover, by unit."""
    found: dict[str, Decimal] = {}
    for line in lines:
        for used in _used(Permit(), (line,)):
            unit = used.unit or ""
            found[unit] = found.get(unit, NOTHING) + (used.value or NOTHING)
    return tuple(Asked(agency, kind, "", _kept(quantity), unit) for unit, quantity in found.items())


def _kept(quantity: Decimal) -> Decimal:
    """Return a quantity as balances keep it: what is asked is what is drawn."""
    rounded = quantity.quantize(SMALLEST, ROUND_UP)
    return quantity if rounded == quantity else rounded


def commodities(
    submission: Submission, kind: str, number: str, controls: Mapping[str, str]
) -> frozenset[str]:
    """Return the commodities that a licence is used for.

    Where the declaration does not name it, as one named later under a hold, these are the
    commodities that ask for its kind.
    """
    named = {
        line.commodity or ""
        for permit, lines in _named(submission, controls)
        if permit.number == number and permit.kind in {kind, None}
        for line in lines
    }
    return frozenset(named or (code for code, letters in controls.items() if kind in letters))


def _named(
    submission: Submission, controls: Mapping[str, str]
) -> Iterator[tuple[Permit, tuple[Line, ...]]]:
    lines = submission.lines
    for permit in submission.permits:
        if permit.line is not None:
            yield permit, tuple(line for line in lines if line.number == permit.line)
            continue
        kind = permit.kind or ""
        asking = tuple(line for line in lines if kind in controls.get(line.commodity or "", ""))
        yield permit, asking or lines
    for line in lines:
        for permit in line.permits:
            yield permit, (line,)


def _used(permit: Permit, lines: tuple[Line, ...]) -> tuple[Quantity, ...]:
    stated = permit.quantity
    if stated is not None and stated.value is not None:
        return (stated,)
    return tuple(line.first if line.first.value is not None else line.quantity for line in lines)
