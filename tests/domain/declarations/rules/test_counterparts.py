"""A declaration against the register of parties and the manifest."""

from dataclasses import replace as changed
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from msgspec.structs import replace

from tests.domain.declarations.samples import BROKER, DAY, TRADER, sound
from tongguan.domain.cargo.values import BillRow
from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.counterparts import check_cargo, check_parties
from tongguan.domain.declarations.values import (
    Container,
    Flow,
    Mass,
    Offices,
    Packages,
    Party,
    Transport,
)
from tongguan.domain.parties.values import CreditClass, EnterpriseKind, EnterpriseRow
from tongguan.kernel.problems import Problem

SENT = sound()
TRADER_ROW = EnterpriseRow(
    id=1,
    scc=TRADER.scc or "",
    customs_code=TRADER.code or "",
    name_zh=TRADER.name or "",
    name_en="Example Precision",
    kind=EnterpriseKind.TRADER,
    home_office="0128",
    credit=CreditClass.GENERAL,
    registered_on=date(2014, 7, 1),
    suspended=False,
)
BROKER_ROW = changed(
    TRADER_ROW,
    id=2,
    scc=BROKER.scc or "",
    customs_code=BROKER.code or "",
    name_zh=BROKER.name or "",
    kind=EnterpriseKind.BROKER,
)
BILL = BillRow(
    id=UUID(int=1),
    number="XMPL20261100101",
    flow="import",
    mode="2",
    name="EXAMPLE STAR",
    voyage="020W",
    office="0202",
    site="",
    packages=42,
    gross=Decimal(3050),
    used_by=None,
    arrived_at=datetime(2026, 11, 19, tzinfo=UTC),
    arrived_site="0202-01",
)


def test_registered_parties_may_declare() -> None:
    assert check_parties(SENT, trader=TRADER_ROW, declarant=BROKER_ROW, day=DAY, standing=()) == ()


def test_a_trader_may_declare_in_its_own_name() -> None:
    own = sound(parties=replace(SENT.parties, declarant=Party()))

    assert check_parties(own, trader=TRADER_ROW, declarant=TRADER_ROW, day=DAY, standing=()) == ()


@pytest.mark.parametrize(
    ("trader", "declarant", "problem", "pointer"),
    [
        (None, BROKER_ROW, problems.UNREGISTERED, "#/parties/trader"),
        (TRADER_ROW, None, problems.UNREGISTERED, "#/parties/declarant"),
        (changed(TRADER_ROW, suspended=True), BROKER_ROW, problems.SUSPENDED, "#/parties/trader"),
        (
            TRADER_ROW,
            changed(BROKER_ROW, registered_on=DAY + timedelta(1)),
            problems.NOT_YET_REGISTERED,
            "#/parties/declarant",
        ),
        (
            changed(TRADER_ROW, customs_code="1111900009"),
            BROKER_ROW,
            problems.CODES_DISAGREE,
            "#/parties/trader",
        ),
        (
            changed(TRADER_ROW, name_zh="别的公司"),
            BROKER_ROW,
            problems.NAME_DIFFERS,
            "#/parties/trader/name",
        ),
        (
            TRADER_ROW,
            changed(BROKER_ROW, kind=EnterpriseKind.TRADER),
            problems.NOT_A_BROKER,
            "#/parties/declarant",
        ),
    ],
)
def test_parties_that_may_not_declare_are_told(
    trader: EnterpriseRow | None, declarant: EnterpriseRow | None, problem: Problem, pointer: str
) -> None:
    [fault] = check_parties(
        SENT, trader=trader, declarant=declarant, day=DAY, standing=(trader, declarant)
    )

    assert (fault.problem, fault.pointer) == (problem, pointer)
    assert "{" not in fault.told(str)["detail"]


def test_who_may_not_declare_for_a_trader_does_not_learn_that_it_is_suspended() -> None:
    suspended = changed(TRADER_ROW, suspended=True)

    assert not check_parties(
        SENT, trader=suspended, declarant=BROKER_ROW, day=DAY, standing=(None, BROKER_ROW)
    )


def test_a_party_without_any_code_is_told_once_as_missing() -> None:
    nameless = sound(parties=replace(SENT.parties, trader=Party(name="某公司")))

    assert check_parties(nameless, trader=None, declarant=BROKER_ROW, day=DAY, standing=()) == ()


@pytest.mark.parametrize("bill", [BILL, None], ids=["named by a manifest", "not yet named"])
def test_goods_as_the_manifest_names_them_are_taken(bill: BillRow | None) -> None:
    assert check_cargo(SENT, bill=bill, mass_tolerance=Decimal("0.03")) == ()


@pytest.mark.parametrize(
    ("submission", "bill", "problem", "pointer"),
    [
        (SENT, changed(BILL, used_by=UUID(int=7)), problems.BILL_USED, "#/bill"),
        (sound(flow=Flow.EXPORT), BILL, problems.BILL_OTHER_FLOW, "#/bill"),
        (
            sound(offices=Offices(declaration="0128", goods="0207")),
            BILL,
            problems.BILL_OTHER_OFFICE,
            "#/offices/goods",
        ),
        (
            sound(transport=Transport("5", "ZZ1")),
            BILL,
            problems.BILL_OTHER_MODE,
            "#/transport/mode",
        ),
        (
            sound(transport=Transport("2", "EXAMPLE STAR", "021W")),
            BILL,
            problems.BILL_OTHER_VOYAGE,
            "#/transport/name",
        ),
        (
            sound(packages=Packages(count=41, kind="22")),
            BILL,
            problems.BILL_PACKAGES,
            "#/packages/count",
        ),
        (
            sound(mass=Mass(Decimal(3500), Decimal("2800.5"))),
            BILL,
            problems.BILL_GROSS,
            "#/mass/gross",
        ),
    ],
)
def test_what_contradicts_the_manifest_is_told(
    submission: object, bill: BillRow, problem: Problem, pointer: str
) -> None:
    assert isinstance(submission, type(SENT))
    [fault] = check_cargo(submission, bill=bill, mass_tolerance=Decimal("0.03"))

    assert (fault.problem, fault.pointer) == (problem, pointer)
    assert "{" not in fault.told(str)["detail"]


def test_a_container_that_the_manifest_lists_under_no_such_bill_is_told_where_it_stands() -> None:
    [box] = SENT.containers
    other = replace(box, id="XMPU0000034", lines=())
    both = sound(containers=(box, other))

    assert check_cargo(both, bill=changed(BILL, units=(box.id, other.id))) == ()
    assert check_cargo(both, bill=changed(BILL, units=(box.id,))) == (
        problems.BILL_CONTAINER.at("#/containers/1/id", bill=BILL.number, container=other.id),
    )


@pytest.mark.parametrize("named", [(), SENT.containers], ids=["none", "fewer"])
def test_containers_of_the_bill_that_are_not_declared_are_told(
    named: tuple[Container, ...],
) -> None:
    listed = ("XMPU0000034", SENT.containers[0].id)
    [fault] = check_cargo(sound(containers=named), bill=changed(BILL, units=listed))

    missing = sorted({*listed} - {box.id for box in named})
    assert (fault.problem, fault.pointer) == (problems.CONTAINER_MISSING, "#/containers")
    assert fault.facts == {"bill": BILL.number, "containers": ", ".join(missing)}


def test_a_declaration_without_containers_suits_a_bill_without_any() -> None:
    assert check_cargo(sound(containers=()), bill=changed(BILL, units=())) == ()


def test_where_the_manifest_lists_no_containers_none_is_compared() -> None:
    assert check_cargo(SENT, bill=changed(BILL, units=())) == ()


def test_a_ships_name_may_be_spelt_with_other_blanks() -> None:
    spelt = sound(transport=Transport("2", "Example-Star", "020 W"))

    assert check_cargo(spelt, bill=BILL) == ()


def test_a_bill_used_before_its_manifest_came_is_told_and_nothing_else_of_it() -> None:
    early = changed(
        BILL, used_by=UUID(int=2), manifested=False, flow="", mode="", office="", packages=0
    )

    assert check_cargo(SENT, bill=early) == (problems.BILL_USED.at("#/bill", bill=BILL.number),)
