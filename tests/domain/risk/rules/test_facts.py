"""What criteria see of a declaration."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import asdict, replace

from tests.domain.declarations.samples import DAY, TRADER, sound, with_line
from tests.domain.law import law
from tongguan.domain.declarations.values import (
    Countries,
    Kind,
    Mass,
    Mode,
    Offices,
    Packages,
    Parties,
    Permit,
    Ports,
    Preference,
    Quantity,
    Submission,
)
from tongguan.domain.parties.values import CreditClass, EnterpriseKind, EnterpriseRow
from tongguan.domain.risk.facts import NO_HISTORY, Facts, History, LineFacts, Seen
from tongguan.domain.risk.fields import Field, Scope
from tongguan.domain.risk.rules.facts import facts_of

VALUES = [Decimal(1_000 * number) for number in range(1, 6)]


def enterprise(id_: int, scc: str) -> EnterpriseRow:
    return EnterpriseRow(
        id_,
        scc,
        "1111900001",
        "北京示例",
        "",
        EnterpriseKind.TRADER,
        "0101",
        CreditClass.GENERAL,
        date(2026, 11, 10),
        False,
    )


def facts(sent: Submission | None = None, history: History = NO_HISTORY) -> Facts:
    return facts_of(
        sent or sound(),
        mode=Mode.REGIONAL,
        values=VALUES,
        payable=Decimal(3_000),
        trader=enterprise(1, TRADER.scc or ""),
        declarant=enterprise(2, "91120116FAKE00021U"),
        reference=law(),
        history=history,
        day=DAY,
    )


def test_the_head_names_offices_districts_and_route() -> None:
    found = facts()

    assert (found.declared, found.goods) == ("0128", "0202")
    assert (found.districts, found.pair) == (("01", "02"), "01>02")
    assert (found.departure, found.route) == ("DEU063", "DEU063>0202")
    assert (found.mode, found.credit, found.trader_days) == ("regional", "general", 10)
    assert found.self_declared is False
    assert found.containers == ("XMPU0000013",)


def test_within_one_district_there_is_one() -> None:
    offices = Offices(declaration="0207", goods="0202", payment="0207", inspection="0202")

    assert facts(sound(offices=offices)).districts == ("02",)


def test_sums_and_shares_are_of_the_whole_declaration() -> None:
    found = facts()

    assert found.total_value == 15_000
    assert found.duty_share == Decimal("0.2000")
    assert found.net_share == Decimal("0.9182")
    assert found.value_per_package == Decimal("357.14")
    assert found.line_count == len(found.lines) == 5


def test_a_line_is_priced_by_its_mass_and_against_what_is_usual() -> None:
    usual = {"8482102000": Decimal("2.00")}

    first, second, *_others = facts(history=History(usual=usual)).lines

    assert first.net_kg == 1_320
    assert first.value_per_kg == Decimal("0.76")
    assert first.value_per_unit == Decimal("0.42")
    assert first.price_ratio == Decimal("0.38")
    assert first.rate == Decimal("0.08")
    assert second.price_ratio is None


def test_history_says_who_and_what_is_new() -> None:
    trader = TRADER.scc or ""
    history = History(
        traders={trader: Seen(1, 4, 9)},
        overseas={"EXAMPLE WAELZLAGER GMBH": Seen(0, 0, 2)},
        routes={"DEU063>0202": Seen(5, 6, 7)},
        commodities={"8482102000": 31},
        goods=frozenset({f"{trader}|848210"}),
        findings={trader: 2},
    )

    found = facts(history=history)

    assert (found.first_trader, found.first_declarant) == (False, True)
    assert (found.first_overseas, found.first_partner, found.first_route) == (False, True, False)
    assert (found.trader_7, found.trader_30, found.trader_90) == (1, 4, 9)
    assert (found.declarant_7, found.declarant_30) == (0, 0)
    assert (found.overseas_90, found.route_90, found.findings) == (2, 7, 2)
    assert (found.lines[0].first_goods, found.lines[0].seen_90) == (False, 31)
    assert (found.lines[1].first_goods, found.lines[1].seen_90) == (True, 0)


def test_what_is_not_declared_is_missing() -> None:
    bare = sound(
        parties=Parties(trader=TRADER),
        ports=Ports(),
        countries=Countries(),
        mass=Mass(),
        packages=Packages(),
    )

    found = facts(bare)

    assert (found.route, found.first_route, found.route_90) == (None, None, None)
    assert (found.overseas, found.first_overseas, found.first_partner) == (None, None, None)
    assert (found.net_share, found.value_per_package) == (None, None)
    assert found.lines[0].origin_differs is None


def test_a_line_s_own_mass_counts_before_its_quantities() -> None:
    weighed = with_line(sound(), mass=Mass(net=Decimal(500)))
    counted = with_line(sound(), second=Quantity(), quantity=Quantity(Decimal(9), "035"))

    assert facts(weighed).lines[0].net_kg == 500
    assert facts(counted).lines[0].net_kg == 9


def test_permits_and_preferences_of_a_line_are_seen() -> None:
    sent = with_line(
        sound(),
        permits=(Permit(kind="7"), Permit(kind="7"), Permit()),
        preference=Preference(agreement="22"),
        origin="KOR",
    )

    line = facts(sent).lines[0]

    assert (line.permits, line.preference, line.origin_differs) == (("7",), "22", True)


def test_lines_that_are_not_assessed_yet_have_no_value() -> None:
    found = facts_of(
        sound(kind=Kind.SUMMARY),
        mode=Mode.PORT,
        values=[],
        payable=Decimal(0),
        trader=enterprise(1, "a"),
        declarant=enterprise(1, "a"),
        reference=law(),
        history=NO_HISTORY,
        day=DAY,
    )

    assert found.total_value == 0
    assert (found.duty_share, found.self_declared) == (None, True)
    assert {line.value for line in found.lines} == {None}


def test_facts_are_kept_and_read_back_as_they_were() -> None:
    found = facts()

    again = Facts.read(found.stored())

    assert asdict(again) == asdict(found)
    with pytest.raises(ValueError, match="form 99"):
        Facts.read(replace(found, format=99).stored())


def test_every_fact_can_be_tested_and_every_field_is_a_fact() -> None:
    of_head = {field.member for field in Field if field.scope is Scope.HEAD}
    of_line = {field.member for field in Field if field.scope is Scope.LINE}

    assert of_head == set(Facts.__struct_fields__) - {"format", "lines"}
    assert of_line == set(LineFacts.__struct_fields__) - {"number"}
