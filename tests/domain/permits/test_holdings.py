"""What holders see of their certificates and licences, and what brokers see of principals'."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.counting import asking
from tests.domain.permits.cases import asking as asking_agency
from tests.domain.permits.cases import begin
from tests.domain.permits.test_certificates import USED, claiming, grant, id_of, sent
from tests.interfaces.scene import Scene, play
from tongguan.domain.parties.commands import grant_mandate
from tongguan.domain.permits.certificates import register_certificate
from tongguan.domain.permits.holdings import drawings, held, holding
from tongguan.domain.permits.values import CertificateKind, Holding, HoldingKind, NewCertificate
from tongguan.domain.review.revocations import refuse
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.time import utc_now
from tongguan.processes.jobs import follow

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 7
THOUSAND = Decimal(1000)
NOTHING = Decimal(0)


@pytest.fixture
def scene() -> Scene:
    return play()


def seen(scene: Scene, who: str, kind: HoldingKind = HoldingKind.RELIEF) -> tuple[Holding, ...]:
    return held(kind, viewer=scene.actor(who))


def mandate(scene: Scene, **bounds: Any) -> None:
    """Let the trader give the rival's broker a mandate with these bounds."""
    today = utc_now().date()
    span = {
        "valid_from": today - timedelta(days=1),
        "valid_until": today + timedelta(days=9),
        **bounds,
    }
    grant_mandate(
        principal_id=scene.firms["trader"],
        broker_id=scene.firms["agent"],
        by=SYSTEM,
        now=utc_now(),
        **span,
    )


def test_a_holder_sees_what_is_granted_drawn_and_left_and_what_drew_on_it(scene: Scene) -> None:
    grant(scene)
    [answer] = sent(claiming())

    [one] = seen(scene, "trader")
    [drawn] = drawings(one, viewer=scene.actor("trader"))

    assert (one.basis, one.granted, one.drawn, one.left) == ("401", THOUSAND, USED, 1000 - USED)
    assert (drawn.declaration_id, drawn.number) == (answer.declaration_id, answer.number)
    assert (drawn.drawn, drawn.given_back) == (USED, NOTHING)


def test_what_is_given_back_stays_in_the_list_and_says_so(scene: Scene) -> None:
    grant(scene)
    [answer] = sent(claiming())
    reviewer = scene.actor("reviewer")
    refuse(declaration_id=id_of(answer), words="prohibited", by=reviewer, now=utc_now())
    follow(now=utc_now())

    [one] = seen(scene, "trader")
    [drawn] = drawings(one, viewer=scene.actor("trader"))

    assert (one.drawn, one.left) == (NOTHING, THOUSAND)
    assert (drawn.drawn, drawn.given_back) == (NOTHING, USED)


@pytest.mark.parametrize("who", ["rival", "agent", "lines", "reviewer"])
def test_nobody_else_sees_that_there_is_one(scene: Scene, who: str) -> None:
    grant(scene)
    sent(claiming())

    [one] = seen(scene, "trader")

    assert seen(scene, who) == ()
    assert holding(HoldingKind.RELIEF, one.id, viewer=scene.actor(who)) is None
    assert drawings(one, viewer=scene.actor(who)) == ()


def test_a_broker_sees_what_his_declarations_drew_on_without_its_balance(scene: Scene) -> None:
    grant(scene)
    before = seen(scene, "broker")
    sent(claiming())

    [one] = seen(scene, "broker")

    assert before == ()
    assert (one.number, one.granted, one.drawn, one.left) == ("Z02020000001", None, None, None)
    assert [row.drawn for row in drawings(one, viewer=scene.actor("broker"))] == [USED]


@pytest.mark.parametrize(
    ("bounds", "shown"),
    [
        ({}, False),
        ({"sees_others": True}, True),
        ({"sees_others": True, "flow": "import"}, True),
        ({"sees_others": True, "flow": "export"}, False),
        ({"sees_others": True, "chapters": ["40", "84"]}, True),
        ({"sees_others": True, "chapters": ["84"]}, False),
        ({"sees_others": True, "valid_from": utc_now().date() + timedelta(days=2)}, False),
    ],
)
def test_a_mandate_that_shows_others_declarations_shows_certificates_within_its_bounds(
    scene: Scene, bounds: dict[str, Any], shown: bool
) -> None:
    grant(scene)
    mandate(scene, **bounds)

    found = seen(scene, "agent")

    assert [one.left for one in found] == ([Decimal(1000)] if shown else [])


def test_a_licence_is_listed_with_what_confirmed_declarations_drew() -> None:
    stage = begin()
    stage.grant("100")
    id_, hold = asking_agency()
    assert hold is not None
    waiting = drawn_on(stage.scene)
    stage.confirm(hold)

    [one] = seen(stage.scene, "trader", HoldingKind.LICENCE)

    assert waiting == []
    assert (one.basis, one.number, one.issuer, one.left) == ("1", "L-1", "MOFCOM", 100 - USED)
    assert drawn_on(stage.scene) == [(id_, USED)]
    assert seen(stage.scene, "rival", HoldingKind.LICENCE) == ()


def drawn_on(scene: Scene) -> list[tuple[DeclarationId, Decimal]]:
    viewer = scene.actor("trader")
    [one] = held(HoldingKind.LICENCE, viewer=viewer)
    return [(row.declaration_id, row.drawn) for row in drawings(one, viewer=viewer)]


def test_a_list_is_paged_by_last_day_and_costs_one_statement(scene: Scene) -> None:
    today = utc_now().date()
    for place in range(MANY):
        number = f"CO-{place}"
        register_certificate(certificate=origin(scene, number, today), by=SYSTEM, now=utc_now())
    trader = scene.actor("trader")

    with asking(1):
        first = held(HoldingKind.ORIGIN, viewer=trader, limit=4)
    last = first[-1]
    second = held(HoldingKind.ORIGIN, viewer=trader, after=(last.valid_until, last.id), limit=4)

    assert [one.number for one in first + second] == [f"CO-{place}" for place in range(MANY)]


def origin(scene: Scene, number: str, today: Any) -> NewCertificate:
    return NewCertificate(
        kind=CertificateKind.ORIGIN,
        number=number,
        holder_id=scene.firms["trader"],
        basis="19",
        origin="KOR",
        commodities=("40",),
        granted=Decimal(5),
        unit="035",
        valid_from=today,
        valid_until=today + timedelta(days=30),
        issuer="KCCI",
    )
