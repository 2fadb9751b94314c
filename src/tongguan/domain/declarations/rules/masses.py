"""Masses and packages. Source: completion rules.

That the net mass is the sum of the lines' kilograms, where all state them, is not verified.
"""

from decimal import Decimal
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.lists import Lists
from tongguan.domain.declarations.values import Line, Submission
from tongguan.kernel.problems import Fault

KG: Final = "035"
ZERO: Final = Decimal(0)


def check(submission: Submission, lists: Lists, faults: list[Fault]) -> None:
    """Tell masses and counts that contradict one another."""
    gross, net = submission.mass.gross, submission.mass.net
    if net is not None and gross is not None and net > gross:
        at = "#/mass/net"
        faults.append(problems.NET_ABOVE_GROSS.at(at, net_kg=net, gross_kg=gross))
    count = submission.packages.count
    if count is not None and not 0 < count < 10**9:
        faults.append(problems.PACKAGES_COUNT.at("#/packages/count", count=count))
    stated = ZERO
    complete = bool(submission.lines)
    for index, line in enumerate(submission.lines):
        mass = line.mass
        if mass.net is not None and mass.gross is not None and mass.net > mass.gross:
            faults.append(
                problems.NET_ABOVE_GROSS_ON_LINE.at(
                    f"#/lines/{index}/mass/net",
                    line=line.number or index + 1,
                    net_kg=mass.net,
                    gross_kg=mass.gross,
                )
            )
        kg = kilograms(line)
        if kg is None:
            complete = False
        else:
            stated += kg
    if gross is not None and stated > gross:
        at = "#/mass/gross"
        faults.append(problems.LINES_ABOVE_GROSS.at(at, lines_kg=stated, gross_kg=gross))
    elif complete and net is not None and abs(stated - net) > net * lists.mass_tolerance:
        faults.append(problems.LINES_NOT_NET.at("#/mass/net", lines_kg=stated, net_kg=net))


def kilograms(line: Line) -> Decimal | None:
    """Return the net mass a line states, as such or as a statutory quantity, or None."""
    if line.mass.net is not None:
        return line.mass.net
    if line.first.unit == KG:
        return line.first.value
    if line.second.unit == KG:
        return line.second.value
    return None
