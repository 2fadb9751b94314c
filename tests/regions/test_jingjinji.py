"""The first region, Beijing, Tianjin and Hebei: what its pack has to hold."""

import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Final

import pytest

from tests.domain.declarations.samples import sound
from tongguan.domain.declarations.rules.modes import find_mode
from tongguan.domain.declarations.values import Mode, Offices
from tongguan.domain.reference.rules.pack import read_pack
from tongguan.domain.reference.values import (
    Against,
    Levy,
    ModeRow,
    Objection,
    Route,
    SiteKind,
    Snapshot,
)

PACK: Final = Path(__file__).parents[2] / "regions" / "jingjinji"
DAY: Final = date(2026, 11, 20)
OPENING: Final = date(2014, 7, 1)
CHINESE: Final = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def region() -> Snapshot:
    """Return the law of the region."""
    found, faults = read_pack(PACK)
    assert faults == ()
    return found


def test_three_districts_act_as_one(region: Snapshot) -> None:
    names = {row.code: row.name_zh for row in region.region.districts}

    assert names == {"01": "北京海关", "02": "天津海关", "04": "石家庄海关"}


def test_shijiazhuang_joined_on_22_september_2014(region: Snapshot) -> None:
    assert region.region.district("04", date(2014, 9, 21)) is None
    assert region.region.district("04", date(2014, 9, 22)) is not None


def test_all_86_offices_are_there_with_the_names_of_the_day(region: Snapshot) -> None:
    now, then = region.region.offices(DAY), region.region.offices(date(2018, 6, 1))

    assert Counter(office.district for office in now) == {"01": 29, "02": 30, "04": 27}
    assert len(then) == 63
    assert {office.code: office.name_zh for office in then}["0101"] == "机场单证"
    assert {office.code: office.name_zh for office in now}["0101"] == "京机场关"


def test_departments_are_no_places_of_goods(region: Snapshot) -> None:
    departments = {office.code for office in region.region.offices(DAY) if not office.place}

    assert departments == {"0100", "0102", "0108", "0121", "0200", "0220", "0400"}
    assert region.region.office("0106", date(2018, 6, 1)).place is False  # type: ignore[union-attr]
    assert region.region.office("0106", DAY).place is True  # type: ignore[union-attr]


def test_at_least_43_sites_took_part_when_the_region_opened(region: Snapshot) -> None:
    sites = region.region.sites(OPENING)

    assert len(sites) >= 43
    assert {site.kind for site in sites} == set(SiteKind) - {SiteKind.LAND}


def test_every_site_lies_in_the_region_under_an_office_that_is_a_place(region: Snapshot) -> None:
    for site in region.region.sites(DAY):
        office = region.region.office(site.office, site.valid_from)

        assert office is not None
        assert office.place
        assert site.gates
        assert Decimal(36) < site.latitude < Decimal("42.7")
        assert Decimal("113.4") < site.longitude < Decimal("119.9")


def test_every_office_of_goods_has_a_site_with_a_gate_on_every_day(region: Snapshot) -> None:
    for day in (OPENING, date(2018, 6, 1), date(2019, 12, 31), date(2020, 1, 1), DAY):
        with_site = {site.office for site in region.region.sites(day) if site.gates}

        assert {office.code for office in region.region.offices(day) if office.place} == with_site


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("0201", date(2019, 12, 31), "Tianjin Customs"),
        ("0201", date(2020, 1, 1), "Nankai"),
        ("0126", date(2019, 12, 31), "Beijing Export Processing Zone (Tianzhu)"),
        ("0126", date(2020, 1, 1), "Fengtai"),
    ],
)
def test_an_office_has_the_name_of_its_day(
    region: Snapshot, code: str, day: date, name: str
) -> None:
    office = region.region.office(code, day)

    assert office is not None
    assert office.name_en == name


def test_huanghua_port_lay_under_cangzhou_before_it_had_an_office(region: Snapshot) -> None:
    def seaports(day: date) -> set[str]:
        found = (site for site in region.region.sites(day) if site.kind is SiteKind.SEAPORT)
        return {site.office for site in found} & {"0408", "0424"}

    assert seaports(date(2019, 12, 31)) == {"0408"}
    assert seaports(date(2020, 1, 1)) == {"0424"}


@pytest.mark.parametrize("code", ["9710", "9810"])
def test_e_commerce_between_enterprises_is_exported_from_july_2020(
    region: Snapshot, code: str
) -> None:
    assert not region.codes.has("supervision_modes", code, date(2020, 6, 30))
    assert region.codes.has("supervision_modes", code, date(2020, 7, 1))


def test_two_centres_stand_at_wuqing(region: Snapshot) -> None:
    assert [centre.districts for centre in region.region.centres] == [("01", "02", "04")] * 2


def test_any_office_may_declare_for_goods_at_any_other(region: Snapshot) -> None:
    offices = region.region.offices(DAY)
    found = Counter(
        find_mode(
            sound(offices=Offices(declared.code, goods.code, declared.code, goods.code)),
            reference=region,
            day=DAY,
        )
        for declared, goods in product(offices, offices)
        if goods.place
    )

    assert found == {Mode.PORT: 79, Mode.REGIONAL: 86 * 79 - 79}


@pytest.mark.parametrize(
    ("day", "declared", "goods", "mode"),
    [
        (date(2014, 6, 30), "0117", "0202", None),
        (date(2014, 7, 1), "0117", "0202", "regional"),
        (date(2014, 9, 21), "0401", "0202", None),
        (date(2014, 9, 22), "0401", "0202", "regional"),
        (date(2014, 6, 30), "0202", "0202", "port"),
    ],
)
def test_a_district_takes_part_from_its_day_on(
    region: Snapshot, day: date, declared: str, goods: str, mode: str | None
) -> None:
    found = region.region.mode(Route(declared, goods), day)

    assert (found.code if isinstance(found, ModeRow) else None) == mode


@pytest.mark.parametrize(
    ("route", "mode"),
    [
        (Route("0202", "0202"), "port"),
        (Route("0202", "0202", "0115"), "regional"),
        (Route("0115", "0202", "0115", asked="transit"), "transit"),
        (Route("0115", "0202", "0202", asked="transit"), "transit"),
        (Route("0117", "0202", asked="local_declared"), "local_declared"),
        (Route("0401", "0202", asked="local_released"), "local_released"),
        (
            Route("0401", "0202", asked="local_released", trader_class="advanced"),
            "local_released",
        ),
        (Route("0207", "0101", "0401"), "regional"),
    ],
)
def test_the_mode_follows_from_offices_and_marks(region: Snapshot, route: Route, mode: str) -> None:
    found = region.region.mode(route, DAY)

    assert isinstance(found, ModeRow)
    assert found.code == mode


@pytest.mark.parametrize(
    ("route", "mode", "against"),
    [
        (Route("0202", "0202", asked="transit"), "transit", Against.OTHER_OFFICE),
        (Route("0117", "0202", "0115", asked="transit"), "transit", Against.INSPECTION),
        (Route("0117", "0202", "0115", asked="local_declared"), "local_declared", "INSPECTION"),
        (Route("0117", "0202", asked="port"), "port", Against.SAME_OFFICE),
        (
            Route("0401", "0202", asked="local_released", trader_class="general"),
            "local_released",
            Against.TRADER_CLASS,
        ),
        (
            Route("0401", "0202", asked="local_released", broker_class="discredited"),
            "local_released",
            Against.BROKER_CLASS,
        ),
        *(
            (
                Route("0401", "0202", asked="local_released", given=frozenset({one})),
                "local_released",
                one,
            )
            for one in (
                Against.SELECTED,
                Against.PORT_PERMIT,
                Against.NO_REPORT,
                Against.INVESTIGATED,
            )
        ),
    ],
)
def test_a_mode_that_does_not_fit_is_refused_with_its_reason(
    region: Snapshot, route: Route, mode: str, against: Against | str
) -> None:
    reason = Against[against] if isinstance(against, str) else against

    assert region.region.mode(route, DAY) == (Objection(mode, reason),)


def test_releasing_locally_was_for_class_aa_in_2014(region: Snapshot) -> None:
    route = Route("0117", "0202", asked="local_released", trader_class="AA", broker_class="B")
    ordinary = Route("0117", "0202", asked="local_released", trader_class="A", broker_class="C")
    autumn, winter = date(2014, 11, 30), date(2014, 12, 1)

    assert isinstance(region.region.mode(route, autumn), ModeRow)
    assert region.region.mode(ordinary, autumn) == (
        Objection("local_released", Against.TRADER_CLASS),
        Objection("local_released", Against.BROKER_CLASS),
    )
    assert region.region.mode(route, winter) == (
        Objection("local_released", Against.TRADER_CLASS),
        Objection("local_released", Against.BROKER_CLASS),
    )


def test_only_possible_modes_are_offered_the_others_with_a_reason(region: Snapshot) -> None:
    route = Route("0117", "0202", "0202", trader_class="general")

    offers = {offer.row.code: offer for offer in region.region.offers(route, DAY)}

    assert {code for code, offer in offers.items() if offer.open} == {
        "transit",
        "local_declared",
        "regional",
    }
    assert [code for code, offer in offers.items() if offer.chosen] == ["regional"]
    assert offers["port"].against == (Against.SAME_OFFICE,)
    assert offers["local_released"].against == (Against.TRADER_CLASS,)
    assert offers["local_released"].row.fallback == "local_declared"


def test_every_name_stands_in_both_languages(region: Snapshot) -> None:
    for rows in region.codes.tables.values():
        for dated in rows.values():
            for row in dated:
                assert row.name_zh
                assert row.name_en
                assert not CHINESE.search(row.name_en)


@pytest.mark.parametrize(
    ("table", "old", "present"),
    [
        ("countries", "142", "CHN"),
        ("currencies", "142", "CNY"),
        ("countries", "502", "USA"),
        ("currencies", "502", "USD"),
        ("countries", "110", "HKG"),
        ("currencies", "110", "HKD"),
        ("countries", "326", "NOR"),
        ("countries", "699", "ZOC"),
        ("countries", "449", None),
        ("packaging", "2", "22"),
        ("packaging", "3", None),
        ("packaging", "5", None),
        ("container_sizes", "S", "21"),
        ("container_sizes", "L", "11"),
        ("container_sizes", "N", None),
    ],
)
def test_an_old_code_is_read_by_its_table_and_never_guessed(
    region: Snapshot, table: str, old: str, present: str | None
) -> None:
    assert region.codes.current(table, old, DAY) == present


def test_the_demonstration_tariff_is_broad_and_called_a_demonstration(region: Snapshot) -> None:
    lines = [region.tariff.line(code, DAY) for code in region.tariff.lines]

    assert len(lines) >= 400
    assert len({line.code[:2] for line in lines if line}) >= 60
    assert sum(bool(line and line.name_en) for line in lines) >= 150
    assert all(line and line.demonstration for line in lines)
    assert all(line and line.source.startswith("demonstration") for line in lines)


@pytest.mark.parametrize(
    ("day", "standard", "reduced"),
    [
        (date(2014, 7, 1), "0.17", "0.13"),
        (date(2017, 7, 1), "0.17", "0.11"),
        (date(2018, 4, 30), "0.17", "0.11"),
        (date(2018, 5, 1), "0.16", "0.10"),
        (date(2019, 4, 1), "0.13", "0.09"),
        (date(2026, 11, 20), "0.13", "0.09"),
    ],
)
def test_vat_is_that_of_the_day(region: Snapshot, day: date, standard: str, reduced: str) -> None:
    bearings, honey = region.tariff.line("8482102000", day), region.tariff.line("0409000000", day)

    assert bearings is not None
    assert honey is not None
    assert (bearings.vat, honey.vat) == (Decimal(standard), Decimal(reduced))


def test_beer_spirits_and_petrol_owe_consumption_tax_by_quantity(region: Snapshot) -> None:
    then = region.measures.by_quantity(Levy.CONSUMPTION, date(2014, 12, 1))
    now = region.measures.by_quantity(Levy.CONSUMPTION, DAY)

    assert now["2203000000"].rate / now["2203000000"].each == Decimal(250) / 988
    assert now["2208300000"].rate == Decimal("0.912")
    assert (then["2710121000"].rate, now["2710121000"].rate) == (Decimal("1.12"), Decimal("1.52"))


def test_every_currency_has_a_rate_each_month_of_the_demonstration(region: Snapshot) -> None:
    day = date(2014, 1, 15)
    while day < date(2027, 1, 1):
        for currency in region.codes.valid("currencies", day):
            row = region.exchange.rate(currency, day)
            assert row is not None
            assert row.rate > 0
            assert currency == "CNY" or row.source.startswith("demonstration")
        day += timedelta(days=28)


def test_a_day_of_work_is_that_of_the_state_councils_notice(region: Snapshot) -> None:
    calendar = region.calendar

    assert not calendar.is_working(date(2014, 10, 1))
    assert calendar.is_working(date(2014, 10, 11))  # a Saturday worked in exchange
    assert not calendar.is_working(date(2026, 10, 1))
    assert calendar.add_working(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert calendar.is_working(date(2031, 10, 1))  # no notice yet: a Wednesday
