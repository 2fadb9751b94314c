"""A second, tiny region: other districts, codes and law. Nothing of the first is wired in."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

from tests.domain.declarations.samples import sound
from tongguan.domain.declarations.rules.check import check
from tongguan.domain.declarations.rules.modes import find_mode
from tongguan.domain.declarations.values import (
    Container,
    Countries,
    Document,
    Line,
    Mass,
    Mode,
    Offices,
    Packages,
    Place,
    Ports,
    Quantity,
    Submission,
)
from tongguan.domain.reference.rules.pack import read_pack
from tongguan.domain.reference.values import Against, Levy, SiteKind, Snapshot, name_of
from tongguan.domain.revenue.rules.assess import assess
from tongguan.kernel.problems import Fault

PACK: Final = Path(__file__).parent / "tinypack"
DAY: Final = date(2026, 11, 20)


@pytest.fixture(scope="module")
def islands() -> Snapshot:
    """Return the law of the Twin Islands."""
    found, faults = read_pack(PACK)
    assert faults == ()
    return found


def coconuts(**changes: object) -> Submission:
    """Return a sound import of desiccated coconut, declared in the north, lying in the south."""
    line = Line(
        number=1,
        commodity="0801110000",
        name="椰丝",
        elements="椰丝",
        quantity=Quantity(Decimal(100), "035"),
        first=Quantity(Decimal(100), "035"),
        price=Decimal(10),
        total=Decimal(1000),
        currency="FJD",
        origin="FJI",
        destination="CHN",
        region="N1",
        levy_mode="1",
    )
    stated: dict[str, object] = {
        "offices": Offices("7001", "7002", "7001", "8800"),
        "place": Place(id="SH", port="N10001"),
        "containers": (Container(id="XMPU0000013", size="21", shared=False, lines=(1,)),),
        "countries": Countries(trading="FJI", dispatch="FJI"),
        "ports": Ports(departure="FJI001", call="FJI001"),
        "packages": Packages(count=4, kind="06", marks="N/M"),
        "mass": Mass(gross=Decimal(110), net=Decimal(100)),
        "documents": (Document(kind="00000001", number="INVOICE.pdf", format="US"),),
        "lines": (line,),
    }
    return sound(**{**stated, **changes})


def test_the_region_is_what_the_pack_says(islands: Snapshot) -> None:
    region = islands.region

    assert (region.name_zh, region.name_en) == ("双岛", "Twin Islands")
    assert [office.code for office in region.offices(DAY)] == ["7001", "7002", "7003", "8800"]
    assert [site.code for site in region.sites(DAY)] == ["MP", "NH", "SH"]
    assert region.centres == ()


def test_an_office_belongs_to_the_district_of_its_row_whatever_its_digits(
    islands: Snapshot,
) -> None:
    assert [islands.region.district_of(code) for code in ("7001", "7002", "7003", "8800")] == [
        "N",
        "S",
        "N",
        "S",
    ]
    assert islands.region.district_of("9999") == ""


def test_an_office_has_the_name_of_the_day(islands: Snapshot) -> None:
    before = islands.region.office("8800", date(2019, 12, 31))
    after = islands.region.office("8800", date(2020, 1, 1))

    assert before is not None
    assert after is not None
    assert (before.name_en, after.name_en) == ("Mountain Pass", "Mountain Pass Customs")


def test_a_site_has_its_gates(islands: Snapshot) -> None:
    north = islands.region.site("NH", DAY)

    assert north is not None
    assert north.kind is SiteKind.SEAPORT
    assert [(gate.code, gate.name_zh) for gate in north.gates] == [("A", "甲门"), ("B", "乙门")]


def test_sites_are_found_by_office_and_as_last_known(islands: Snapshot) -> None:
    region = islands.region

    assert [site.code for site in region.sites_of("8800", DAY)] == ["MP"]
    assert region.sites_of("7003", DAY) == ()
    assert region.site("MP") == region.site("MP", DAY)
    assert region.site("MP", date(1999, 12, 31)) is None
    assert region.site("XX") is None


def test_lines_sites_and_offices_are_named_alike(islands: Snapshot) -> None:
    rum = islands.tariff.line("2208400000", DAY)
    site = islands.region.site("MP")

    assert rum is not None
    assert site is not None
    assert (name_of(rum, "zh-hans"), name_of(rum, "en")) == ("朗姆酒", "rum")
    assert (name_of(site, "zh-hans"), name_of(site, "en")) == ("山口关卡", "Mountain Pass Crossing")


def test_the_pack_moves_its_own_days(islands: Snapshot) -> None:
    calendar = islands.calendar

    assert calendar.is_working(date(2026, 10, 3))
    assert not calendar.is_working(date(2026, 10, 12))
    assert calendar.next_working(date(2026, 10, 12)) == date(2026, 10, 13)


@pytest.mark.parametrize(
    ("declared", "goods", "mode"),
    [("7001", "7001", Mode.REGIONAL), ("7001", "7002", Mode.REGIONAL)],
)
def test_goods_take_the_modes_of_this_region(
    islands: Snapshot, declared: str, goods: str, mode: Mode
) -> None:
    submission = coconuts(offices=Offices(declared, goods, declared, goods))

    assert find_mode(submission, reference=islands, day=DAY) is mode


def test_a_mode_that_ended_is_not_to_be_had(islands: Snapshot) -> None:
    submission = coconuts(mode_asked=Mode.LOCAL_RELEASED)

    found = find_mode(submission, reference=islands, day=DAY)

    assert isinstance(found, Fault)
    assert found.facts["reason"] == (Against.NOT_IN_FORCE,)


def test_a_declaration_of_this_region_is_sound(islands: Snapshot) -> None:
    assert check(coconuts(), reference=islands, day=DAY) == ()


def test_the_regions_own_limits_are_kept(islands: Snapshot) -> None:
    line = coconuts().lines[0]
    three = tuple(replace(line, number=place, elements=f"椰丝{place}") for place in (1, 2, 3))
    submission = coconuts(lines=three, mass=Mass(gross=Decimal(400), net=Decimal(300)))

    assert [fault.pointer for fault in check(submission, reference=islands, day=DAY)] == ["#/lines"]


def test_duty_and_taxes_follow_the_regions_own_law(islands: Snapshot) -> None:
    owed = assess(coconuts(), reference=islands, day=DAY)

    # value 1,000 FJD × 3.2 = 3,200; duty 10 %; anti-dumping 30 %; VAT 20 % of 4,480
    assert owed.value == 3200
    assert owed.payable == 320 + 960 + 896


def test_what_is_levied_by_quantity_or_origin_is_found(islands: Snapshot) -> None:
    rum = islands.measures.by_quantity(Levy.CONSUMPTION, DAY)["2208400000"]
    [coconut] = islands.measures.by_origin(DAY)["0801110000", "FJI"]

    assert (rum.rate, rum.unit, rum.each) == (Decimal(10), "095", Decimal(1))
    assert (coconut.levy, coconut.rate) == (Levy.ANTI_DUMPING, Decimal("0.3"))
    assert islands.measures.by_quantity(Levy.DUTY, DAY) == {}
