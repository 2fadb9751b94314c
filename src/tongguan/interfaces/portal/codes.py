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
    return {
        table: [(code, _named(zh, en)) for code, zh, en in _rows(table, day)] for table in WHOLE
    }


class Names:
    """The lists of a day, read by code or by name; each list is gone through once."""

    def __init__(self, day: date) -> None:
        """Take the day."""
        self._day = day
        self._lists: dict[str, dict[str, set[str]]] = {}

    def code(self, table: str, typed: str) -> str:
        """Return the code that was typed, or the one whose name was.

        A name is the whole name of one code, in either language, whatever its case and blanks.
        Where two codes bear it, or none does, what was typed stays, in capitals.
        """
        if table not in self._lists:
            self._lists[table] = _by_name(table, self._day)
        found = self._lists[table].get(_folded(typed), set())
        return next(iter(found)) if len(found) == 1 else typed.upper()


def _by_name(table: str, day: date) -> dict[str, set[str]]:
    """Return the codes of a list by each name; a code stands for itself whatever bears its name."""
    rows, found = _rows(table, day), dict[str, set[str]]()
    for code, *told in rows:
        for name in filter(None, map(_folded, told)):
            found.setdefault(name, set()).add(code)
    return found | {_folded(code): {code} for code, *_told in rows}


def _folded(name: str) -> str:
    """Return a name by which two spellings of it are the same."""
    return "".join(name.split()).casefold()


def _rows(table: str, day: date) -> list[tuple[str, str, str]]:
    """Return code and names of each row of a list in force on a day."""
    law = snapshot()
    if table == "offices":
        return [(row.code, row.name_zh, row.name_en) for row in law.region.offices(day)]
    if table == "sites":
        return [(row.code, row.name_zh, row.name_en) for row in law.region.sites(day)]
    return [(row.code, row.name_zh, row.name_en) for row in law.codes.rows(table, day)]


def _named(chinese: str, english: str) -> str:
    if (get_language() or "").startswith("zh") or english in {"", chinese}:
        return chinese
    return f"{english} {chinese}"
