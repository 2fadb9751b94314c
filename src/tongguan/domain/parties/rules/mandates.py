"""Whether a mandate covers a declaration, and whether one can be given.

Source: Customs Law, art. 11: a declarant acts in the name of its principal by a written mandate.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Final

from tongguan.domain.parties import problems
from tongguan.domain.parties.values import EnterpriseKind, EnterpriseRow, MandateFlow, MandateRow
from tongguan.kernel.problems import Fault

AT: Final = "#/parties/declarant"
_CHAPTER: Final = re.compile(r"[0-9]{2}")


def check_mandate(
    mandate: MandateRow | None, flow: str, *, commodities: Sequence[str | None], day: date
) -> tuple[Fault, ...]:
    """Return why a broker may not declare for a trader on a day, or nothing where he may.

    Args:
        mandate: the best mandate between the two, as `queries.mandates` finds it, or None.
        flow: `import` or `export`.
        commodities: commodity codes of the lines.
        day: local day of declaration.

    Cost: 1 µs.
    """
    if mandate is None:
        return (problems.NO_MANDATE.at(AT),)
    if mandate.other_principal:
        return (problems.OTHER_PRINCIPAL.at(AT),)
    if mandate.revoked_on is not None and mandate.revoked_on <= day:
        return (problems.MANDATE_REVOKED.at(AT, revoked_on=mandate.revoked_on),)
    if not mandate.valid_from <= day < mandate.valid_until:
        facts = {"valid_from": mandate.valid_from, "valid_until": mandate.valid_until}
        return (problems.MANDATE_EXPIRED.at(AT, **facts),)
    if any(_covers(one, flow, commodities) for one in (mandate, *mandate.further)):
        return ()
    scope = {"flow": MandateFlow(mandate.flow), "chapters": ", ".join(mandate.chapters) or "01–97"}
    return (problems.OTHER_SCOPE.at(AT, **scope),)


def best(between: Sequence[MandateRow], day: date) -> tuple[MandateRow, tuple[MandateRow, ...]]:
    """Return the mandate between two that tells most on a day, and the others in force on it.

    What is in force comes before what is not; of these, what ends last tells most.

    Args:
        between: one or more mandates between the same two.
        day: local day of declaration.
    """
    ordered = sorted(
        between, key=lambda one: (not one.in_force(day), -one.valid_until.toordinal(), one.id)
    )
    first, *others = ordered
    return first, tuple(one for one in others if one.in_force(day))


def check_grant(
    *,
    principal: EnterpriseRow,
    broker: EnterpriseRow,
    chapters: Collection[str],
    valid_from: date,
    valid_until: date,
    day: date,
) -> Iterator[Fault]:
    """Yield what is wrong with a mandate that is to be given."""
    if broker.kind is not EnterpriseKind.BROKER:
        yield problems.NOT_A_BROKER.at("#/broker", name=broker.name_zh)
    if broker.id == principal.id:
        yield problems.TO_ITSELF.at("#/broker", name=broker.name_zh)
    if valid_until <= max(valid_from, day):
        period = {"valid_from": valid_from, "valid_until": valid_until, "day": day}
        yield problems.MANDATE_PERIOD.at("#/valid_until", **period)
    for chapter in chapters:
        if not _CHAPTER.fullmatch(chapter):
            yield problems.CHAPTER.at("#/chapters", chapter=chapter)


def _covers(mandate: MandateRow, flow: str, commodities: Sequence[str | None]) -> bool:
    if mandate.flow not in {"", flow}:
        return False
    return not mandate.chapters or all(
        (commodity or "")[:2] in mandate.chapters for commodity in commodities
    )
