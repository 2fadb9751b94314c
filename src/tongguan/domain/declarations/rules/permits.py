"""Which documents the tariff asks for, which of them are named, and which goods it forbids.

Source: the tariff's control letters, read by the dated rules of the region (`permit_rules.csv`).
What is confirmed and debited is another room's business.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from msgspec.structs import replace

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.values import Line, Permit, Quantity, Submission
from tongguan.domain.reference.values import Demand, PermitRule, TariffLine
from tongguan.kernel.problems import Fault, Problem

MOST_SIGNS: Final = 40
ASKED: Final = frozenset({Demand.REFUSE, Demand.HOLD})
"""Demands that only a document meets."""
_NOTHING: Final = Fraction(0)

Rules = Mapping[str, PermitRule]
Rows = Sequence[TariffLine | None]


@dataclass(frozen=True, slots=True)
class Lacking:
    """A document that lines ask for and nothing in the declaration names.

    `short` says that documents are named, for less than these lines declare.
    """

    letter: str
    demand: Demand
    lines: tuple[int, ...]
    short: bool = False


def check(submission: Submission, rows: Rows, rules: Rules, faults: list[Fault]) -> None:
    """Tell goods that are forbidden, documents that are missing or too small, unreadable ones.

    A summary, the first of two steps, needs its documents too: it is what releases the goods.

    Args:
        submission: normalised.
        rows: of the tariff, one for each line of goods.
        rules: by letter, in force on the day.
        faults: what is found is added here.
    """
    _form(submission, faults)
    _twice(with_letters(submission, rows, rules), faults)
    for index, (line, row) in enumerate(zip(submission.lines, rows, strict=True)):
        controls = row.controls if row is not None else ""
        if not controls:
            continue
        number, code = line.number or index + 1, line.commodity
        demands = _demands(submission, controls, rules)
        if Demand.FORBID in demands.values():
            at = f"#/lines/{index}/commodity"
            faults.append(problems.PROHIBITED.at(at, line=number, code=code))
        unknown = "".join(letter for letter in controls if letter not in rules)
        if unknown:
            at = f"#/lines/{index}/commodity"
            facts = {"line": number, "code": code, "letters": unknown}
            faults.append(problems.LETTER_UNKNOWN.at(at, **facts))
    found: dict[tuple[int, Problem], str] = {}
    for lack in lacking(submission, rows, rules):
        for index in lack.lines:
            key = (index, problems.PERMIT_SHORT if lack.short else _PROBLEMS[lack.demand])
            found[key] = "".join(sorted({*found.get(key, ""), lack.letter}))
    for (index, problem), letters in found.items():
        line = submission.lines[index]
        facts = {"line": line.number or index + 1, "code": line.commodity, "letters": letters}
        faults.append(problem.at(f"#/lines/{index}/permits", **facts))


def lacking(submission: Submission, rows: Rows, rules: Rules) -> tuple[Lacking, ...]:
    """Return the documents that are asked for and not named, by letter.

    A document counts where it has a number. Named for the whole declaration it serves all lines
    that ask for its letter, together as far as its quantity goes; one of a line serves that line.

    Cost: 1 µs where no line has a letter.
    """
    asking: dict[str, tuple[Demand, list[int]]] = {}
    for index, row in enumerate(rows):
        if row is None or not row.controls:
            continue
        for letter, demand in _demands(submission, row.controls, rules).items():
            if demand in ASKED or demand is Demand.TELL:
                asking.setdefault(letter, (demand, []))[1].append(index)
    if not asking:
        return ()
    sent = with_letters(submission, rows, rules)
    return tuple(
        Lacking(letter, demand, lines, short)
        for letter, (demand, indexes) in asking.items()
        for lines, short in _uncovered(sent, letter, indexes)
    )


def demanded(submission: Submission, rows: Rows, rules: Rules) -> frozenset[str]:
    """Return the letters of documents without which these goods are not released."""
    return frozenset(
        letter
        for row in rows
        if row is not None
        for letter, demand in _demands(submission, row.controls, rules).items()
        if demand in ASKED
    )


def unknown_letters(rows: Rows, rules: Rules) -> str:
    """Return the letters of these tariff lines that no rule explains: a person has to look."""
    letters = {letter for row in rows if row is not None for letter in row.controls}
    return "".join(sorted(letters - rules.keys()))


def with_letters(submission: Submission, rows: Rows, rules: Rules) -> Submission:
    """Return the submission with a letter for what stands in its field for licences.

    The field has no letter. It means the one document of its sort that the goods ask for; where
    they ask for several or for none it stays as it is, and counts for nothing. Source: completion
    rules, GACC announcement 20 of 2016, field for licences; unverified.
    """
    if all(permit.kind for permit in submission.permits):
        return submission
    letters = {one for one in demanded(submission, rows, rules) if rules[one].licence_field}
    if len(letters) != 1:
        return submission
    [letter] = letters
    permits = (
        permit if permit.kind else replace(permit, kind=letter) for permit in submission.permits
    )
    return replace(submission, permits=tuple(permits))


def _demands(submission: Submission, controls: str, rules: Rules) -> dict[str, Demand]:
    flow, mode = submission.flow.value, submission.regime.supervision or ""
    return {letter: rules[letter].demand(flow, mode) for letter in controls if letter in rules}


def _uncovered(
    sent: Submission, letter: str, indexes: Sequence[int]
) -> Iterator[tuple[tuple[int, ...], bool]]:
    """Yield the lines that no document of a letter covers, and those that they cover in part."""
    shared = [one for one in sent.permits if _is(one, letter) and one.line is None]
    if any(_for_all(one) for one in shared):
        return
    left: dict[str, Fraction] = {}
    for one in shared:
        amount, unit = _stated(one)
        left[unit] = left.get(unit, _NOTHING) + amount
    without: list[int] = []
    short: list[int] = []
    for index in indexes:
        line = sent.lines[index]
        own = [one for one in line.permits if _is(one, letter)]
        own += [one for one in sent.permits if _is(one, letter) and one.line == line.number]
        if any(_for_all(one) for one in own):
            continue
        if not own and not left:
            without.append(index)
        elif _open_share(line, own, left) > 0:
            short.append(index)
    if without:
        yield tuple(without), False
    if short:
        yield tuple(short), True


def _open_share(line: Line, own: Sequence[Permit], left: dict[str, Fraction]) -> Fraction:
    """Return which share of a line its documents leave open; takes from what is left for all."""
    declared = {
        quantity.unit or "": Fraction(quantity.value)
        for quantity in (line.quantity, line.second, line.first)
        if quantity.value
    }
    open_ = Fraction(1)
    for amount, unit in map(_stated, own):
        if unit in declared:
            open_ -= amount / declared[unit]
    for unit, amount in left.items():
        if open_ > 0 and unit in declared:
            taken = min(amount, open_ * declared[unit])
            left[unit] = amount - taken
            open_ -= taken / declared[unit]
    return open_


def _is(permit: Permit, letter: str) -> bool:
    return permit.kind == letter and bool(permit.number)


def _for_all(permit: Permit) -> bool:
    """Return whether a document states no quantity: then it is named for all of its lines."""
    return permit.quantity is None or permit.quantity.value is None


def _stated(permit: Permit) -> tuple[Fraction, str]:
    stated = permit.quantity or Quantity()
    return Fraction(stated.value or 0), stated.unit or ""


def _form(submission: Submission, faults: list[Fault]) -> None:
    for index, permit in enumerate(submission.permits):
        if not permit.number or len(permit.number) > MOST_SIGNS:
            at = f"#/permits/{index}/number"
            faults.append(problems.PERMIT_NUMBER.at(at, kind=permit.kind or "—"))
    for at_line, line in enumerate(submission.lines):
        for index, permit in enumerate(line.permits):
            nothing = not permit.number and permit.status is None
            if nothing or len(permit.number or "") > MOST_SIGNS:
                at = f"#/lines/{at_line}/permits/{index}/number"
                faults.append(problems.PERMIT_NUMBER.at(at, kind=permit.kind or "—"))


def _twice(submission: Submission, faults: list[Fault]) -> None:
    """Tell licences that are named twice for the same goods: each would be used twice.

    Our reading: a licence is named once for the whole declaration, or once for each line that uses
    it, with one quantity. It has one unit, so two quantities in two units are no exception.
    """
    whole: set[tuple[str, str]] = set()
    by_line: set[tuple[str, str, int]] = set()
    for place, permit, line in _named(submission):
        kind, number = permit.kind or "", permit.number or ""
        key = (kind, number)
        if line is None:
            doubled = key in whole
            whole.add(key)
        else:
            doubled = key in whole or (kind, number, line) in by_line
            by_line.add((kind, number, line))
        if doubled:
            faults.append(problems.PERMIT_TWICE.at(place, kind=kind or "—", number=number))


def _named(submission: Submission) -> Iterator[tuple[str, Permit, int | None]]:
    """Yield each licence with a number, its place and its line: those of the whole first."""
    for index, permit in enumerate(submission.permits):
        if permit.number and permit.line is None:
            yield f"#/permits/{index}", permit, None
    for index, permit in enumerate(submission.permits):
        if permit.number and permit.line is not None:
            yield f"#/permits/{index}", permit, permit.line
    for at_line, line in enumerate(submission.lines):
        for index, permit in enumerate(line.permits):
            if permit.number:
                yield f"#/lines/{at_line}/permits/{index}", permit, line.number or at_line + 1


_PROBLEMS: Final = {
    Demand.REFUSE: problems.PERMIT_NEEDED,
    Demand.HOLD: problems.PERMIT_AWAITED,
    Demand.TELL: problems.PERMIT_MISSING,
}
