"""Duty computed a second time, plainly, in fractions: no code of the product is used here.

It follows the formulas of the law line by line: value, duty, trade remedies, consumption tax, value
added tax, each rounded half up to the fen, each tax below the threshold left out; then the fee for
declaring late. Days lie where no holiday is, so that Saturdays and Sundays alone are free.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import floor

FEN = Fraction(1, 100)
ORDER = ("DUTY", "ANTI_DUMPING", "COUNTERVAILING", "SAFEGUARD", "CONSUMPTION", "VAT")


class TieError(Exception):
    """Two lines of different content have the same claim to an odd fen: no plain answer."""


@dataclass(frozen=True)
class Cost:
    """Freight, insurance or another cost: 1 per cent, 2 by the tonne, 3 a sum."""

    mark: int
    rate: Fraction
    currency: str


@dataclass(frozen=True)
class Rates:
    """What the law levies on one commodity; `remedies` are tax, origin and rate."""

    general: Fraction
    mfn: Fraction
    export: Fraction
    consumption: Fraction
    vat: Fraction
    duty_each: tuple[Fraction, Fraction] | None = None
    consumption_each: tuple[Fraction, Fraction] | None = None
    remedies: tuple[tuple[str, str, Fraction], ...] = ()


@dataclass(frozen=True)
class Goods:
    """One line: content is all it says beside its number."""

    code: str
    price: Fraction
    currency: str
    origin: str
    mode: str
    litres: Fraction
    own: tuple[tuple[str, Cost], ...] = ()


@dataclass(frozen=True)
class Days:
    """When a declaration was accepted and how its goods came; None: not known yet."""

    accepted: date
    transport: date | None = None
    transit: bool = False
    reached: date | None = None

    @property
    def of_rates(self) -> date:
        """Return the day whose rates apply."""
        came = self.reached if self.transit else self.transport
        return max(self.accepted, came) if came else self.accepted

    @property
    def late(self) -> int:
        """Return for how many days a fee is due: from day fifteen to the day of acceptance."""
        since = self.transport
        if self.transit and self.reached and self.reached <= self.accepted:
            since = self.reached
        if since is None:
            return 0
        first = since + timedelta(days=15)
        last = min(self.accepted, since + timedelta(days=90))
        if last < first:
            return 0
        while first.weekday() > 4:
            first += timedelta(days=1)
        return max((last - first).days + 1, 0)


@dataclass(frozen=True)
class Case:
    """One declaration with the law that it is under."""

    importing: bool
    terms: str
    gross_kg: Fraction
    costs: dict[str, Cost]
    goods: tuple[Goods, ...]
    rates: dict[str, Rates]
    exchange: dict[str, Fraction]
    whole_yuan: bool
    insurance: Fraction
    insurance_within: bool
    threshold: Fraction
    days: Days
    vat_from: date
    vat_then: Fraction
    certificate: frozenset[str] | None
    general_origins: frozenset[str] = frozenset({"ZZZ"})


@dataclass
class Owed:
    """What a declaration owes: values and taxes by line, and each tax over all lines."""

    values: list[Fraction] = field(default_factory=list)
    taxes: dict[str, dict[int, Fraction]] = field(default_factory=dict)
    levied: dict[str, Fraction] = field(default_factory=dict)


def rounded(amount: Fraction, unit: Fraction = FEN) -> Fraction:
    return floor(amount / unit + Fraction(1, 2)) * unit


def owed(case: Case) -> Owed:
    """Return what a declaration owes."""
    result = Owed(values=_values(case))
    if not case.importing:
        _levy(
            case,
            result,
            "EXPORT_DUTY",
            {
                at: result.values[at] * case.rates[one.code].export
                for at, one in enumerate(case.goods)
                if case.rates[one.code].export
            },
        )
        return result
    base = list(result.values)
    for tax in ORDER:
        found: dict[int, Fraction] = {}
        for at, one in enumerate(case.goods):
            amount = _tax(tax, one, case, result.values[at], base[at])
            if amount is not None:
                found[at] = amount
        _levy(case, result, tax, found)
        for at, amount in result.taxes.get(tax, {}).items():
            base[at] += amount
    fee = floor(sum(result.values) * Fraction(5, 10_000) * case.days.late)
    if fee >= 50:
        result.levied["LATE_DECLARATION"] = Fraction(fee)
    return result


def _tax(tax: str, one: Goods, case: Case, value: Fraction, base: Fraction) -> Fraction | None:
    rates = case.rates[one.code]
    if tax == "DUTY":
        if one.origin in case.general_origins:
            return value * rates.general
        amount = value * rates.mfn
        if rates.duty_each:
            amount += one.litres * rates.duty_each[0] / rates.duty_each[1]
        return amount
    if tax == "CONSUMPTION":
        each = rates.consumption_each
        if not rates.consumption and not each:
            return None
        by_quantity = one.litres * each[0] / each[1] if each else Fraction(0)
        share = rates.consumption
        return (base + by_quantity) / (1 - share) * share + by_quantity
    if tax == "VAT":
        later = case.days.of_rates >= case.vat_from
        return base * (case.vat_then if later else rates.vat)
    of_origin = [
        rate for kind, origin, rate in rates.remedies if (kind, origin) == (tax, one.origin)
    ]
    return value * sum(of_origin) if of_origin else None


def _levy(case: Case, result: Owed, tax: str, found: dict[int, Fraction]) -> None:
    if not found:
        return
    exact = {at: rounded(amount * _left(case, at, tax)) for at, amount in found.items()}
    total = sum(exact.values(), Fraction(0))
    if total < case.threshold:
        exact = dict.fromkeys(exact, Fraction(0))
        total = Fraction(0)
    result.taxes[tax] = exact
    result.levied[tax] = total


def _left(case: Case, at: int, tax: str) -> Fraction:
    """Return the share of a tax that the levy mode of a line leaves.

    Half by modes 2 and 8, nothing by 3 and 9, what the certificate states by 4 and 5: of the taxes
    that the certificate frees, and of none without one. Only 3 and 9 free of consumption tax.
    """
    if case.certificate is None or tax.replace("EXPORT_", "") not in case.certificate:
        return Fraction(1)
    if tax == "CONSUMPTION" and case.goods[at].mode not in "39":
        return Fraction(1)
    half, stated = Fraction(1, 2), Fraction(2, 5)
    modes = {"2": half, "8": half, "3": 0 * half, "9": 0 * half, "4": stated, "5": stated}
    return modes.get(case.goods[at].mode, Fraction(1))


def _values(case: Case) -> list[Fraction]:
    prices = [one.price * case.exchange[one.currency] for one in case.goods]
    own = [dict(one.own) for one in case.goods]
    sign = 1 if case.importing else -1
    goods = sum(prices, Fraction(0))
    counts = _counts(case)
    freight = Fraction(0)
    if counts["freight"] and "freight" in case.costs:
        freight = _amount(case, case.costs["freight"], goods, case.gross_kg)
    own_freight = [
        _own(case, one, "freight", price) for one, price in zip(own, prices, strict=True)
    ]
    insured = list(prices)
    if case.importing:
        insured = [
            price + mine + freight * price / goods
            for price, mine in zip(prices, own_freight, strict=True)
        ]
    insurance, by_insured, presumed = _insurance(case, own, insured)
    by_price = sign * freight + (Fraction(0) if by_insured else sign * insurance)
    if "other" in case.costs:
        by_price += _amount(case, case.costs["other"], goods, case.gross_kg)
    shares = _shares(by_price, prices, case.goods)
    if by_insured:
        more = _shares(sign * insurance, insured, case.goods)
        shares = [one + two for one, two in zip(shares, more, strict=True)]
    unit = Fraction(1) if case.whole_yuan else FEN
    found = []
    for at, one in enumerate(own):
        mine = own_freight[at] + _own(case, one, "insurance", insured[at])
        if presumed and "insurance" not in one:
            mine += _presumed(case, insured[at])
        sum_ = prices[at] + shares[at] + sign * mine + _own(case, one, "other", prices[at])
        if not case.importing:
            sum_ /= 1 + case.rates[case.goods[at].code].export
        found.append(rounded(max(sum_, Fraction(0)), unit))
    return found


def _counts(case: Case) -> dict[str, bool]:
    """Return which costs the terms leave out of an import's price, or put into an export's."""
    price_has = {
        "1": (True, True),
        "2": (True, False),
        "3": (False, False),
        "4": (False, True),
        "7": (False, False),
    }[case.terms]
    found = dict(zip(("freight", "insurance"), price_has, strict=True))
    return {kind: has is not case.importing for kind, has in found.items()}


def _insurance(
    case: Case, own: list[dict[str, Cost]], insured: list[Fraction]
) -> tuple[Fraction, bool, bool]:
    """Return insurance of the whole, whether it follows the sums insured, and if lines presume it.

    It follows them where it is a part of them and some line has freight of its own. Lines presume
    it where some line states its own and the whole states none.
    """
    total, follows = sum(insured, Fraction(0)), any("freight" in one for one in own)
    if not _counts(case)["insurance"]:
        return Fraction(0), False, False
    if "insurance" in case.costs:
        cost = case.costs["insurance"]
        by_insured = follows and cost.mark == 1 and case.importing
        return _amount(case, cost, total, case.gross_kg), by_insured, False
    if not case.importing:
        return Fraction(0), False, False
    if any("insurance" in one for one in own):
        return Fraction(0), False, True
    return _presumed(case, total), follows, False


def _presumed(case: Case, insured: Fraction) -> Fraction:
    presumed = insured * case.insurance
    return presumed / (1 - case.insurance) if case.insurance_within else presumed


def _own(case: Case, own: dict[str, Cost], kind: str, base: Fraction) -> Fraction:
    return _amount(case, own[kind], base, Fraction(0)) if kind in own else Fraction(0)


def _amount(case: Case, cost: Cost, base: Fraction, gross_kg: Fraction) -> Fraction:
    if cost.mark == 1:
        return base * cost.rate / 100
    sum_ = cost.rate * case.exchange[cost.currency]
    return sum_ * gross_kg / 1000 if cost.mark == 2 else sum_


def _shares(total: Fraction, prices: list[Fraction], goods: tuple[Goods, ...]) -> list[Fraction]:
    """Share a sum in whole fen, by largest remainder; less than a fen goes to the next line."""
    if len(prices) == 1 or not total:
        return [total] + [Fraction(0)] * (len(prices) - 1)
    sign = -1 if total < 0 else 1
    whole, exact = abs(total), sum(prices, Fraction(0))
    parts = [whole * price / exact for price in prices]
    shares = [floor(part / FEN) * FEN for part in parts]
    remainders = [part - share for part, share in zip(parts, shares, strict=True)]
    left = floor(whole / FEN) - floor(sum(shares) / FEN)
    order = sorted(range(len(parts)), key=lambda at: (-remainders[at], str(goods[at])))
    rest = whole - floor(whole / FEN) * FEN
    for cut in {left, left + 1 if rest else left}:
        if 0 < cut < len(order):
            before, after = order[cut - 1], order[cut]
            alike = {goods[at] for at in order if remainders[at] == remainders[before]}
            if remainders[before] == remainders[after] and len(alike) > 1:
                raise TieError
    for at in order[:left]:
        shares[at] += FEN
    shares[order[left % len(order)]] += rest
    return [sign * share for share in shares]
