"""How each act that needs two persons is done: its first part, and then its second."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.utils.timezone import localdate
from msgspec import structs

from tests.domain.cargo.factories import ELSEWHERE, SITE, BillFactory, carrier, manifest
from tests.domain.holding import CHIEF, INSPECTOR, NOW, REVIEWER, held, hold_of, officer, trader
from tests.domain.inspection import examining
from tests.domain.parties.factories import EnterpriseFactory
from tests.domain.reference.test_tariff_file import ROW, sheet
from tests.domain.risk.examples import CHU, profile, when
from tests.domain.risk.learning.invented import trained
from tests.facilities.accounts.factories import PersonFactory
from tongguan.domain.cargo import commands as cargo
from tongguan.domain.cargo import decisions
from tongguan.domain.cargo.claims import disputes
from tongguan.domain.cargo.values import Outcome
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.coordination import commands as coordination
from tongguan.domain.inspection import officers
from tongguan.domain.parties.values import EnterpriseKind
from tongguan.domain.reference.commands import (
    approve_tariff,
    confirm_rate,
    load_tariff,
    propose_rate,
)
from tongguan.domain.reference.holidays import approve_calendar, load_calendar
from tongguan.domain.release import commands as release
from tongguan.domain.release.queries import orders_of
from tongguan.domain.review import cases, revocations
from tongguan.domain.review import commands as review
from tongguan.domain.risk import approvals
from tongguan.domain.risk.criteria import Kind, ModelCard
from tongguan.facilities.accounts.models import Person
from tongguan.facilities.accounts.two_persons import TwoPersonAct
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError

Second = Callable[[Actor], object]
Scenario = tuple[Actor, Callable[[Actor], Second]]
"""Who may do both parts but for the rule, and the first part, which returns the second."""
COORDINATOR: Final = officer("coordinator", Role.COORDINATOR)
REVENUE: Final = officer("revenue", Role.REVENUE)


def criterion(act: Callable[..., object], **words: str) -> Callable[[Actor], Second]:
    """Propose a profile; return the approval, or the refusal."""

    def first(by: Actor) -> Second:
        wine = profile(when("line.commodity", "prefix", "2204"), name="Wine")
        [made] = approvals.propose(criteria=[structs.replace(wine, id=0)], by=by, now=NOW)
        which: dict[str, Any] = {"id": made.id, **words} if words else {"ids": [made.id]}
        return lambda other: act(kind=Kind.PROFILE, by=other, now=NOW, **which)

    return first


def model(by: Actor) -> Second:
    card = ModelCard(name="first", sha256="", data_sha256="d", learned_until=date(2026, 11, 1))
    made = approvals.keep_model(content=trained().dump(), card=card, by=by, now=NOW)
    return lambda other: approvals.approve(kind=Kind.MODEL, ids=[made.id], by=other, now=NOW)


def suspension(by: Actor) -> Second:
    third = replace(by, name="third", person_id=3)
    criterion(approvals.approve)(third)(replace(by, name="fourth", person_id=4))
    approvals.suspend(kind=Kind.PROFILE, id=1, why="too wide", by=by, now=NOW)
    return lambda other: approvals.resume(kind=Kind.PROFILE, id=1, by=other, now=NOW)


def rate(by: Actor) -> Second:
    number = propose_rate(
        currency="USD",
        month=date(2026, 11, 1),
        rate="7.25",
        reason="misread",
        source="PBoC",
        by=by,
        now=NOW,
    )
    return lambda other: confirm_rate(number, by=other, now=NOW)


def tariff(by: Actor) -> Second:
    loaded = load_tariff(
        sheet(ROW), name="x", source="x", valid_from=localdate(NOW), by=by, now=NOW
    )
    return lambda other: approve_tariff(loaded.release, by=other, now=NOW)


def past_holidays(by: Actor) -> Second:
    row = b"day,kind,source\n2026-10-13,holiday,a notice\n"
    loaded = load_calendar(row, name="x", backdated="announced late", by=by, now=NOW)
    return lambda other: approve_calendar(loaded.release, by=other, now=NOW)


def instruction(by: Actor) -> Second:
    id_ = held(trader(), HoldKind.REVIEW)
    coordination.stop(declaration_id=id_, reason="toys", by=COORDINATOR, now=NOW)
    coordination.lift(declaration_id=id_, words="tested", by=by, now=NOW)
    return lambda other: coordination.lift(declaration_id=id_, words="x", by=other, now=NOW)


def recall(by: Actor) -> Second:
    id_ = held(trader())
    release.make_orders([id_], by=SYSTEM, now=NOW)
    [order] = orders_of(id_)
    release.ask_recall(order_id=order.id, reason="wrong", by=by, now=NOW)
    return lambda other: release.confirm_recall(order_id=order.id, by=other, now=NOW)


def recalled(by: Actor) -> Second:
    id_ = held(trader())
    release.make_orders([id_], by=SYSTEM, now=NOW)
    [order] = orders_of(id_)
    release.ask_recall(order_id=order.id, reason="wrong", by=by, now=NOW)
    release.confirm_recall(order_id=order.id, by=replace(by, name="confirms"), now=NOW)
    return lambda other: release.send_again(order_id=order.id, reason="right", by=other, now=NOW)


def drawing(by: Actor) -> Second:
    examining.admit()
    one = examining.examination()
    one.mark("an")
    one.mark("bo", by=by)
    return lambda other: officers.draw(**one.act(other))


def substitution(by: Actor) -> Second:
    examining.admit()
    one = examining.examination()
    one.draw()
    one.mark("cai")
    one.mark("bo", present=False, by=by)
    asker = examining.PEOPLE["an"]
    officers.ask_replacement(absent=["bo"], ground="ILL", why="has a fever", **one.act(asker))
    return one.confirm


def replacement(by: Actor) -> Second:
    examining.admit()
    one = examining.examination()
    one.draw()
    one.mark("cai")
    one.mark("bo", present=False)
    officers.ask_replacement(absent=["bo"], ground="ILL", why="has a fever", **one.act(by))
    return one.confirm


def signature(by: Actor) -> Second:
    examining.admit()
    one = examining.examination()
    one.begin()
    one.prepare()
    one.sign(by)
    return one.sign


def doubted(by: Actor) -> DeclarationId:
    id_ = held(trader(), HoldKind.REVIEW)
    review.close_review(
        declaration_id=id_,
        hold_id=hold_of(id_, HoldKind.REVIEW),
        finding="PRICE",
        words="below like goods",
        by=by,
        now=NOW,
    )
    return id_


def decided(id_: DeclarationId, by: Actor, consequence: str) -> object:
    hold_id = hold_of(id_, HoldKind.CASE)
    return cases.decide_case(
        declaration_id=id_, hold_id=hold_id, consequence=consequence, words="so", by=by, now=NOW
    )


def finding(by: Actor) -> Second:
    id_ = doubted(by)
    return lambda other: decided(id_, other, "NONE")


def decision(by: Actor) -> Second:
    id_ = doubted(replace(by, name="finder"))
    decided(id_, by, "AMENDMENT")
    return lambda other: decided(id_, other, "NONE")


def refusal(by: Actor) -> Second:
    id_ = doubted(by)
    return lambda other: revocations.refuse(declaration_id=id_, words="no", by=other, now=NOW)


def claim(by: Actor) -> Second:
    lines = [EnterpriseFactory.create(kind=str(EnterpriseKind.CARRIER)).pk for _ in range(2)]
    cargo.receive_manifest(manifest(), by=carrier(lines[0]), now=NOW)
    second = replace(by, own_ids=frozenset({lines[1]}), roles=frozenset({Role.CARRIER}))
    try:
        cargo.receive_manifest(manifest(), by=second, now=NOW)
    except ProblemError:
        [row] = disputes(viewer=INSPECTOR)
    first, why = Outcome.FIRST, "no proof"
    return lambda other: decisions.decide_dispute(
        dispute_id=row.id, outcome=first, reason=why, by=other, now=NOW
    )


def diversion(by: Actor) -> Second:
    line = EnterpriseFactory.create(kind=str(EnterpriseKind.CARRIER)).pk
    BillFactory.create(number="B1", manifest__carrier_id=line, site=SITE)
    own = replace(by, own_ids=frozenset({line}), roles=frozenset({Role.CARRIER}))
    asked = decisions.ask_diversion(number="B1", site=ELSEWHERE, reason="full", by=own, now=NOW)
    return lambda other: decisions.decide_diversion(
        diversion_id=asked, approved=True, words="well", by=other, now=NOW
    )


SCENARIOS: Final[dict[TwoPersonAct, Scenario]] = {
    TwoPersonAct.APPROVE_CRITERION: (CHU, criterion(approvals.approve)),
    TwoPersonAct.REFUSE_CRITERION: (CHU, criterion(approvals.refuse, why="no")),
    TwoPersonAct.APPROVE_MODEL: (CHU, model),
    TwoPersonAct.RESUME_CRITERION: (CHU, suspension),
    TwoPersonAct.CORRECT_RATE: (REVENUE, rate),
    TwoPersonAct.LOAD_TARIFF: (REVENUE, tariff),
    TwoPersonAct.LOAD_PAST_HOLIDAYS: (REVENUE, past_holidays),
    TwoPersonAct.LIFT_INSTRUCTION: (COORDINATOR, instruction),
    TwoPersonAct.RECALL_ORDER: (REVIEWER, recall),
    TwoPersonAct.SEND_ORDER_AGAIN: (REVIEWER, recalled),
    TwoPersonAct.DRAW_OFFICERS: (CHIEF, drawing),
    TwoPersonAct.DRAW_SUBSTITUTES: (CHIEF, substitution),
    TwoPersonAct.REPLACE_OFFICERS: (CHIEF, replacement),
    TwoPersonAct.SIGN_RECORD: (examining.PEOPLE["an"], signature),
    TwoPersonAct.DECIDE_CASE: (REVIEWER, finding),
    TwoPersonAct.CHANGE_DECISION: (REVIEWER, decision),
    TwoPersonAct.REFUSE_RELEASE: (REVIEWER, refusal),
    TwoPersonAct.DECIDE_DISPUTE: (INSPECTOR, claim),
    TwoPersonAct.DECIDE_DIVERSION: (INSPECTOR, diversion),
}


def other(act: TwoPersonAct, by: Actor) -> Actor:
    """Return another person with the same duties; for a record, the other one drawn."""
    if act is TwoPersonAct.SIGN_RECORD:
        return examining.PEOPLE["bo"]
    return replace(by, name="other", label="other", person_id=by.person_id)


def dismiss(by: Actor) -> None:
    """Leave somebody's account withdrawn, as dismissing the person does."""
    if not Person.objects.filter(username=by.name).update(is_active=False):
        PersonFactory.create(username=by.name, is_active=False)
