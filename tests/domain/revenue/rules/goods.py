"""Declarations of one line of goods, and laws that tax them."""

from datetime import date
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from tests.domain.declarations.samples import sound
from tests.domain.law import law, line
from tongguan.domain.declarations.values import Line, Submission
from tongguan.domain.reference.values import Levy, Measure, Snapshot
from tongguan.domain.revenue.values import Assessment

GOODS = "3304990039"


def declared(total: str, currency: str = "CNY", **changes: Any) -> Submission:
    """Return a declaration of one line of `GOODS` at this price."""
    one = Line(
        number=1,
        commodity=GOODS,
        total=Decimal(total),
        currency=currency,
        origin="DEU",
        levy_mode="1",
    )
    return sound(lines=(replace(one, **changes),))


def at_rates(*measures: Measure, **rates: str | None) -> Snapshot:
    """Return the law with these rates and measures for `GOODS`, and the dollar at 7.1052."""
    decimals = {name: None if rate is None else Decimal(rate) for name, rate in rates.items()}
    return law(lines=(line(GOODS, **decimals),), measures=measures)


def measure(levy: Levy, rate: str, *, origin: str = "", unit: str = "", each: int = 1) -> Measure:
    """Return a measure on `GOODS`."""
    since = date(2020, 1, 1)
    return Measure(GOODS, levy, origin, Decimal(rate), unit, Decimal(each), since, None, "a notice")


def amounts(assessment: Assessment) -> dict[str, str]:
    """Return what is levied, by tax, and the value."""
    levied = {total.tax: str(total.levied) for total in assessment.totals}
    return {"value": str(assessment.value), **levied}
