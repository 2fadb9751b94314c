"""The parameters of one day that an assessment reads, gathered once."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from tongguan.domain.reference.values import Snapshot
from tongguan.domain.revenue.values import Source
from tongguan.kernel.money import Rounding

KEPT_DAYS: Final = 64


@dataclass(frozen=True, slots=True)
class Law:
    """What the law of one day says beyond tariff and exchange rates.

    Attributes:
        threshold: CNY a declaration and tax; what stays below is not levied.
        levy_full: levy modes by which all is levied.
        levy_shares: share of a tax that is levied on a certificate, by levy mode.
        levy_stated: levy modes whose share the certificate states.
        insurance_rate: share presumed where no insurance is known; `insurance_within`: of the
            insured sum itself.
    """

    value_rounding: Rounding
    tax_rounding: Rounding
    fee_rounding: Rounding
    threshold: Decimal
    levy_full: frozenset[str]
    levy_shares: dict[str, Decimal]
    levy_stated: frozenset[str]
    insurance_rate: Decimal
    insurance_within: bool
    insurance_source: Source
    late_days: int
    transit_request_days: int
    transit_declaration_days: int
    late_rate: Decimal
    late_threshold: Decimal
    undeclared_days: int
    late_source: Source


@lru_cache(maxsize=KEPT_DAYS)
def of(reference: Snapshot, day: date) -> Law:
    """Return the law of a day. Kept for the days asked last: a batch asks for one."""
    read = reference.parameters
    insurance = read.row("insurance_presumed", day)
    late = read.row("late_declaration_rate", day)
    return Law(
        value_rounding=Rounding(read.value("value_rounding", day)),
        tax_rounding=Rounding(read.value("tax_rounding", day)),
        fee_rounding=Rounding(read.value("fee_rounding", day)),
        threshold=read.decimal("tax_threshold", day),
        levy_full=frozenset(read.words("levy_full", day)),
        levy_stated=frozenset(read.words("levy_stated", day)),
        levy_shares=_shares(read.value("levy_shares", day)),
        insurance_rate=Decimal(insurance.value),
        insurance_within=read.value("insurance_presumed_within", day) == "yes",
        insurance_source=Source(insurance.source, insurance.valid_from),
        late_days=read.whole("late_declaration_days", day),
        transit_request_days=read.whole("transit_request_days", day),
        transit_declaration_days=read.whole("transit_declaration_days", day),
        late_rate=Decimal(late.value),
        late_threshold=read.decimal("late_declaration_threshold", day),
        undeclared_days=read.whole("undeclared_days", day),
        late_source=Source(late.source, late.valid_from),
    )


def _shares(words: str) -> dict[str, Decimal]:
    """Read `2:0.5 3:0`: levy mode and the share of a tax that it leaves."""
    pairs = (word.partition(":") for word in words.split())
    return {mode: Decimal(share) for mode, _, share in pairs}
