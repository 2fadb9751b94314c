"""Code lists to choose from while one types."""

from datetime import date
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tongguan.domain.reference.queries import snapshot
from tongguan.kernel.time import utc_now
from tongguan.processes.lodgement.decide import local_day

MOST: Final = 20
SEARCHED: Final = frozenset({"commodities", "domestic_ports", "foreign_ports", "domestic_regions"})
WHOLE: Final = (
    "offices",
    "sites",
    "transport_modes",
    "countries",
    "currencies",
    "units",
    "delivery_terms",
    "packaging",
    "supervision_modes",
    "levy_natures",
    "levy_modes",
)

Choice = tuple[str, str]


@login_required
@require_safe
def part(request: HttpRequest, table: str) -> HttpResponse:
    """Return the codes of a long list that fit what is typed, at the most twenty."""
    if table not in SEARCHED:
        raise Http404
    typed = str(next(iter(request.GET.values()), ""))
    found = search(table, typed, local_day(utc_now()))
    return render(request, "portal/choices.html", {"choices": found})


def search(table: str, typed: str, day: date) -> list[Choice]:
    """Return codes that begin with what is typed, or whose name holds it."""
    wanted = typed.strip().lower()
    if not wanted:
        return []
    if table == "commodities":
        lines = snapshot().tariff.search(wanted.replace(".", ""), day, limit=MOST)
        return [(row.code, _named(row.name, row.name_en)) for row in lines]
    rows = snapshot().codes.rows(table, day)
    fits = (
        (row.code, _named(row.name_zh, row.name_en))
        for row in rows
        if row.code.lower().startswith(wanted)
        or wanted in row.name_zh
        or wanted in row.name_en.lower()
    )
    return [found for found, _place in zip(fits, range(MOST), strict=False)]


def whole(day: date) -> dict[str, list[Choice]]:
    """Return the short lists, by name."""
    found = {}
    law = snapshot()
    for table in WHOLE:
        if table == "offices":
            rows = [(row.code, row.name_zh, row.name_en) for row in law.region.offices(day)]
        elif table == "sites":
            rows = [(row.code, row.name_zh, row.name_en) for row in law.region.sites(day)]
        else:
            rows = [(row.code, row.name_zh, row.name_en) for row in law.codes.rows(table, day)]
        found[table] = [(code, _named(zh, en)) for code, zh, en in rows]
    return found


def _named(chinese: str, english: str) -> str:
    if (get_language() or "").startswith("zh") or not english:
        return chinese
    return f"{english} {chinese}"
