"""Reads of this room."""

from typing import Final

from tongguan.domain.review.models import CaseDecision, Query, Revocation
from tongguan.domain.review.values import (
    CaseDecisionRow,
    Consequence,
    DecisionRow,
    Ground,
    QueryRow,
    RevocationRow,
)
from tongguan.facilities.tables import read
from tongguan.kernel.identifiers import DeclarationId, HoldId

LIKE_ROWS: Final = 5
LATEST: Final = 500
"""So many of a trader's declarations are looked through for decisions on like goods."""
_LIKE: Final = """
    WITH this AS (
        SELECT id, trader_id FROM declarations_declaration WHERE id = %s
    ), others AS (
        SELECT declared.id, declared.number
        FROM declarations_declaration AS declared, this
        WHERE declared.trader_id = this.trader_id AND declared.id <> this.id
        ORDER BY declared.accepted_at DESC, declared.id
        LIMIT %s
    )
    SELECT others.id, others.number, min(line.commodity), closure.finding, closure.words,
           closure.closed_by, closure.closed_at
    FROM others
    JOIN review_closure AS closure ON closure.declaration_id = others.id
    JOIN declarations_line AS line ON line.declaration_id = others.id
    JOIN declarations_line AS same ON same.commodity = line.commodity
    JOIN this ON this.id = same.declaration_id
    GROUP BY others.id, others.number, closure.hold
    ORDER BY closure.closed_at DESC, closure.hold
    LIMIT %s
"""
_DECIDED: Final = """
    SELECT last.hold
    FROM clearance_hold AS held
    JOIN review_casedecision AS last ON last.hold = held.id
    WHERE held.kind = 'CASE' AND held.ended_at IS NULL AND last.decided_by = %s
        AND NOT EXISTS (
            SELECT FROM review_casedecision AS later
            WHERE later.hold = last.hold AND later.id > last.id
        )
"""


def queries_of(declaration_id: DeclarationId) -> tuple[QueryRow, ...]:
    """Return what was asked on a declaration, earliest first."""
    rows = Query.objects.filter(declaration=declaration_id).order_by("asked_at", "hold")
    return tuple(
        QueryRow(*columns)
        for columns in rows.values_list(
            "hold",
            "kind",
            "question",
            "ground",
            "document",
            "asked_by",
            "asked_at",
            "answer",
            "answered_by",
            "answered_at",
            "office",
            "due_at",
        )
    )


def decisions_like(
    declaration_id: DeclarationId, *, limit: int = LIKE_ROWS
) -> tuple[DecisionRow, ...]:
    """Return how checks of the same trader's declarations of the same goods ended, latest first.

    One statement, by the trader's latest declarations.
    """
    rows = read(_LIKE, [declaration_id, LATEST, limit])
    return tuple(DecisionRow(DeclarationId(id_), *rest) for id_, *rest in rows)


def case_decisions(declaration_id: DeclarationId) -> tuple[CaseDecisionRow, ...]:
    """Return the decisions on the cases of a declaration, earliest first."""
    found = CaseDecision.objects.filter(declaration=declaration_id).order_by("id")
    return tuple(
        CaseDecisionRow(hold, Consequence(consequence), words, by, at)
        for hold, consequence, words, by, at in found.values_list(
            "hold", "consequence", "words", "decided_by", "decided_at"
        )
    )


def decided_last_by(name: str) -> frozenset[HoldId]:
    """Return the open cases on which an account's own decision stands: another changes it."""
    return frozenset(HoldId(hold) for (hold,) in read(_DECIDED, [name]))


def revocation_of(declaration_id: DeclarationId) -> RevocationRow | None:
    """Return why a declaration was revoked or refused, or None where it was not."""
    found = Revocation.objects.filter(pk=declaration_id).values_list(
        "act", "ground", "words", "decided_by", "decided_at"
    )
    for act, ground, words, by, at in found:
        return RevocationRow(act, Ground(ground) if ground else None, words, by, at)
    return None
