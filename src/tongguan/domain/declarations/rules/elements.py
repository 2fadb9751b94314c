"""The specification of goods: the declaration elements of the tariff, joined by `|`.

Source: completion rules; the tariff's list of elements. GTIN, CAS and "other" close most lists and
may be left out; so may what stands behind them.
"""

from collections.abc import Sequence
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.values import Kind, Line, Submission
from tongguan.domain.reference.values import TariffLine
from tongguan.kernel.problems import Fault

OPTIONAL: Final = frozenset({"GTIN", "CAS", "其他"})
BAR: Final = "|"


def check(submission: Submission, rows: Sequence[TariffLine | None], faults: list[Fault]) -> None:
    """Tell specifications with fewer or more elements than the tariff names, or empty ones."""
    if submission.kind is Kind.SUMMARY:
        return
    for index, (line, row) in enumerate(zip(submission.lines, rows, strict=True)):
        if row is None or not line.elements or not row.elements:
            continue
        names = row.elements
        given = line.elements.count(BAR) + 1
        needed = _needed(names)
        sound = needed <= given <= len(names) and BAR + BAR not in line.elements
        if sound and not line.elements.startswith(BAR):
            continue
        _tell(line, index, names, faults)


def _needed(names: Sequence[str]) -> int:
    """Return how many elements have to be given: all before the closing ones that may be absent."""
    needed = len(names)
    while needed and names[needed - 1] in OPTIONAL:
        needed -= 1
    return needed


def _tell(line: Line, index: int, names: Sequence[str], faults: list[Fault]) -> None:
    at, number = f"#/lines/{index}/elements", line.number or index + 1
    given = (line.elements or "").split(BAR)
    if len(given) > len(names):
        faults.append(
            problems.TOO_MANY_ELEMENTS.at(at, line=number, given=len(given), most=len(names))
        )
        return
    absent = [
        name
        for place, name in enumerate(names[: _needed(names)])
        if place >= len(given) or not given[place].strip()
    ]
    if absent:
        faults.append(problems.ELEMENTS_MISSING.at(at, line=number, names="、".join(absent)))
