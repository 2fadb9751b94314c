"""What waits for a second person and is taken back by who loaded it, or declined by another."""

from datetime import datetime
from typing import Any

from django.db import transaction

from tongguan.domain.reference import problems
from tongguan.domain.reference.loading import waiting
from tongguan.domain.reference.models import CalendarRelease, RateCorrection, TariffRelease
from tongguan.domain.reference.sealed import CALENDAR, RATE, TARIFF
from tongguan.facilities.accounts.rules.duties import require, require_person
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import changed


def decline_tariff(release: int, *, reason: str, by: Actor, now: datetime) -> None:
    """Let a tariff that waits never come in force; the same file may be loaded anew.

    One person is enough, who loaded it too: the law in force stays as it is.

    Raises:
        ProblemError: ACC-001, ACC-014 no person, ACC-016; REF-084 no reason; REF-081 nothing waits
            under this number.
    """
    words = _reason(reason, by)
    with transaction.atomic(durable=True):
        found = waiting(TariffRelease.objects.filter(pk=release)).select_for_update().first()
        if found is None:
            raise problems.NOTHING_WAITS.error(release=release)
        wrote = [changed(TARIFF, release, **_decline(found, words, by=by, now=now))]
        facts = {"release": release, "sha256": found.sha256, "valid_from": found.valid_from}
        record("TARIFF_DECLINED", None, by=by, at=now, wrote=wrote, reason=words, **facts)


def decline_calendar(release: int, *, reason: str, by: Actor, now: datetime) -> None:
    """Let holidays that wait never come in force; the same file may be loaded anew.

    Raises:
        ProblemError: ACC-001, ACC-014 no person, ACC-016; REF-084 no reason; REF-081 nothing waits
            under this number.
    """
    words = _reason(reason, by)
    with transaction.atomic(durable=True):
        found = waiting(CalendarRelease.objects.filter(pk=release)).select_for_update().first()
        if found is None:
            raise problems.NOTHING_WAITS.error(release=release)
        wrote = [changed(CALENDAR, release, **_decline(found, words, by=by, now=now))]
        facts = {"release": release, "sha256": found.sha256}
        record("CALENDAR_DECLINED", None, by=by, at=now, wrote=wrote, reason=words, **facts)


def decline_rate(correction: int, *, reason: str, by: Actor, now: datetime) -> None:
    """Let an exchange rate that was proposed never come in force.

    Raises:
        ProblemError: ACC-001, ACC-014 no person, ACC-016; REF-084 no reason; REF-025 nothing waits
            under this number.
    """
    words = _reason(reason, by)
    with transaction.atomic(durable=True):
        waits = RateCorrection.objects.filter(pk=correction, confirmed_at=None, declined_at=None)
        found = waits.select_for_update().first()
        if found is None:
            raise problems.NO_CORRECTION.error(correction=correction)
        wrote = [changed(RATE, correction, **_decline(found, words, by=by, now=now))]
        facts = {"correction": correction, "currency": found.currency, "month": found.month}
        record("RATE_DECLINED", None, by=by, at=now, wrote=wrote, reason=words, **facts)


def _reason(reason: str, by: Actor) -> str:
    """Return why, if whoever declines may."""
    require(by, Role.ADMINISTRATOR, Role.REVENUE)
    require_person(by)
    if not reason.strip():
        raise problems.DECLINED_WITHOUT_REASON.error()
    return reason.strip()


def _decline(
    found: TariffRelease | CalendarRelease | RateCorrection,
    words: str,
    *,
    by: Actor,
    now: datetime,
) -> dict[str, Any]:
    """Decline what waits; return the columns that were written."""
    written = {"declined_by": by.name, "declined_at": now, "decline_reason": words}
    for name, value in written.items():
        setattr(found, name, value)
    found.save(update_fields=list(written))
    return written
