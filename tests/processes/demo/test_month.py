"""The demonstration: a short month played into the database, and what a visitor finds there."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from msgspec.structs import replace
from pytest_django.plugin import DjangoDbBlocker

from tests.emptying.rows import count_anew, delete_all
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import holds_of, standing, waiting
from tongguan.domain.declarations.queries import page
from tongguan.domain.declarations.values import Mode
from tongguan.domain.permits.queries import all_certificates
from tongguan.domain.permits.values import CertificateKind
from tongguan.domain.revenue.notes import Note
from tongguan.domain.revenue.queries import assessment_of
from tongguan.domain.revenue.values import Assessment, Tax
from tongguan.domain.risk.active import active_set, forget
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.ledger.queries import verify
from tongguan.kernel.identifiers import DeclarationId
from tongguan.processes.demo.goods import VISIT
from tongguan.processes.demo.month import Stage, set_up, settle
from tongguan.processes.demo.people import PLAYERS, firm, gather, is_there
from tongguan.processes.demo.reliefs import CERTIFICATE_OF_ORIGIN, RECORD, RELIEF
from tongguan.processes.demo.robots import Robots
from tongguan.processes.jobs import follow
from tongguan.processes.lodgement.decide import local_day
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.record import NUMBERS
from tongguan.processes.lodgement.values import Incoming

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
DAYS = 3
DAYS_AFTER = 12
NEVER = {HoldKind.SUPPLEMENT}
"""Nothing opens these in the demonstration."""


@dataclass(frozen=True)
class Plays:
    """The same days played twice: what was there after each, and who played them last."""

    began_empty: bool
    first: dict[str, Any]
    again: dict[str, Any]
    stage: Stage


@pytest.fixture(scope="module")
def plays(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Plays]:
    """Play twice with one seed. Tests go on from the second, each within a transaction."""
    with django_db_blocker.unblock():
        began_empty = not is_there()
        first = everything(played(7).cast.actors["coordinator"])
        stage = played(7)
        yield Plays(began_empty, first, everything(stage.cast.actors["coordinator"]), stage)
        empty()


@pytest.fixture
def stage(plays: Plays) -> Iterator[Stage]:
    """Return the stage as it was set up: what a test does there is undone after it."""
    forget()
    yield plays.stage
    forget()


def empty() -> None:
    """Empty all tables, and let ids begin anew: a draw is made with the broker's."""
    with transaction.atomic(), connection.cursor() as cursor:
        delete_all(cursor)
        count_anew(cursor)


def played(seed: int) -> Stage:
    """Play some days into empty tables."""
    empty()
    NUMBERS.forget()
    forget()
    return set_up(
        seed=seed, password="demo-demo-demo", now=NOW, tell=lambda done, of: None, days=DAYS
    )


def everything(viewer: Actor) -> dict[str, Any]:
    """Return every declaration by reference: its way, its state, its holds with their moments."""
    rows = page(viewer=viewer, limit=2_000)
    states = standing([row.id for row in rows])
    return {
        row.reference: (
            row.mode,
            row.number,
            str(states[row.id].state),
            sorted(
                (str(hold.kind), hold.opened_at, str(hold.ended_at), sorted(hold.facts.items()))
                for hold in holds_of(row.id)
            ),
        )
        for row in rows
    }


def test_the_same_seed_plays_the_same_and_something_waits_of_every_kind(
    plays: Plays, stage: Stage
) -> None:
    once = plays.first
    everywhere = stage.cast.actors["coordinator"]
    open_kinds = Counter(hold.kind for hold in waiting(viewer=everywhere, limit=2_000))
    modes = {mode for mode, *_ in once.values()}
    broken = verify().broken
    left = follow(now=NOW)
    found = gather(NOW)

    assert plays.began_empty
    assert plays.again == once
    waits = [
        {kind for kind, _since, ended, _facts in holds if ended == "None"}
        for reference, (_mode, _number, _state, holds) in once.items()
        if reference.startswith("VISIT-")
    ]
    assert waits.count({"PAYMENT"}) == 1
    ended = {
        kind for *_, holds in once.values() for kind, _since, at, _facts in holds if at != "None"
    }
    assert ended >= {"ARRIVAL", "PAYMENT", "PERMIT", "REVIEW", "TRANSIT"}
    assert set(open_kinds) == set(HoldKind) - NEVER
    assert len(modes) == 5
    assert {state for _mode, _number, state, _holds in once.values()} >= {"ACCEPTED", "CLOSED"}
    assert found.actors == stage.cast.actors
    assert all(one.words and one.first for one in PLAYERS)
    assert not broken
    assert left == 0
    model = active_set(local_day(NOW)).model
    assert model is not None
    assert model.metrics["auc"] > 0.7


def test_a_visitor_finds_a_relief_with_its_certificate_and_one_without(stage: Stage) -> None:
    everywhere = stage.cast.actors["coordinator"]
    ids = {row.reference: row.id for row in page(viewer=everywhere, limit=2_000)}
    granted, claimed, preferred = (found(ids[f"{RELIEF}{place}"]) for place in (1, 2, 3))
    [relief] = all_certificates(CertificateKind.RELIEF)
    [origin] = all_certificates(CertificateKind.ORIGIN)
    assert (relief.number, origin.number) == (RECORD, CERTIFICATE_OF_ORIGIN)
    assert relief.drawn == granted.value
    assert levied(granted, Tax.DUTY) == 0
    assert granted.payable == levied(granted, Tax.VAT)
    assert levied(granted, Tax.VAT) > 0
    assert levied(claimed, Tax.DUTY) > 0
    assert claimed.unproven
    assert Note.NO_AGREEMENT_RATE.value in {note for one in preferred.charges for note in one.notes}
    assert "REVIEW" in {
        str(hold.kind) for hold in stage.robots.waiting() if hold.reference == f"{RELIEF}2"
    }


def found(id_: DeclarationId) -> Assessment:
    assessed = assessment_of(id_)
    assert assessed is not None
    return assessed


def levied(owed: Assessment, tax: Tax) -> Decimal:
    return sum((one.levied for one in owed.totals if one.tax == tax.value), Decimal(0))


def test_what_waits_goes_on_and_nobody_is_summoned_again_and_again(stage: Stage) -> None:
    moment = NOW
    for _ in range(3 * DAYS_AFTER):
        moment += timedelta(hours=8)
        stage.robots.step(moment)
        settle(moment)

    kept = (VISIT, RELIEF)
    waits = [hold for hold in stage.robots.waiting() if not hold.reference.startswith(kept)]
    declared = page(viewer=stage.cast.actors["coordinator"], limit=2_000)
    summoned = Counter(
        one.id for one in declared for hold in holds_of(one.id) if hold.kind is HoldKind.SUMMONS
    )
    assert len(waits) <= len(declared) // 20
    assert max(summoned.values()) <= 2


def test_robots_leave_alone_what_a_visitor_lodges_and_pass_over_what_they_cannot_do(
    stage: Stage,
) -> None:
    own = stage.maker.shipment(firm("haihe"), firm("tongda"), Mode.REGIONAL, NOW, visit="OWN-1")
    sent = Incoming(own.submission, None, bytes(32), "json")
    [answer] = lodge([sent], by=stage.cast.actors["broker"], now=NOW)
    id_ = DeclarationId(UUID(str(answer.declaration_id)))
    before = [(row.id, row.ended_at) for row in holds_of(id_)]

    moment = NOW
    for _ in range(6):
        moment += timedelta(hours=8)
        stage.robots.step(moment)
        settle(moment)

    assert len(before) > 1
    assert [(row.id, row.ended_at) for row in holds_of(id_)] == before
    mine = [hold.reference for hold in stage.robots.waiting() if hold.declaration_id == id_]
    assert mine == ["OWN-1"] * len(before)

    # Named as the robots name theirs, with a number by which they do not stop the goods before
    # they pay, and declared by somebody who is none of them.
    odd = stage.maker.shipment(firm("yanshan"), firm("tongda"), Mode.REGIONAL, moment).submission
    parties = replace(odd.parties, declarant=odd.parties.trader)
    odd = replace(odd, reference="DEMO000000000001-1", parties=parties)
    [answer] = lodge(
        [Incoming(odd, None, bytes(32), "json")], by=stage.cast.actors["trader"], now=moment
    )
    robots = Robots(stage.cast, 7, goes_on=True)

    moment += timedelta(days=3)
    with pytest.raises(StopIteration):
        stage.robots.step(moment)
    assert robots.step(moment) or robots.step(moment + timedelta(days=1))
    assert str(answer.declaration_id) in {str(one.declaration_id) for one in robots.waiting()}
