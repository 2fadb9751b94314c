"""Which random share applies to a declaration, and the shares of the region pack."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from tongguan.domain.reference.values import Parameters
from tongguan.domain.risk.criteria import Share, Treatment
from tongguan.domain.risk.facts import Facts
from tongguan.domain.risk.rules.draw import limit

_PACK: Final = (("random_documents_", Treatment.DOCUMENTS), ("random_goods_", Treatment.SAMPLE))

Chosen = tuple[Share, int]
"""A share, and the number below which a key is drawn."""


class Shares:
    """The shares of a day, sorted so that the first that fits is the one that counts."""

    def __init__(self, shares: Sequence[Share]) -> None:
        """Sort the shares of each treatment, those that name most first."""
        self._rows: dict[str, list[Chosen]] = {}
        by_treatment: defaultdict[str, list[Share]] = defaultdict(list)
        for one in shares:
            by_treatment[one.treatment].append(one)
        for treatment, rows in sorted(by_treatment.items()):
            rows.sort(key=_rank, reverse=True)
            self._rows[treatment] = [(one, limit(one.share)) for one in rows]
        self._kept: dict[tuple[str | None, ...], list[list[Chosen]]] = {}

    def of(self, facts: Facts) -> list[Chosen]:
        """Return the share that counts for each treatment. Cost: 0.5 µs without commodities."""
        key = (facts.credit, facts.declared, facts.mode)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = [_fitting(rows, *key) for rows in self._rows.values()]
        chosen = (_first(rows, facts) for rows in kept)
        return [one for one in chosen if one is not None]


def pack_shares(parameters: Parameters, day: date) -> tuple[Share, ...]:
    """Return the shares that the region pack sets for credit classes on a day, by class.

    A class that is no longer given still has one while certificates of it last.
    Source: Order 251: certified enterprises below a fifth of the ordinary share.
    """
    made: list[Share] = []
    for prefix, treatment in _PACK:
        for name, timeline in sorted(parameters.timelines.items()):
            row = timeline.find(day) if name.startswith(prefix) else None
            if row is not None:
                credit, share = name.removeprefix(prefix), Decimal(row.value)
                made.append(Share(treatment=str(treatment), credit=credit, share=share))
    return tuple(made)


def _rank(share: Share) -> tuple[int, int, int, int]:
    named = (share.credit, share.office, share.mode, share.commodity)
    return len([one for one in named if one]), len(share.commodity), share.id, share.version


def _fitting(
    rows: Sequence[Chosen], credit: str | None, office: str | None, mode: str | None
) -> list[Chosen]:
    """Return the rows that fit, up to the first that fits whatever the goods are."""
    found: list[Chosen] = []
    for row in rows:
        share = row[0]
        if (
            share.credit in {"", credit}
            and share.office in {"", office}
            and share.mode in {"", mode}
        ):
            found.append(row)
            if not share.commodity:
                break
    return found


def _first(rows: Sequence[Chosen], facts: Facts) -> Chosen | None:
    for row in rows:
        prefix = row[0].commodity
        if not prefix or any((line.commodity or "").startswith(prefix) for line in facts.lines):
            return row
    return None
