"""Which of the five ways of clearing a declaration takes: found from its offices and marks.

Source: GACC announcements 58/2013 (declare locally and release at the port, or locally) and
65/2014 (all five, the enterprise's choice for each declaration). That a mark is needed for the
two local modes and for transit, and none for the others, is our reading of the message format.
"""

from datetime import date
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.values import Mode, Submission
from tongguan.domain.reference.values import Against, ModeRow, Route, Snapshot
from tongguan.kernel.problems import Fault

NOTHING: Final[frozenset[Against]] = frozenset()


def given_against(
    submission: Submission,
    *,
    reference: Snapshot,
    day: date,
    site: str = "",
    suspended: bool = False,
) -> frozenset[Against]:
    """Return the circumstances of a declaration that some modes are refused for.

    Args:
        submission: with the four offices filled in.
        reference: `port_bound_permits` and `port_bound_goods` say what has to be declared at the
            port, `sites_without_reports` which sites report no arrivals electronically.
        day: local day of declaration.
        site: the site that the manifest names, where it names one.
        suspended: whether the trader is.

    Source: announcement 58/2013; which licences, goods and sites these are is configuration.
    """
    law, found = reference.parameters, set()
    bound = set(law.words("port_bound_permits", day))
    permits = [*submission.permits, *(one for line in submission.lines for one in line.permits)]
    if any(one.kind in bound for one in permits):
        found.add(Against.PORT_PERMIT)
    prefixes = tuple(law.words("port_bound_goods", day))
    if prefixes and any((line.commodity or "").startswith(prefixes) for line in submission.lines):
        found.add(Against.PORT_PERMIT)
    silent = set(law.words("sites_without_reports", day))
    place = site or submission.place.id or ""
    at_office = {one.code for one in reference.region.sites_of(submission.offices.goods or "", day)}
    if (place in silent) if place else (silent & at_office):
        found.add(Against.NO_REPORT)
    if suspended:
        found.add(Against.INVESTIGATED)
    return frozenset(found)


def find_mode(
    submission: Submission,
    *,
    reference: Snapshot,
    day: date,
    trader_class: str = "",
    broker_class: str = "",
    given: frozenset[Against] = NOTHING,
) -> Mode | Fault:
    """Return the mode of a declaration, or what stands against every mode.

    Args:
        submission: with the four offices filled in.
        reference: the region's dated table of modes.
        day: local day of declaration.
        trader_class: credit class of the trader, where it is known.
        broker_class: credit class of the broker, where there is one.
        given: circumstances that some modes are refused for.

    Cost: 3 µs.
    """
    offices = submission.offices
    declared, goods = offices.declaration or "", offices.goods or ""
    if not declared or not goods:
        # Told as missing by `offices`; any answer serves, for the submission is refused.
        return Mode.PORT
    asked = submission.mode_asked
    if asked is None and submission.transport.inland is not None and declared != goods:
        asked = Mode.TRANSIT
    mark = None if asked is None else asked.value
    inspection = offices.inspection or goods
    route = Route(declared, goods, inspection, mark, trader_class, broker_class, given)
    found = reference.region.mode(route, day)
    if isinstance(found, ModeRow):
        return Mode(found.code)
    if asked is not None:
        reason = tuple(dict.fromkeys(one.against for one in found))
        return problems.MODE_CONTRADICTS.at(
            "#/mode_asked", asked=asked.value, declaration=declared, goods=goods, reason=reason
        )
    return problems.NO_MODE.at(
        "#/offices/declaration", declaration=declared, goods=goods, day=day.isoformat()
    )
