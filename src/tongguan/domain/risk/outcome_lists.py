"""The declarations behind a figure of the outcome page: every count opens its list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from tongguan.domain.risk.outcomes import Cut
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.text import Term, _

PAGE_ROWS: Final = 50


class Part(Term):
    """Which declarations a figure counts."""

    MET = "met", _("met")
    ENDED = "ended", _("treated")
    FOUND = "found", _("with a finding")


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One declaration behind a figure: when it was selected or treated, and how that ended.

    Attributes:
        treatment, finding: codes; None where nothing ended yet.
    """

    id: int
    declaration_id: DeclarationId
    at: datetime
    treatment: str | None
    finding: str | None
    officers: tuple[str, ...]


_PARTS: Final = {
    Part.MET: "TRUE",
    Part.ENDED: "outcome.id IS NOT NULL",
    Part.FOUND: "outcome.finding <> ''",
}
_COLUMNS: Final = "outcome.treatment, outcome.finding, outcome.officers"
_OF_REASONS: Final = """
    SELECT reached.id, reached.declaration_id, reached.at, {columns}
    FROM risk_reached AS reached
    LEFT JOIN risk_outcome AS outcome
        ON outcome.declaration_id = reached.declaration_id AND reached.acted
        AND (outcome.treatment = 'documents') = (reached.treatment = 'documents')
    WHERE reached.at >= %(since)s AND reached.at < %(until)s AND {where} AND {part}
        AND (%(after)s::bigint IS NULL OR reached.id < %(after)s)
    ORDER BY reached.id DESC LIMIT %(limit)s
"""
_OF_OUTCOMES: Final = """
    SELECT outcome.id, outcome.declaration_id, outcome.at, {columns}
    FROM risk_outcome AS outcome
    WHERE outcome.at >= %(since)s AND outcome.at < %(until)s AND {where} AND {part}
        AND (%(after)s::bigint IS NULL OR outcome.id < %(after)s)
    ORDER BY outcome.id DESC LIMIT %(limit)s
"""
_SELECTED: Final = """EXISTS (
    SELECT 1 FROM risk_selected AS selected
    WHERE selected.declaration_id = {0}.declaration_id AND {1} = %(name)s
)"""
_WHERE: Final = {
    Cut.PROFILE: (
        _OF_REASONS,
        "reached.source = 'profile' AND reached.criterion::text = %(name)s",
    ),
    Cut.SOURCE: (_OF_REASONS, "reached.source = %(name)s"),
    Cut.MODEL: (
        _OF_REASONS,
        "reached.source = 'model' AND "
        + _SELECTED.format("reached", "selected.selection ->> 'model_version'"),
    ),
    Cut.OFFICE: (_OF_OUTCOMES, "outcome.office = %(name)s"),
    Cut.OFFICER: (_OF_OUTCOMES, "outcome.officers @> to_jsonb(%(name)s::text)"),
    Cut.GOODS: (_OF_OUTCOMES, _SELECTED.format("outcome", "split_part(selected.peers, ' ', 3)")),
}


def behind(
    cut: Cut,
    name: str,
    part: Part,
    *,
    since: datetime,
    until: datetime,
    after: int | None = None,
    limit: int = PAGE_ROWS,
) -> Sequence[OutcomeRow]:
    """Return a page of the declarations behind a figure, the latest first.

    Args:
        cut: what the figure is told by.
        name: which of them, as the figure names it.
        part: which count.
        since: as the figure.
        until: as the figure.
        after: the page comes after the row of this id.
        limit: rows of a page.
    """
    statement, where = _WHERE[cut]
    told = statement.format(columns=_COLUMNS, where=where, part=_PARTS[part])
    facts: dict[str, Any] = {
        "name": name,
        "since": since,
        "until": until,
        "after": after,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(told, facts)
        return [
            OutcomeRow(
                id_,
                DeclarationId(of),
                at,
                treatment,
                finding,
                tuple(officers if isinstance(officers, list) else ()),
            )
            for id_, of, at, treatment, finding, officers in cursor.fetchall()
        ]
