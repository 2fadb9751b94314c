"""Reads of the watch over models: what was seen day by day, and what has to be looked at."""

from datetime import date

from tongguan.domain.risk.models import ModelWatch
from tongguan.domain.risk.values import WatchRow
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Actor, Role


def watched(*, since: date, until: date, viewer: Actor) -> tuple[WatchRow, ...]:
    """Return what was seen of the models in use, by day.

    Raises:
        ProblemError: ACC-001 only analysts and auditors see it.
    """
    require(viewer, Role.RISK_ANALYST, Role.AUDITOR)
    rows = ModelWatch.objects.filter(day__gte=since, day__lt=until)
    return tuple(_row(row) for row in rows.order_by("day", "criterion", "version"))


def alerts(*, since: date, viewer: Actor) -> tuple[WatchRow, ...]:
    """Return the days on which a model passed one of its bounds, the latest first.

    Raises:
        ProblemError: ACC-001 only analysts and auditors see it.
    """
    require(viewer, Role.RISK_ANALYST, Role.AUDITOR)
    rows = ModelWatch.objects.filter(day__gte=since).exclude(passed=[])
    return tuple(_row(row) for row in rows.order_by("-day", "criterion", "version"))


def _row(row: ModelWatch) -> WatchRow:
    return WatchRow(
        row.day,
        row.criterion,
        row.version,
        row.name,
        row.sha256,
        row.figures,
        row.moved,
        tuple(row.passed),
        row.withdrawn,
    )
