"""Commitments to seeds and to criteria, as anybody may note them before the day they are for.

Hashes and moments only: no seed, no salt, no criterion.
"""

from datetime import date, datetime, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from msgspec import Struct, json

from tongguan.domain.risk.published import commitments, seeds
from tongguan.kernel.time import LOCAL, utc_now

SHOWN_DAYS: Final = 30
LISTED_DAYS: Final = 366
FORMAT: Final = 1


class Commitment(Struct, frozen=True):
    """A hash and the moment it was committed to."""

    commitment: str
    committed_at: datetime


class Day(Struct, frozen=True):
    """What was committed to for one day; `late` where the seed was not, before the day began."""

    day: date
    seed: Commitment | None
    late: bool
    criteria: tuple[Commitment, ...]


class Listed(Struct, frozen=True):
    """The days, latest first."""

    format: int
    days: tuple[Day, ...]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the commitments of the last days, of today and of tomorrow."""
    return render(request, "public/commitments.html", {"days": _days(SHOWN_DAYS)})


@require_safe
def as_json(_request: HttpRequest) -> HttpResponse:
    """Give the commitments of a year as JSON."""
    listed = Listed(FORMAT, _days(LISTED_DAYS))
    return HttpResponse(json.encode(listed), content_type="application/json")


def _days(count: int) -> tuple[Day, ...]:
    """Return tomorrow and so many days before it, those without a commitment left out."""
    last = utc_now().astimezone(LOCAL).date() + timedelta(days=1)
    first = last - timedelta(days=count)
    of_seeds = {row.day: row for row in seeds(first, last)}
    criteria: dict[date, list[Commitment]] = {}
    for day, row in commitments(first, last):
        criteria.setdefault(day, []).append(Commitment(row.commitment, row.published_at))
    found = []
    for day in sorted({*of_seeds, *criteria}, reverse=True):
        seed = of_seeds.get(day)
        found.append(
            Day(
                day,
                None if seed is None else Commitment(seed.commitment, seed.committed_at),
                seed is None or seed.committed_at.astimezone(LOCAL).date() >= day,
                tuple(criteria.get(day, ())),
            )
        )
    return tuple(found)
