"""Whose it is: an act of an enterprise is refused to all others, as if the thing were not there."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest
from django.utils.timezone import localdate
from msgspec.structs import replace

from tests.domain.cargo.factories import BillFactory
from tests.domain.declarations.samples import TRADER, sound
from tests.interfaces.scene import Scene, declared, lodged, open_kinds, play
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import count_waiting
from tongguan.domain.declarations.models import Declaration
from tongguan.domain.declarations.queries import get, heads, page
from tongguan.domain.declarations.values import Inland, Offices, Transport
from tongguan.domain.parties import commands as parties
from tongguan.domain.parties.queries import mandates_of
from tongguan.domain.revenue import commands as revenue
from tongguan.domain.revenue import registers
from tongguan.domain.revenue.queries import charges_of, guarantees_for, owed_in_all
from tongguan.domain.revenue.values import BankReceipt
from tongguan.domain.review import commands as review
from tongguan.domain.transit import commands as transit
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.ledger.installation_keys import signing_key
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.money import Money
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now
from tongguan.processes import sandbox

pytestmark = pytest.mark.django_db(transaction=True)
STRANGERS = ("rival", "agent")
TODAY: Final = localdate()
ROAD = Transport(mode="2", name="EXAMPLE STAR", voyage="020W", inland=Inland(mode="4", name="津D1"))
INLAND = Offices(declaration="0115", goods="0202", payment="0115", inspection="0115")


@pytest.fixture
def scene() -> Scene:
    return play()


def refused(act: Callable[[], object]) -> list[str]:
    """Return the codes with which an act is refused."""
    with pytest.raises(ProblemError) as refusal:
        act()
    return [fault.problem.code for fault in refusal.value.faults]


def asked(id_: DeclarationId, scene: Scene) -> HoldId:
    return review.ask(
        declaration_id=id_,
        question="Which contract?",
        ground="price",
        by=scene.actor("reviewer"),
        now=utc_now(),
    )


def answer(id_: DeclarationId, hold: HoldId, by: Actor) -> None:
    review.answer_query(declaration_id=id_, hold_id=hold, text="No. 7", by=by, now=utc_now())


def pay(id_: DeclarationId, by: Actor) -> None:
    sandbox.pay(declaration_id=id_, by=by, now=utc_now())


def secure(id_: DeclarationId, by: Actor) -> None:
    revenue.secure(declaration_id=id_, guarantee_number="G-1", by=by, now=utc_now())


def depart(id_: DeclarationId, by: Actor, vehicle: str = "津D1") -> None:
    transit.depart(
        declaration_id=id_, carrier="", vehicle=vehicle, seals="S1", by=by, now=utc_now()
    )


def arrive(id_: DeclarationId, by: Actor) -> None:
    later = utc_now() + timedelta(hours=5)
    transit.arrive(declaration_id=id_, intact=True, seals="S1", site="0115-01", by=by, now=later)


def under_way(scene: Scene) -> DeclarationId:
    """Return a declaration whose goods lie at Xingang and are to go inland under seal."""
    id_ = lodged(declared(offices=INLAND, transport=ROAD))
    here = {"arrived_at": utc_now(), "arrived_site": "0202-01"}
    lines = scene.firms["lines"]
    BillFactory.create(number=heads([id_])[id_].bill, manifest__carrier_id=lines, **here)
    return id_


@pytest.mark.parametrize("stranger", STRANGERS)
def test_nobody_answers_what_another_was_asked(scene: Scene, stranger: str) -> None:
    id_ = lodged(declared())
    hold = asked(id_, scene)
    before = entries(id_)

    assert refused(lambda: answer(id_, hold, scene.actor(stranger))) == ["CLR-001"]

    assert HoldKind.QUERY in open_kinds(id_)
    assert entries(id_) == before


@pytest.mark.parametrize("own", ["trader", "broker"])
def test_the_trader_and_his_broker_answer(scene: Scene, own: str) -> None:
    id_ = lodged(declared())
    hold = asked(id_, scene)

    answer(id_, hold, scene.actor(own))

    assert HoldKind.QUERY not in open_kinds(id_)


@pytest.mark.parametrize("stranger", STRANGERS)
def test_nobody_pays_what_another_owes(scene: Scene, stranger: str) -> None:
    id_ = lodged(declared())
    before = entries(id_)

    assert refused(lambda: pay(id_, scene.actor(stranger))) == ["CLR-001"]

    assert HoldKind.PAYMENT in open_kinds(id_)
    assert entries(id_) == before


def test_officers_and_carriers_do_not_pay_for_others(scene: Scene) -> None:
    id_ = lodged(declared())

    assert refused(lambda: pay(id_, scene.actor("reviewer"))) == ["ACC-001"]
    assert refused(lambda: pay(id_, scene.actor("lines"))) == ["ACC-001"]


@pytest.mark.parametrize("own", ["trader", "broker"])
def test_the_trader_and_his_broker_pay(scene: Scene, own: str) -> None:
    id_ = lodged(declared())

    pay(id_, scene.actor(own))

    assert HoldKind.PAYMENT not in open_kinds(id_)


@pytest.mark.parametrize("stranger", STRANGERS)
def test_nobody_draws_on_anothers_guarantee(scene: Scene, stranger: str) -> None:
    id_ = lodged(declared())
    guarantee(scene.firms["trader"])

    assert refused(lambda: secure(id_, scene.actor(stranger))) == ["CLR-001"]

    assert HoldKind.PAYMENT in open_kinds(id_)


def test_a_guarantee_is_drawn_on_by_its_holder_whoever_declared(scene: Scene) -> None:
    id_ = lodged(declared())
    guarantee(scene.firms["trader"])

    secure(id_, scene.actor("trader"))

    assert HoldKind.PAYMENT not in open_kinds(id_)


def test_a_broker_draws_on_a_guarantee_only_under_a_mandate_that_says_so(scene: Scene) -> None:
    id_ = lodged(declared())
    guarantee(scene.firms["trader"])
    before = entries(id_)

    assert refused(lambda: secure(id_, scene.actor("broker"))) == ["REV-016"]
    mandate(scene, "broker", draws_guarantee=True, flow="export")
    assert refused(lambda: secure(id_, scene.actor("broker"))) == ["REV-016"]
    assert entries(id_) == before

    mandate(scene, "broker", draws_guarantee=True, flow="import")
    secure(id_, scene.actor("broker"))
    assert HoldKind.PAYMENT not in open_kinds(id_)


def test_a_broker_draws_on_its_own_guarantee_for_what_it_declared_itself(scene: Scene) -> None:
    id_ = lodged(declared())
    other = lodged(declared("R-2", parties=replace(sound().parties, declarant=TRADER)))
    guarantee(scene.firms["broker"])
    mandate(scene, "broker", sees_others=True)
    broker, day = scene.actor("broker"), TODAY

    assert len(guarantees_for(id_, viewer=broker, day=day)) == 1
    assert guarantees_for(id_, viewer=scene.actor("trader"), day=day) == ()
    assert guarantees_for(other, viewer=broker, day=day) == ()
    assert refused(lambda: secure(id_, scene.actor("trader"))) == ["REV-010"]
    assert refused(lambda: secure(other, broker)) == ["REV-016"]
    secure(id_, broker)

    assert HoldKind.PAYMENT not in open_kinds(id_)
    assert HoldKind.PAYMENT in open_kinds(other)


def test_no_broker_draws_on_the_guarantee_for_what_another_broker_declared(scene: Scene) -> None:
    id_ = lodged(declared())
    own = lodged(declared("R-2", parties=replace(sound().parties, declarant=TRADER)))
    guarantee(scene.firms["trader"])
    mandate(scene, "agent", draws_guarantee=True, sees_others=True)

    assert refused(lambda: secure(id_, scene.actor("agent"))) == ["REV-016"]
    secure(own, scene.actor("agent"))

    assert HoldKind.PAYMENT in open_kinds(id_)
    assert HoldKind.PAYMENT not in open_kinds(own)


def test_a_broker_whose_mandate_has_ended_reads_what_it_declared_and_acts_on_it_no_more(
    scene: Scene,
) -> None:
    id_ = lodged(declared())
    hold = asked(id_, scene)
    [held] = [row for row in mandates_of(viewer=scene.actor("trader")) if row.lasts(TODAY)]
    parties.revoke_mandate(mandate_id=held.id, by=scene.actor("trader"), now=utc_now())
    broker = scene.actor("broker")

    assert get(id_, viewer=broker) is not None
    assert refused(lambda: answer(id_, hold, broker)) == ["CLR-005"]
    assert refused(lambda: pay(id_, broker)) == ["CLR-005"]
    assert refused(lambda: secure(id_, broker)) == ["CLR-005"]

    mandate(scene, "broker")
    pay(id_, scene.actor("broker"))
    assert HoldKind.PAYMENT not in open_kinds(id_)


@pytest.mark.parametrize(
    ("terms", "sees"),
    [
        ({"sees_others": True}, True),
        ({"sees_others": True, "flow": "import", "chapters": ["40", "84", "85", "90"]}, True),
        ({}, False),
        ({"sees_others": True, "flow": "export"}, False),
        ({"sees_others": True, "chapters": ["40", "84", "85"]}, False),
        ({"sees_others": True, "valid_from": TODAY + timedelta(days=1)}, False),
    ],
)
def test_flow_chapters_and_span_bound_what_a_mandate_shows_and_lets_do(
    scene: Scene, terms: dict[str, Any], *, sees: bool
) -> None:
    id_ = lodged(declared())
    mandate(scene, "agent", **terms)
    agent = scene.actor("agent")

    assert (get(id_, viewer=agent) is not None) is sees
    assert bool(page(viewer=agent)) is sees
    assert (count_waiting(viewer=agent) > 0) is sees
    assert (owed_in_all(agent)[0] > 0) is sees
    assert (charges_of(id_, viewer=agent) is not None) is sees
    if sees:
        pay(id_, agent)
    else:
        assert refused(lambda: pay(id_, agent)) == ["CLR-001"]
    assert (HoldKind.PAYMENT in open_kinds(id_)) is not sees


def test_a_mandate_shows_nothing_that_was_declared_before_it_began(scene: Scene) -> None:
    id_ = lodged(declared())
    Declaration.objects.filter(pk=id_).update(accepted_at=utc_now() - timedelta(days=3))

    mandate(scene, "agent", sees_others=True, valid_from=TODAY - timedelta(days=2))
    assert get(id_, viewer=scene.actor("agent")) is None

    mandate(scene, "agent", sees_others=True, valid_from=TODAY - timedelta(days=3))
    assert get(id_, viewer=scene.actor("agent")) is not None


def mandate(scene: Scene, broker: str, **terms: Any) -> None:
    """Let the trader give a broker another mandate, in force now unless it says otherwise."""
    span = {"valid_from": TODAY - timedelta(days=9), "valid_until": TODAY + timedelta(days=99)}
    parties.grant_mandate(
        principal_id=scene.firms["trader"],
        broker_id=scene.firms[broker],
        by=scene.actor("trader"),
        now=utc_now(),
        **{**span, **terms},
    )


def guarantee(enterprise_id: int) -> None:
    registers.register_guarantee(
        number="G-1",
        enterprise_id=enterprise_id,
        limit_cny=Decimal(10_000_000),
        valid_from=date(2026, 1, 1),
        valid_until=date(2030, 1, 1),
        by=SYSTEM,
        now=utc_now(),
    )


def test_a_banks_receipt_is_taken_from_the_bank_for_anybody_and_from_no_stranger(
    scene: Scene,
) -> None:
    id_ = lodged(declared())
    receipt = confirmed(id_, utc_now())
    bank = Actor("bank", "bank", roles=frozenset({Role.BANK}), channel="api")

    def record(by: Actor) -> None:
        revenue.record_payment(declaration_id=id_, receipt=receipt, by=by, now=utc_now())

    assert refused(lambda: record(scene.actor("rival"))) == ["CLR-001"]
    assert refused(lambda: record(scene.actor("gate"))) == ["ACC-001"]
    record(bank)
    assert HoldKind.PAYMENT not in open_kinds(id_)


def confirmed(id_: DeclarationId, now: datetime) -> BankReceipt:
    """Return a receipt of the sandbox bank for what is owed."""
    owed: Money = revenue.amount_due(id_, at=now)
    bare = BankReceipt(sandbox.BANK, "TX-9", owed, now)
    signature = signing_key(sandbox.KEY).sign(bare.signed_content(heads([id_])[id_].number))
    return BankReceipt(bare.bank, bare.bank_reference, owed, now, signature)


def test_a_carrier_reports_a_departure_of_his_own_bills_whatever_vehicle_he_names(
    scene: Scene,
) -> None:
    id_ = under_way(scene)
    stranger = Actor("x", "", roles=frozenset({Role.CARRIER}), own_ids=frozenset({-1}))

    assert refused(lambda: depart(id_, stranger, vehicle="津D1")) == ["TRN-004"]

    depart(id_, scene.actor("lines"), vehicle="京A99999")
    assert [row.kind for row in entries(id_)].count("TRANSIT_DEPARTED") == 1


def test_only_who_stands_where_goods_come_to_confirms_their_arrival(scene: Scene) -> None:
    id_ = under_way(scene)
    depart(id_, scene.actor("lines"))

    assert refused(lambda: arrive(id_, scene.actor("gate"))) == ["TRN-004"]
    assert refused(lambda: arrive(id_, scene.actor("inspector"))) == ["ACC-011"]
    assert refused(lambda: arrive(id_, scene.actor("trader"))) == ["ACC-001"]
    assert refused(lambda: arrive(id_, scene.actor("lines"))) == ["ACC-001"]
    assert HoldKind.TRANSIT in open_kinds(id_)

    there = Actor("k", "", roles=frozenset({Role.SITE_OPERATOR}), sites=frozenset({"0115-01"}))
    arrive(id_, there)
    assert HoldKind.TRANSIT not in open_kinds(id_)


def test_people_of_another_site_are_not_told_where_goods_are(scene: Scene) -> None:
    id_ = lodged(declared(offices=INLAND, transport=ROAD))

    with pytest.raises(ProblemError) as refusal:
        depart(id_, scene.actor("far-gate"))

    [fault] = refusal.value.faults
    assert fault.problem.code == "TRN-004"
    assert "0202" not in str(fault.facts)
