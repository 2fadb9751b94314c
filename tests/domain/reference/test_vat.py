"""VAT of loaded tariffs: what a stated rate becomes when the law changes, and how long it holds."""

from datetime import date
from decimal import Decimal
from typing import Final

from tests.domain.law import line
from tongguan.domain.reference.rules.releases import Release, over
from tongguan.domain.reference.rules.vat import followed, stated
from tongguan.domain.reference.values import Tariff, TariffLine
from tongguan.kernel.time import DatedValue, Timeline

BEGIN: Final = date(2014, 1, 1)
CHANGE: Final = date(2018, 5, 1)
NEXT: Final = date(2026, 7, 1)
CODE: Final = "1111111111"


def law(**values: tuple[str, ...]) -> dict[str, Timeline[DatedValue]]:
    """Return parameters, each with a value from each of these days on."""
    days: tuple[date | None, ...] = (BEGIN, CHANGE, NEXT, None)
    return {
        name: Timeline(
            [
                DatedValue(value, since, until, f"law of {since}")
                for value, since, until in zip(dated, days, days[1:], strict=False)
                if since is not None
            ]
        )
        for name, dated in values.items()
    }


LAW: Final = law(
    vat_standard_rate=("0.17", "0.16", "0.15"),
    vat_reduced_rate=("0.13", "0.10", "0.09"),
    vat_rates=("0 0.03 0.13 0.17", "0 0.03 0.10 0.16", "0 0.09 0.15"),
)


def rates(vat: Decimal | None, *, known: Decimal | None = None) -> list[Decimal | None]:
    """Return the VAT of a loaded line on the first day and after each change."""
    before: dict[str, tuple[TariffLine, ...]] = {}
    if known is not None:
        before[CODE] = (line(CODE, vat=known, valid_from=BEGIN),)
    loaded = line(CODE, vat=vat, valid_from=BEGIN, demonstration=False, source="gazette")
    tariff = over(Tariff(before), [Release(BEGIN, whole=True, lines=[loaded])], LAW)
    rows = [tariff.line(CODE, day) for day in (BEGIN, CHANGE, NEXT)]
    return [None if row is None else row.vat for row in rows]


def test_the_standard_and_the_reduced_rate_follow_the_law() -> None:
    assert rates(Decimal("0.170000")) == [Decimal(one) for one in ("0.17", "0.16", "0.15")]
    assert rates(Decimal("0.13")) == [Decimal(one) for one in ("0.13", "0.10", "0.09")]


def test_another_rate_holds_while_the_law_has_it_and_is_not_known_then() -> None:
    three, nought = Decimal("0.03"), Decimal(0)

    assert rates(three) == [three, three, None]
    assert rates(nought) == [nought, nought, nought]
    assert [(one.valid_from, one.valid_until) for one in stated(three, BEGIN, LAW)] == [
        (BEGIN, NEXT),
        (NEXT, None),
    ]


def test_a_row_that_states_no_vat_has_that_of_the_row_before_it() -> None:
    known = Decimal("0.09")

    assert rates(None, known=known) == [known, known, known]
    assert rates(None) == [None, None, None]


def test_a_tariff_of_later_begins_with_the_class_of_its_own_first_day() -> None:
    assert followed(Decimal("0.13"), BEGIN, LAW) == "vat_reduced_rate"
    assert followed(Decimal("0.16"), CHANGE, LAW) == "vat_standard_rate"
    assert followed(Decimal("0.17"), CHANGE, LAW) == ""


def test_a_changed_rate_names_the_law_beside_the_tariff() -> None:
    loaded = line(CODE, vat=Decimal("0.17"), valid_from=BEGIN, source="gazette")
    tariff = over(Tariff({}), [Release(BEGIN, whole=False, lines=[loaded])], LAW)

    sources = [row.source for row in tariff.lines[CODE]]

    assert sources == ["gazette", "gazette; law of 2018-05-01", "gazette; law of 2026-07-01"]
