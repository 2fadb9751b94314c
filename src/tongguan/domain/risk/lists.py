"""Pages of criteria as the risk desk lists them: one row a criterion, and what waits beside it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from tongguan.domain.risk.criteria import Kind
from tongguan.domain.risk.queries import LATEST, ROW, criterion_row
from tongguan.domain.risk.values import CriterionRow, CriterionState

PAGE_ROWS: Final = 50
# A criterion is shown in the wording that stands; one that never stood in its newest.
_PAGE: Final = """
    SELECT {row}
    FROM risk_criterionversion AS version {latest}
    WHERE version.kind = %(kind)s AND version.version = coalesce(latest.version, (
            SELECT max(one.version) FROM risk_criterionversion AS one
            WHERE one.kind = version.kind AND one.criterion = version.criterion
        )) AND {where}
    ORDER BY version.criterion DESC LIMIT %(limit)s
"""
_WAITING: Final = """
    SELECT {row}
    FROM risk_criterionversion AS version {latest}
    WHERE version.kind = %(kind)s AND version.approved IS NULL
    ORDER BY version.proposed_at, version.criterion LIMIT %(limit)s
"""
_COUNTS: Final = """
    SELECT kind, count(*) FROM risk_criterionversion WHERE approved IS NULL
    GROUP BY kind ORDER BY kind
"""
_MEMBER: Final = "version.content::jsonb ->> '{0}' = %({0})s"
_STATES: Final = {
    CriterionState.ACTIVE: "latest.active",
    CriterionState.SUSPENDED: "NOT latest.active AND NOT latest.ended",
    CriterionState.ENDED: "latest.ended",
    CriterionState.WAITING: """EXISTS (
        SELECT 1 FROM risk_criterionversion AS other
        WHERE other.kind = version.kind AND other.criterion = version.criterion
            AND other.approved IS NULL
    )""",
    CriterionState.REFUSED: "latest.version IS NULL AND NOT version.approved",
}
_TEXT: Final = """(
    version.name ILIKE %(text)s OR version.criterion::text = %(number)s
    OR version.content::jsonb ->> 'instruction' ILIKE %(text)s
    OR version.content::jsonb ->> 'conditions' ILIKE %(text)s
)"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which criteria a list shows; what is left empty does not matter.

    Attributes:
        text: part of the name, the instruction or an operand; or the number.
        after: the page begins below this number.
    """

    state: CriterionState | None = None
    treatment: str = ""
    owner: str = ""
    district: str = ""
    text: str = ""
    after: int | None = None


def page(kind: Kind, wanted: Wanted, *, limit: int = PAGE_ROWS) -> tuple[CriterionRow, ...]:
    """Return a page of criteria, the newest first; pages read by `commands.consult_page`.

    Cost: 4 ms of 10,000 criteria; a filter that few meet looks through all of them.
    """
    conditions = ["TRUE"]
    if wanted.state in _STATES:
        conditions.append(_STATES[wanted.state])
    facts: dict[str, Any] = {"kind": str(kind), "limit": limit}
    for member in ("treatment", "owner", "district"):
        if value := getattr(wanted, member):
            conditions.append(_MEMBER.format(member))
            facts[member] = value
    if wanted.text:
        conditions.append(_TEXT)
        escaped = wanted.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        facts |= {"text": f"%{escaped}%", "number": wanted.text}
    if wanted.after is not None:
        conditions.append("version.criterion < %(after)s")
        facts["after"] = wanted.after
    return _rows(_PAGE, " AND ".join(conditions), facts)


def waiting(kind: Kind, *, limit: int = PAGE_ROWS) -> tuple[CriterionRow, ...]:
    """Return the wordings that wait for a second person, longest waiting first."""
    return _rows(_WAITING, "", {"kind": str(kind), "limit": limit})


def count_waiting() -> dict[Kind, int]:
    """Return how many wordings of each kind wait for a second person."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        return {Kind(kind): count for kind, count in cursor.fetchall()}


def standing(rows: Collection[CriterionRow]) -> dict[int, CriterionRow]:
    """Return of wordings of criteria those that stand: in force, suspended or ended."""
    stood = {CriterionState.ACTIVE, CriterionState.SUSPENDED, CriterionState.ENDED}
    return {row.criterion.id: row for row in rows if row.state in stood}


def _rows(statement: str, where: str, facts: dict[str, Any]) -> tuple[CriterionRow, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(latest=LATEST, row=ROW, where=where), facts)
        return tuple(criterion_row(row) for row in cursor.fetchall())
