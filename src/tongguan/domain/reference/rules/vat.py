"""VAT of loaded tariffs through changes of the law.

A published tariff states the rate of its first day. Source: VAT Law (2024), ch. 2, and the laws
before it: the standard and the reduced rate change for all goods that have them; which goods are
exempt, or on a list of their own, does not follow from a change of these. Our reading.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from tongguan.domain.reference.values import TariffLine
from tongguan.kernel.time import DatedValue, Timeline

Timelines = Mapping[str, Timeline[DatedValue]]

CLASSES: Final = ("vat_standard_rate", "vat_reduced_rate")
"""Parameters that a stated rate follows where it is theirs on the first day of the tariff."""
LISTED: Final = "vat_rates"
"""Rates of the law: one that no parameter explains holds while it is among them."""


class Span(NamedTuple):
    """A rate of VAT and the days on which it holds; `source` is the law's, where it is known."""

    rate: Decimal | None
    valid_from: date
    valid_until: date | None
    source: str = ""


def followed(rate: Decimal, since: date, timelines: Timelines) -> str:
    """Return the parameter that a stated rate follows from a day on; empty where none."""
    for name in CLASSES:
        row = timelines[name].find(since) if name in timelines else None
        if row is not None and Decimal(row.value) == rate:
            return name
    return ""


def stated(rate: Decimal, since: date, timelines: Timelines) -> tuple[Span, ...]:
    """Return what a stated rate becomes from a day on.

    The standard and the reduced rate follow the law. Another one holds while the law has it: after
    that the rate is not known.
    """
    name = followed(rate, since, timelines)
    timeline = timelines.get(name or LISTED)
    if timeline is None:
        return (Span(rate, since, None),)

    def on(day: date) -> tuple[Decimal | None, str]:
        row = timeline.find(day)
        if row is None:
            return None, ""
        if name:
            return Decimal(row.value), row.source
        return (rate if rate in map(Decimal, row.value.split()) else None), row.source

    return tuple(_spans(since, timeline.rows, on))


def inherited(since: date, before: Sequence[TariffLine]) -> tuple[Span, ...]:
    """Return the VAT of a row that states none: that of the rows it stands before."""

    def on(day: date) -> tuple[Decimal | None, str]:
        for row in before:
            if row.valid_from <= day and (row.valid_until is None or day < row.valid_until):
                return row.vat, row.source
        return None, ""

    return tuple(_spans(since, before, on))


def with_vat(line: TariffLine, spans: Sequence[Span]) -> Iterator[TariffLine]:
    """Yield a loaded line once for each rate of VAT, with the source of one it does not state."""
    for span in spans:
        by_law = span.source and span.rate != line.vat
        source = f"{line.source}; {span.source}" if by_law else line.source
        yield line._replace(
            vat=span.rate, valid_from=span.valid_from, valid_until=span.valid_until, source=source
        )


def _spans(
    since: date,
    rows: Iterable[DatedValue | TariffLine],
    on: Callable[[date], tuple[Decimal | None, str]],
) -> Iterator[Span]:
    """Yield one span after the other from a day on, without a hole."""
    days = {since}
    for row in rows:
        days.update(
            day for day in (row.valid_from, row.valid_until) if day is not None and day > since
        )
    ordered = sorted(days)
    begun, (rate, source) = since, on(since)
    for day in ordered[1:]:
        then, law = on(day)
        if then != rate:
            yield Span(rate, begun, day, source)
            begun, rate, source = day, then, law
    yield Span(rate, begun, None, source)
