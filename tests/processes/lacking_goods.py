"""Acts on goods, money and examinations that the demonstration lacks."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from msgspec.structs import replace

from tests.domain.cargo.factories import BILLS, ELSEWHERE, SITE, carrier, manifest
from tests.domain.declarations.samples import BROKER, TRADER, sound, with_line
from tests.domain.revenue import cases
from tests.interfaces.scene import AGENT, LINES, enterprise
from tests.processes.test_coming import owed
from tongguan.domain.cargo import commands as cargo
from tongguan.domain.cargo import decisions, transports
from tongguan.domain.cargo.consignees import name_consignee
from tongguan.domain.cargo.values import ManifestBill, ManifestFunction, Outcome
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.values import NewHold
from tongguan.domain.declarations.queries import heads
from tongguan.domain.declarations.values import Regime, Submission
from tongguan.domain.inspection import attendance, signing
from tongguan.domain.inspection.queries import records_of
from tongguan.domain.inspection.values import BEFOREHAND
from tongguan.domain.parties import commands as parties
from tongguan.domain.parties.values import EnterpriseKind
from tongguan.domain.permits.certificates import register_certificate
from tongguan.domain.permits.values import CertificateKind, Freed, NewCertificate
from tongguan.domain.revenue import commands as revenue
from tongguan.domain.review.cases import decide_case
from tongguan.domain.review.values import Consequence
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import ProblemError
from tongguan.processes.demo.people import Cast
from tongguan.processes.jobs import follow
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.values import Incoming

OFFICER = Actor(
    "officer", "officer", 901, roles=frozenset({Role.INSPECTOR}), offices=frozenset({"0202"})
)


def asked(statement: str) -> Any:
    """Return the first column of the first row; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    return None if row is None else row[0]


def contest_divert_and_change(now: datetime) -> None:
    """Let two carriers claim bills, goods go elsewhere, and a manifest change."""
    first, second = (carrier(enterprise(one, EnterpriseKind.CARRIER)) for one in (LINES, AGENT))
    bills = [replace(BILLS[0], number=f"LACKING{n}") for n in range(4)]
    mine = {"number": "LACKING", "name": "LACKING", "voyage": "1"}
    cargo.receive_manifest(manifest(**mine, bills=tuple(bills)), by=first, now=now)
    for place in (0, 1):
        claim = {"number": f"CLAIM{place}", "name": f"CLAIM{place}", "voyage": "2"}
        sent = manifest(**claim, bills=(bills[place],))
        with pytest.raises(ProblemError, match="CAR-024"):
            cargo.receive_manifest(sent, by=second, now=now)
    dispute = asked("SELECT id FROM cargo_dispute ORDER BY number LIMIT 1")
    decisions.decide_dispute(
        dispute_id=dispute, outcome=Outcome.SECOND, reason="its vessel", by=OFFICER, now=now
    )
    for number in ("LACKING1", "LACKING2"):
        id_ = decisions.ask_diversion(
            number=number, site=ELSEWHERE, reason="storm", by=first, now=now
        )
    decisions.decide_diversion(diversion_id=id_, approved=True, words="yes", by=OFFICER, now=now)
    name_consignee(number="LACKING3", consignee="TO ORDER", reason="sold", by=first, now=now)
    decisions.hand_over(number="LACKING2", carrier=str(AGENT.scc), by=first, now=now)
    other = replace(bills[3], gross=Decimal(9), units=bills[3].units[:1])
    for function in (ManifestFunction.REPLACE, ManifestFunction.DELETE):
        change = manifest(**mine, function=function, bills=(other,))
        cargo.receive_manifest(change, by=first, now=now)


def pay_too_much(now: datetime) -> None:
    """Let a late fee be paid that a corrected day of the transport does away with."""
    trader, broker = (
        enterprise(TRADER, EnterpriseKind.TRADER),
        enterprise(BROKER, EnterpriseKind.BROKER),
    )
    parties.grant_mandate(
        principal_id=trader,
        broker_id=broker,
        valid_from=now.date() - timedelta(days=30),
        valid_until=now.date() + timedelta(days=300),
        by=SYSTEM,
        now=now,
    )
    cases.register_bank()
    early, late = now - timedelta(days=20), now - timedelta(days=2)
    bill = ManifestBill("LATE", 42, Decimal(3050), "示例", SITE)
    cargo.receive_manifest(manifest(number="LATE", bills=(bill,)), by=SYSTEM, now=early)
    transports.declare_transport(manifest="LATE", at=early, by=SYSTEM, now=early)
    id_ = _lodged(sound(reference="LATE", bill="LATE", containers=(), entry_date=None), now)
    due = revenue.amount_due(id_, at=now).amount
    one = cases.Owed(id_, heads([id_])[id_].number, owed(id_).hold_id, due, 0)  # type: ignore[arg-type]
    cases.pay(one, cases.receipt(one, reference="TX-LATE", paid_at=now), now=now)
    transports.correct_transport(manifest="LATE", at=late, reason="x", by=SYSTEM, now=now)
    follow(now=now)
    _use_a_certificate(trader, now)


def _use_a_certificate(holder: int, now: datetime) -> None:
    relief = NewCertificate(
        kind=CertificateKind.RELIEF,
        number="Z02020000001",
        holder_id=holder,
        basis="401",
        commodities=("4016",),
        granted=Decimal(1000),
        unit="035",
        valid_from=now.date() - timedelta(days=9),
        valid_until=now.date() + timedelta(days=90),
        issuer="Tianjin Customs",
        levy_modes=("2", "3"),
        frees=(Freed.DUTY, Freed.VAT),
    )
    register_certificate(certificate=relief, by=SYSTEM, now=now)
    sent = sound(reference="RELIEF", bill="RELIEF", containers=(), entry_date=None)
    regime = Regime("0110", "401", "Z02020000001")
    _lodged(replace(with_line(sent, 2, levy_mode="3"), regime=regime), now)


def _lodged(sent: Submission, now: datetime) -> DeclarationId:
    [answer] = lodge([Incoming(sent, None, bytes(32), "json")], by=SYSTEM, now=now)
    assert answer.declaration_id is not None, answer.faults
    follow(now=now)
    return DeclarationId(UUID(str(answer.declaration_id)))


def supplement_and_stay_away(cast: Cast, now: datetime) -> None:
    """Add to an examination record, and say that nobody comes to another examination."""
    id_ = DeclarationId(asked("SELECT declaration_id FROM inspection_inspectionrecord LIMIT 1"))
    [kept, *_] = records_of(id_)
    by = cast.actors[kept.signed.officers[0]]
    signing.supplement(declaration_id=id_, hold_id=kept.hold_id, words="more", by=by, now=now)
    hold = _hold(HoldKind.INSPECTION, Why.SELECTED_GOODS, now)
    attendance.declare_absence(
        declaration_id=hold.declaration_id,
        hold_id=hold.id,
        ground=str(BEFOREHAND[0]),
        words="nobody",
        by=cast.declarant(hold.declaration_id),
        now=now,
    )


def decide_a_case(by: Actor, now: datetime) -> None:
    """Open a case, and let an officer decide it."""
    hold = _hold(HoldKind.CASE, Why.FINDING, now, finding="?")
    decide_case(
        declaration_id=hold.declaration_id,
        hold_id=HoldId(hold.id),
        consequence=str(Consequence.PENALTY),
        words="x",
        by=by,
        now=now,
    )


def _hold(kind: HoldKind, why: Why, now: datetime, **facts: str) -> NewHold:
    """Put something in the way of a declaration that is not released yet."""
    declared = "SELECT declaration_id FROM clearance_clearance WHERE state = 'ACCEPTED' LIMIT 1"
    hold = NewHold(DeclarationId(asked(declared)), kind, "0202", why, facts, now)
    with transaction.atomic():
        clearance.open_hold(clearance.lock(hold.declaration_id), hold, by=SYSTEM, now=now)
    return hold
