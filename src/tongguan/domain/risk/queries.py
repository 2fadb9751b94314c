"""Reads of this room: selections, criteria in their wordings, what was published."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from msgspec import convert, json

from tongguan.domain.risk.active import TYPES, pack_notes, selector_at, set_of
from tongguan.domain.risk.criteria import Kind
from tongguan.domain.risk.facts import Facts
from tongguan.domain.risk.models import Explanation, Selected
from tongguan.domain.risk.rules.telling import for_auditor, for_officer
from tongguan.domain.risk.scorers import scorer_of
from tongguan.domain.risk.values import (
    Contribution,
    CriterionRow,
    CriterionState,
    Recomputed,
    Remembered,
    Selection,
    Source,
    Told,
)
from tongguan.kernel.identifiers import DeclarationId

CHUNK: Final = 2_000
ROW: Final = """
    version.kind, version.content, version.proposed_by, version.proposed_at,
    version.decided_by, version.decided_at, version.approved,
    latest.version = version.version, latest.active, latest.ended, latest.at, latest.why, latest.by
"""
"""What `criterion_row` reads, of a wording and the latest change of its criterion."""
LATEST: Final = """
    LEFT JOIN LATERAL (
        SELECT version, active, ended, at, why, by FROM risk_change AS change
        WHERE change.kind = version.kind AND change.criterion = version.criterion
        ORDER BY id + 0 DESC LIMIT 1
    ) AS latest ON TRUE
"""
"""The latest change of the criterion of a wording.

Looked up row by row, by its own index: right after thousands were approved at once the database
still takes them for few, and joined for minutes; nor may it walk back through all changes by id.
"""
_CRITERIA: Final = """
    SELECT {row}
    FROM risk_criterionversion AS version {latest}
    WHERE version.kind = %(kind)s AND (%(ids)s::int[] IS NULL OR version.criterion = ANY(%(ids)s))
    ORDER BY version.criterion, version.version
"""
_REMEMBERED: Final = """
    SELECT selected.declaration_id, selected.at, selected.facts,
           selected.documents, selected.goods, outcome.finding,
           coalesce(outcome.effect, 0), outcome.at
    FROM risk_selected AS selected
    LEFT JOIN (
        SELECT declaration_id, max(finding) AS finding, sum(value_effect) AS effect, max(at) AS at
        FROM risk_outcome WHERE at >= %(since)s GROUP BY declaration_id
    ) AS outcome USING (declaration_id)
    WHERE selected.at >= %(since)s AND selected.at < %(until)s
        AND hashtext(selected.declaration_id::text)::bigint %% %(one_in)s = 0
    ORDER BY selected.at, selected.declaration_id
"""


def selection_of(declaration_id: DeclarationId) -> Selection | None:
    """Return what was selected on a declaration, and why: told on by `rules.telling` only."""
    row = Selected.objects.filter(pk=declaration_id).values_list("selection", flat=True).first()
    return None if row is None else convert(row, Selection, strict=False)


def facts_of(declaration_id: DeclarationId) -> Facts | None:
    """Return the facts that a selection was decided on."""
    row = Selected.objects.filter(pk=declaration_id).values_list("facts", flat=True).first()
    return None if row is None else Facts.read(row)


def contributions_of(declaration_id: DeclarationId) -> tuple[Contribution, ...]:
    """Return what moved the score of a declaration most, if it was worked out."""
    rows = Explanation.objects.filter(pk=declaration_id)
    row = rows.values_list("contributions", flat=True).first()
    return () if row is None else tuple(convert(one, Contribution) for one in row)


def told_to_officer(
    declaration_id: DeclarationId, *, goods: bool | None = None
) -> tuple[Told, ...]:
    """Return why a declaration was selected and what to look for, in plain words.

    `goods` leaves only the reasons for inspecting goods (True) or for checking papers (False).
    """
    found = selection_of(declaration_id)
    if found is None:
        return ()
    return for_officer(found, contributions_of(declaration_id), goods=goods)


def told_to_auditor(declaration_id: DeclarationId) -> tuple[Told, ...]:
    """Return every reason with criterion, version and figure, also those that a draw spared."""
    found = selection_of(declaration_id)
    return () if found is None else for_auditor(found, contributions_of(declaration_id))


def criteria(kind: Kind, ids: Collection[int] | None = None) -> tuple[CriterionRow, ...]:
    """Return every wording of criteria, by id and version. Pages read by `commands.consult`."""
    with connection.cursor() as cursor:
        wanted = None if ids is None else list(ids)
        cursor.execute(_CRITERIA.format(row=ROW, latest=LATEST), {"kind": str(kind), "ids": wanted})
        return tuple(criterion_row(row) for row in cursor.fetchall())


def recomputed(declaration_id: DeclarationId) -> Recomputed | None:
    """Return a selection as recorded and decided again from the recorded versions, or None.

    The facts, criteria, seed and model are those of then, however long ago; so are the shares of
    the region pack, where the pack states others for that day by now.
    """
    columns = ("selection", "facts")
    row = Selected.objects.filter(pk=declaration_id).values_list(*columns).first()
    if row is None:
        return None
    recorded = convert(row[0], Selection, strict=False)
    active = set_of(recorded.seed_day, recorded.stamp, recorded.set_version)
    if active.version != recorded.set_version:
        return Recomputed(recorded, None, recorded.set_version)
    scorer = None
    if recorded.model_version:
        # What could not be read when it was decided scored nothing, and is not asked for here.
        named = active.model is not None and active.model.sha256 == recorded.model_version
        try:
            scorer = scorer_of(active.model) if named else None
        except LookupError:
            scorer = None
        if scorer is None:
            return Recomputed(recorded, None, recorded.model_version)
    made = selector_at(active, scorer)
    carried = tuple(one for one in recorded.reasons if one.source == str(Source.CARRIED))
    again = made.select(
        Facts.read(row[1]), key=recorded.key, day=recorded.seed_day, carried=carried
    )
    return Recomputed(recorded, again, notes=pack_notes(active))


def remembered(since: datetime, until: datetime, *, one_in: int = 1) -> Iterator[Remembered]:
    """Yield the declarations accepted in a time, in order, as they were decided on.

    With `one_in` above 1 about that part of them, always the same. Read in pieces, so that any
    number fits into memory. Cost: 20 µs each.
    """
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_REMEMBERED, {"since": since, "until": until, "one_in": one_in})
        while rows := cursor.fetchmany(CHUNK):
            for id_, at, stored, documents, goods, *outcome in rows:
                yield Remembered(id_, at, Facts.read(stored), documents, goods, *outcome)


def criterion_row(row: tuple[Any, ...]) -> CriterionRow:
    """Return one wording as lists show it, from the columns of `ROW`."""
    kind, content, proposed_by, proposed_at, decided_by, decided_at, approved = row[:7]
    current, active, ended, at, why, changed_by = row[7:]
    state, since, by = CriterionState.WAITING, proposed_at, proposed_by
    if approved is False:
        state, since, by = CriterionState.REFUSED, decided_at, decided_by
    elif approved and not current:
        state, since, by = CriterionState.REPLACED, at, changed_by
    elif approved:
        state, since, by = _standing(active, ended), at, changed_by
    criterion = json.decode(content, type=TYPES[kind])
    return CriterionRow(
        criterion, state, since, proposed_by, decided_by, why or "", by, proposed_at, decided_at
    )


def _standing(active: bool, ended: bool) -> CriterionState:
    if active:
        return CriterionState.ACTIVE
    return CriterionState.ENDED if ended else CriterionState.SUSPENDED
