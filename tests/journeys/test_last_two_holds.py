"""Two officers end the last two holds at the same moment: the goods are released exactly once.

TONGGUAN_TRIES=1000 tries it a thousand times.
"""

import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from msgspec.structs import replace

from tests.domain.declarations.samples import BROKER, TRADER, sound
from tests.facilities.accounts.factories import inspectors
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import HoldKind, State, Why
from tongguan.domain.clearance.queries import holds_of, standing
from tongguan.domain.clearance.values import NewHold
from tongguan.domain.declarations.queries import heads
from tongguan.domain.inspection import attendance, signing
from tongguan.domain.inspection import commands as inspection
from tongguan.domain.inspection.officers import draw, mark_present
from tongguan.domain.inspection.values import Seen
from tongguan.domain.parties import commands as parties
from tongguan.domain.parties.values import CreditClass, EnterpriseKind
from tongguan.domain.release.queries import orders_of
from tongguan.domain.review import commands as review
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.ledger.queries import entries, verify
from tongguan.kernel.identifiers import DeclarationId
from tongguan.processes.jobs import follow
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.record import NUMBERS
from tongguan.processes.lodgement.values import Incoming

TRIES = int(os.environ.get("TONGGUAN_TRIES", "25"))
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


def admit() -> None:
    """Register trader and broker of the samples, a mandate between them, and two inspectors."""
    ids = [
        parties.register(
            scc=str(party.scc),
            customs_code=str(party.code),
            name_zh=str(party.name),
            name_en="",
            kind=kind,
            home_office="0117",
            credit=CreditClass.GENERAL,
            by=SYSTEM,
            now=NOW,
            since=datetime(2020, 1, 1, tzinfo=UTC).date(),
        )
        for party, kind in ((TRADER, EnterpriseKind.TRADER), (BROKER, EnterpriseKind.BROKER))
    ]
    parties.grant_mandate(
        principal_id=ids[0],
        broker_id=ids[1],
        valid_from=NOW.date(),
        valid_until=datetime(2027, 1, 1, tzinfo=UTC).date(),
        by=SYSTEM,
        now=NOW,
    )
    inspectors("an", "bo")


def lodged(place: int) -> DeclarationId:
    """Lodge one declaration and leave it with just two holds."""
    one = replace(sound(), reference=f"R{place}", bill=f"B{place}", containers=())
    [answer] = lodge([Incoming(one, None, bytes(32), "json")], by=SYSTEM, now=NOW)
    id_ = DeclarationId(UUID(str(answer.declaration_id)))
    with transaction.atomic():
        locked = clearance.lock(id_)
        mine = [
            NewHold(id_, HoldKind.REVIEW, "0202", Why.SELECTED, {}, NOW),
            NewHold(id_, HoldKind.INSPECTION, "0202", Why.SELECTED_GOODS, {}, NOW),
        ]
        for hold in mine:
            clearance.open_hold(locked, hold, by=SYSTEM, now=NOW)
        kept = {hold.id for hold in mine}
        others = [row for row in holds_of(id_) if row.ended_at is None and row.id not in kept]
        for row in others:
            clearance.discharge(locked, row.id, by=SYSTEM, now=NOW)
    return id_


def acts(id_: DeclarationId) -> tuple[Callable[[], object], Callable[[], object]]:
    """Return what two officers do: one closes the review, the other signs the record last."""
    held = {row.kind: row.id for row in holds_of(id_) if row.ended_at is None}
    offices = frozenset({"0202"})
    inspectors = frozenset({Role.INSPECTOR})
    an, bo = (
        Actor(name, name, number, inspectors, offices=offices)
        for number, name in enumerate(("an", "bo"), start=1)
    )
    reviewer = Actor("r", "r", 3, frozenset({Role.REVIEWER}), offices=offices)
    own = frozenset({heads([id_])[id_].trader_id})
    party = Actor("party", "party", 4, frozenset({Role.TRADER}), own, own_ids=own)
    goods: dict[str, Any] = {
        "declaration_id": id_,
        "hold_id": held[HoldKind.INSPECTION],
        "now": NOW,
    }
    papers: dict[str, Any] = {**goods, "hold_id": held[HoldKind.REVIEW], "by": reviewer}
    for one in (an, bo):
        mark_present(officer=one.name, office="0202", present=True, by=one, now=NOW)
    draw(by=an, **goods)
    attendance.note_attending(name="Li Si", by=an, **goods)
    inspection.start(seals_before="", by=an, **goods)
    sealed = signing.prepare(seen=Seen(result="as declared"), by=an, **goods)
    signing.sign(sha256=sealed, by=party, **goods)
    signing.sign(sha256=sealed, by=bo, **goods)
    return (
        partial(review.close_review, finding="", words="", **papers),
        partial(signing.sign, sha256=sealed, by=an, **goods),
    )


def do(act: Callable[[], object], start: threading.Barrier, failed: list[Any]) -> None:
    """Do an act from a connection of its own, when the other is ready too."""
    try:
        connection.ensure_connection()
        start.wait()
        act()
    except Exception as error:  # noqa: BLE001 - told by the test
        failed.append(error)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_the_last_two_holds_ended_at_once_release_exactly_once() -> None:
    NUMBERS.forget()
    admit()
    for place in range(TRIES):
        id_ = lodged(place)
        start = threading.Barrier(2)
        failed: list[Any] = []

        both = [threading.Thread(target=do, args=(act, start, failed)) for act in acts(id_)]
        for one in both:
            one.start()
        for one in both:
            one.join()
        follow(now=NOW)

        assert not failed
        assert standing([id_])[id_].state is State.RELEASED
        assert [row.kind for row in entries(id_)].count("RELEASED") == 1
        assert len(orders_of(id_)) == 1
        assert not verify(id_).broken
