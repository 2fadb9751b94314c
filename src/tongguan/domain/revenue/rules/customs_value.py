"""From the price to the customs value, in CNY, before rounding.

Import: the price with freight and insurance to the place of import. Export: the price free on
board without export duty. Source: Customs Law, art. 55; Orders 148 and 213.
"""

from collections.abc import Sequence
from decimal import Decimal

from tongguan.kernel.money import FEN

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)
KG_A_TONNE = Decimal(1000)


def total(amount: Decimal, exchange: Decimal) -> Decimal:
    """Return a cost declared as one sum (mark 3)."""
    return amount * exchange


def percent(rate: Decimal, base: Decimal) -> Decimal:
    """Return a cost declared in per cent of its base (mark 1).

    The base is the price; for insurance the price with freight.
    """
    return base * rate / HUNDRED


def per_tonne(amount: Decimal, exchange: Decimal, gross_kg: Decimal) -> Decimal:
    """Return freight declared for each tonne (mark 2); our reading: of gross mass."""
    return amount * exchange * gross_kg / KG_A_TONNE


def presumed_insurance(base: Decimal, rate: Decimal) -> Decimal:
    """Return the insurance that the law presumes where none is known: a share of the base.

    Args:
        base: price with freight.
        rate: share of 1, 0.003. Source (unverified): Order 213.
    """
    return base * rate


def presumed_insurance_within(base: Decimal, rate: Decimal) -> Decimal:
    """Return the presumed insurance where it counts as a share of the insured sum itself."""
    return base * rate / (ONE - rate)


def import_value(price: Decimal, exchange: Decimal, costs: Decimal) -> Decimal:
    """Return the value of an imported line: its price and costs, in CNY; never below zero."""
    return max(price * exchange + costs, ZERO)


def export_value(price: Decimal, exchange: Decimal, costs: Decimal, rate: Decimal) -> Decimal:
    """Return the value of an exported line: free on board, without export duty, never below zero.

    Args:
        price: as sold, in its currency.
        exchange: CNY for one unit of the currency.
        costs: the line's share of freight and insurance in the price, CNY, below zero.
        rate: export duty, a share of 1.

    >>> export_value(Decimal(1000000), Decimal(1), Decimal(0), Decimal("0.2")).quantize(ONE)
    Decimal('833333')
    """
    return max((price * exchange + costs) / (ONE + rate), ZERO)


def apportion(
    costs: Decimal, weights: Sequence[Decimal], contents: Sequence[bytes] = ()
) -> list[Decimal]:
    """Share costs over lines by their value, in whole fen, by largest remainder.

    The shares add up to `costs` exactly, none has another sign than `costs`, and none is more than
    a fen off its exact part. Of equal remainders the smaller content goes first, so that the order
    of the lines decides nothing. What is less than a fen of the whole stays with the next line.
    Without any value the lines share equally. One line bears everything.

    Args:
        costs: CNY; below zero for what is taken out of prices.
        weights: value of each line, CNY, none below zero.
        contents: what each line says, without its number.

    >>> apportion(Decimal("10.00"), [Decimal(1), Decimal(1), Decimal(1)])
    [Decimal('3.34'), Decimal('3.33'), Decimal('3.33')]
    """
    if len(weights) == 1:
        return [costs]
    if not costs:
        return [costs] * len(weights)
    parts = _whole_numbers(weights)
    whole = sum(parts)
    if not whole:
        parts, whole = [1] * len(weights), len(weights)
    [scaled, a_fen] = _whole_numbers((abs(costs), FEN))
    shares, remainders = [], []
    for part in parts:
        share, remainder = divmod(scaled * part, a_fen * whole)
        shares.append(share)
        remainders.append(remainder)
    left = scaled // a_fen - sum(shares)
    order = sorted(
        range(len(parts)),
        key=lambda at: (-remainders[at], contents[at] if contents else b"", at),
    )
    for at in order[:left]:
        shares[at] += 1
    sign = ONE.copy_sign(costs)
    found = [sign * share * FEN for share in shares]
    found[order[left % len(order)]] += costs - sum(found)
    return found


def _whole_numbers(weights: Sequence[Decimal]) -> list[int]:
    """Return numbers in the same proportions, without a point: they divide exactly."""
    places = max((-int(weight.as_tuple().exponent) for weight in weights), default=0)
    return [int(weight.scaleb(max(places, 0))) for weight in weights]
