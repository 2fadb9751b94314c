"""What was measured at an examination against what was declared."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from tongguan.domain.declarations.values import Line, Submission
from tongguan.domain.inspection import problems
from tongguan.domain.inspection.values import Finding, Measured, Seen
from tongguan.kernel.problems import Fault

MASS_UNITS: Final = frozenset({"035", "036", "070"})
"""Kilogram, gram and tonne in the table of units."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that was found otherwise than declared; `beyond` the tolerance or within it."""

    pointer: str
    what: Measured
    declared: Decimal
    found: Decimal
    beyond: bool


def faults(seen: Seen, declared: Submission, *, tolerance: Decimal) -> Iterator[Fault]:
    """Tell what a record may not say: “as declared” of what was measured otherwise, and the like.

    Args:
        seen: what the officers write.
        declared: the declaration in its latest version.
        tolerance: share of 1 by which a mass may differ; a dated parameter.
    """
    lines = {line.number: line for line in declared.lines}
    if (seen.line or seen.quantity_found is not None) and seen.line not in lines:
        yield problems.NO_SUCH_LINE.at("#/line", line=seen.line or "—")
        return
    found = list(differences(seen, declared, lines.get(seen.line), tolerance=tolerance))
    if seen.finding == str(Finding.NONE):
        for one in found:
            if one.beyond:
                facts = {"what": one.what, "declared": one.declared, "found": one.found}
                yield problems.MEASURED_OTHERWISE.at(one.pointer, **facts)
    elif seen.finding == str(Finding.QUANTITY) and not found:
        yield problems.NOT_MEASURED.at("#/finding")


def differences(
    seen: Seen, declared: Submission, line: Line | None, *, tolerance: Decimal
) -> Iterator[Difference]:
    """Yield what was found otherwise than declared.

    A mass differs beyond the tolerance where it is more than this share away; counted things
    differ where they are not the same.
    """
    count, gross = declared.packages.count, declared.mass.gross
    if seen.packages_found is not None and count is not None and seen.packages_found != count:
        found = Decimal(seen.packages_found)
        yield Difference("#/packages_found", Measured.PACKAGES, Decimal(count), found, beyond=True)
    if seen.mass_found_kg is not None and gross is not None and seen.mass_found_kg != gross:
        beyond = abs(seen.mass_found_kg - gross) > gross * tolerance
        yield Difference("#/mass_found_kg", Measured.MASS, gross, seen.mass_found_kg, beyond)
    if line is None or seen.quantity_found is None or line.quantity.value is None:
        return
    value = line.quantity.value
    if seen.quantity_found != value:
        allowed = value * tolerance if line.quantity.unit in MASS_UNITS else Decimal(0)
        beyond = abs(seen.quantity_found - value) > allowed
        yield Difference("#/quantity_found", Measured.QUANTITY, value, seen.quantity_found, beyond)


def told(seen: Seen, declared: Submission) -> str:
    """Return what was declared of what a finding is about, as the record keeps it."""
    if not seen.finding:
        return ""
    line = next((one for one in declared.lines if one.number == seen.line), None)
    parts: tuple[object, ...] = (declared.packages.count, declared.mass.gross)
    if line is not None:
        parts = (line.commodity, line.name, line.quantity.value, line.quantity.unit, line.origin)
    return " · ".join(str(part) for part in parts if part is not None)
