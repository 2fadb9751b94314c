"""Acts that the demonstration lacks, so that every sealed table has rows."""

from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

from allauth.mfa.models import Authenticator
from django.db import transaction

from tests.domain.declarations.samples import sound
from tests.domain.reference.test_load_calendar import notice
from tests.domain.reference.test_tariff_file import ROW, sheet
from tests.processes.lacking_goods import (
    asked,
    contest_divert_and_change,
    decide_a_case,
    pay_too_much,
    supplement_and_stay_away,
)
from tongguan.domain.reference import commands as reference
from tongguan.domain.reference.commands import approve_tariff, load_tariff
from tongguan.domain.reference.declining import decline_tariff
from tongguan.domain.reference.holidays import load_calendar
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.revenue import commands as revenue
from tongguan.domain.revenue import registers
from tongguan.domain.review import revocations
from tongguan.domain.review.values import Ground
from tongguan.facilities.accounts.commands import register_client
from tongguan.facilities.accounts.factors import lock_factors, note_changes
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.processes.demo.people import Cast
from tongguan.processes.jobs import follow
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.values import Incoming

FIRST, SECOND = (
    Actor(name, name, place, roles=frozenset({Role.REVENUE})) for place, name in enumerate("ab", 1)
)


def act_as_the_demonstration_does_not(cast: Cast, *, now: datetime) -> None:
    """Write rows into the sealed tables that the demonstration leaves empty."""
    _secure(now)
    _revoke(cast.actors["reviewer"], now)
    _load(now)
    _correct_a_rate(now)
    register_client(name="software", label="Software", postings=[], by=SYSTEM, now=now)
    _be_rejected(now)
    _add_a_factor(cast.actors["reviewer"], now)
    decide_a_case(cast.actors["reviewer2"], now)
    supplement_and_stay_away(cast, now)
    contest_divert_and_change(now)
    pay_too_much(now)


def _secure(now: datetime) -> None:
    for serial in range(2):
        id_ = asked(
            "SELECT declaration_id FROM revenue_assessment JOIN clearance_hold AS hold"
            " USING (declaration_id) WHERE hold.kind = 'PAYMENT' AND hold.ended_at IS NULL"
            " AND secured_by = '' AND late_fee = 0 ORDER BY declaration_id LIMIT 1"
        )
        if id_ is None:
            break
        holder = asked(f"SELECT trader_id FROM declarations_declaration WHERE id = '{id_}'")
        registers.register_guarantee(
            number=f"G-{serial}",
            enterprise_id=holder,
            limit_cny=Decimal("9000000.00"),
            valid_from=date(2026, 1, 1),
            valid_until=date(2027, 1, 1),
            by=SYSTEM,
            now=now,
        )
        revenue.secure(declaration_id=id_, guarantee_number=f"G-{serial}", by=SYSTEM, now=now)


def _revoke(reviewer: Actor, now: datetime) -> None:
    """Revoke what was paid, so that money is given back, and what was not checked as selected."""
    free = (
        "AND NOT EXISTS (SELECT FROM clearance_hold AS hold WHERE hold.ended_at IS NULL AND"
        " hold.declaration_id = clearance_clearance.declaration_id"
        " AND hold.kind IN ('INSPECTION', 'CASE', 'INSTRUCTION')) LIMIT 1"
    )
    paid = asked(
        "SELECT declaration_id FROM revenue_assessment JOIN clearance_clearance"
        f" USING (declaration_id) WHERE state = 'ACCEPTED' AND paid_at IS NOT NULL {free}"
    )
    selected = asked(
        "SELECT declaration_id FROM risk_selected JOIN clearance_clearance"
        " USING (declaration_id) WHERE state = 'ACCEPTED' AND documents AND EXISTS (SELECT FROM"
        " clearance_hold AS hold WHERE hold.ended_at IS NULL AND hold.kind = 'REVIEW' AND"
        f" hold.declaration_id = clearance_clearance.declaration_id) {free}"
    )
    ground = str(next(iter(Ground)))
    for id_ in filter(None, {paid, selected}):
        revocations.cancel(declaration_id=id_, ground=ground, words="x", by=reviewer, now=now)
    while follow(now=now):
        pass


def _load(now: datetime) -> None:
    begins, later = date(2027, 1, 1), date(2027, 2, 1)
    tariff = load_tariff(sheet(ROW), name="x", source="x", valid_from=begins, by=FIRST, now=now)
    approve_tariff(tariff.release, by=SECOND, now=now)
    days = notice(snapshot().calendar.ends.year + 1)
    load_calendar(days, name="holidays.csv", by=FIRST, now=now)
    again = load_tariff(sheet(ROW), name="x", source="x", valid_from=later, by=FIRST, now=now)
    decline_tariff(again.release, reason="too early", by=FIRST, now=now)


def _correct_a_rate(now: datetime) -> None:
    month = date(2026, 11, 1)
    rate = reference.propose_rate(
        currency="USD", month=month, rate="7.1", reason="r", source="s", by=FIRST, now=now
    )
    reference.confirm_rate(rate, by=SECOND, now=now)


def _be_rejected(now: datetime) -> None:
    """Lodge for enterprises that nobody knows."""
    sent = Incoming(sound(reference="NOBODY"), None, sha256().digest(), "json")
    for answer in lodge([sent], by=SYSTEM, now=now):
        assert answer.declaration_id is None


def _add_a_factor(officer: Actor, now: datetime) -> None:
    person = officer.person_id
    assert person is not None
    with transaction.atomic():
        before = lock_factors(person)
        Authenticator.objects.create(user_id=person, type="totp", data={"secret": "invented"})
        note_changes(person, before, now=now)
