"""The watch over the model in use: each day what was seen of it, and its withdrawal on a bound."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import connection, transaction

from tongguan.domain.risk.active import active_set
from tongguan.domain.risk.approvals import withdraw_model
from tongguan.domain.risk.criteria import ModelCard
from tongguan.domain.risk.facts import Facts
from tongguan.domain.risk.models import ModelWatch
from tongguan.domain.risk.rules.watching import (
    DECLARED_LEAST,
    Treated,
    figures_of_treated,
    passed,
)
from tongguan.domain.risk.scorers import scorer_of
from tongguan.domain.risk.values import Figure
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.commands import lock_house
from tongguan.kernel.time import LOCAL

DRIFT_DAYS: Final = 7
OUTCOME_DAYS: Final = 90
MOST: Final = 5_000
"""So many declarations are looked at for drift, spread over the days."""
SCORE: Final = "score"
_SCORED: Final = """
    SELECT facts, count(*) OVER () FROM risk_selected
    WHERE at >= %(since)s AND at < %(until)s AND selection->>'model_version' = %(version)s
    ORDER BY hashtext(declaration_id::text), declaration_id
    LIMIT %(most)s
"""
_TREATED: Final = """
    SELECT (selected.selection->>'score')::float8, reached.sources, bool_or(outcome.finding <> '')
    FROM risk_selected AS selected
    JOIN risk_outcome AS outcome USING (declaration_id)
    CROSS JOIN LATERAL (
        SELECT array_agg(DISTINCT source) AS sources FROM risk_reached
        WHERE risk_reached.declaration_id = selected.declaration_id AND acted
    ) AS reached
    WHERE selected.at >= %(since)s AND selected.at < %(until)s
        AND selected.selection->>'model_version' = %(version)s
    GROUP BY selected.declaration_id, reached.sources
"""


@transaction.atomic(durable=True)
def watch(*, now: datetime) -> bool:
    """Note what was seen of the model in use until yesterday; withdraw it where a bound is passed.

    Called again and again; once a day there is something to do.

    Returns:
        Whether the model was withdrawn.

    Cost: 1 s a day, for five thousand declarations.
    """
    today = now.astimezone(LOCAL).date()
    day = today - timedelta(days=1)
    card = active_set(today).model
    if card is None or _noted(card, day):
        return False
    lock_house()
    if _noted(card, day):
        return False
    try:
        figures, moved = _seen(card, day)
        beyond = passed(figures, card.bounds)
        why = ", ".join(f"{name} {figures[name]} ({card.bounds[name]})" for name in beyond)
    except LookupError as error:
        figures, moved, beyond, why = {}, "", (str(Figure.UNREADABLE),), str(error)
    withdrawn = (
        bool(beyond)
        and withdraw_model(id=card.id, version=card.version, why=why, by=SYSTEM, now=now)
        is not None
    )
    ModelWatch.objects.create(
        day=day,
        criterion=card.id,
        version=card.version,
        name=card.name,
        sha256=card.sha256,
        figures=figures,
        moved=moved,
        passed=beyond,
        withdrawn=withdrawn,
        at=now,
    )
    return withdrawn


def _noted(card: ModelCard, day: date) -> bool:
    return ModelWatch.objects.filter(day=day, criterion=card.id, version=card.version).exists()


def _seen(card: ModelCard, day: date) -> tuple[dict[str, float], str]:
    """Return the figures of a model until the end of a day, and the feature that drifted most."""
    until = _begin(day + timedelta(days=1))
    scored, count = _scored(card.sha256, until)
    figures = {str(Figure.DECLARED): float(count)}
    moved = ""
    model = scorer_of(card)
    if model is not None and len(scored) >= DECLARED_LEAST:
        drifts = model.drifts(scored)
        figures[str(Figure.SCORE_DRIFT)] = drifts.pop(SCORE)
        moved = max(drifts, key=drifts.__getitem__, default="")
        if moved:
            figures[str(Figure.FEATURE_DRIFT)] = drifts[moved]
    return figures | figures_of_treated(_treated(card.sha256, until)), moved


def _scored(version: str, until: datetime) -> tuple[list[Facts], int]:
    since = until - timedelta(days=DRIFT_DAYS)
    with connection.cursor() as cursor:
        cursor.execute(_SCORED, {"since": since, "until": until, "version": version, "most": MOST})
        rows = cursor.fetchall()
    return [Facts.read(stored) for stored, _ in rows], rows[0][1] if rows else 0


def _treated(version: str, until: datetime) -> Sequence[Treated]:
    since = until - timedelta(days=OUTCOME_DAYS)
    with connection.cursor() as cursor:
        cursor.execute(_TREATED, {"since": since, "until": until, "version": version})
        return [
            Treated(score, frozenset(sources or ()), found)
            for score, sources, found in cursor.fetchall()
        ]


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, LOCAL)
