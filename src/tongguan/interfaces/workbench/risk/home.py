"""The risk desk today: what flows, what is full, what waits, what is amiss, who is watched."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from tongguan.domain.inspection.queries import load
from tongguan.domain.inspection.values import LoadRow
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.release.queries import unacknowledged
from tongguan.domain.risk.commands import consult_watched, consult_weak
from tongguan.domain.risk.criteria import Kind
from tongguan.domain.risk.lists import count_waiting
from tongguan.domain.risk.queries import criteria
from tongguan.domain.risk.today import PAGE_ROWS, accepted_on, broken_promises, flow
from tongguan.domain.risk.values import Channel, CriterionState
from tongguan.domain.risk.watch import alerts
from tongguan.facilities.accounts.values import SYSTEM, Actor
from tongguan.interfaces.pages import paging
from tongguan.interfaces.pages.shapes import Coded
from tongguan.interfaces.pages.wording import day as day_words
from tongguan.interfaces.workbench.reader import office, today
from tongguan.interfaces.workbench.risk.cards import figure
from tongguan.interfaces.workbench.risk.names import of_line
from tongguan.interfaces.workbench.risk.reader import PAGES, desk, numbers, percent
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

FLOW_DAYS: Final = 14
WATCHED: Final = timedelta(days=7)
WATCHED_MOST: Final = 50
SINCE: Final = timedelta(days=30)
RETIRE: Final = timedelta(days=365)
FULL: Final = 1
PATIENCE: Final = "acknowledge_minutes"
WAYS: Final = (
    (Channel.NONE, _("released at once")),
    (Channel.REVIEW, _("documents checked")),
    (Channel.INSPECTION, _("goods inspected")),
    (Channel.BOTH, _("both")),
)
"""The ways a declaration takes, as the desk calls them."""
ASKED: Final = (
    (Kind.PROFILE, _("Profiles that wait")),
    (Kind.SHARE, _("Random shares that wait")),
    (Kind.POLICY, _("Policies that wait")),
    (Kind.MODEL, _("Models that wait")),
)


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that somebody should look at, and where."""

    words: str
    url: str
    grave: bool = False


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show how the day goes."""
    viewer, base = desk(request)
    now, day = utc_now(), today()
    days, waiting = flow(day, days=FLOW_DAYS), count_waiting()
    context = {
        **base,
        "ways": _ways(days[-1][1]),
        "accepted": sum(days[-1][1].values()),
        "chart": _chart(days, now),
        "days": [
            (on, sum(counts.values()), [counts[way] for way, _words in WAYS])
            for on, counts in reversed(days)
        ],
        "way_words": [gettext(words) for _way, words in WAYS],
        "asked": [
            (gettext(words), reverse(PAGES[kind]), waiting[kind])
            for kind, words in ASKED
            if kind in waiting
        ],
        "alerts": list(_alerts(viewer, now, day)),
        "load": [_load(row, day) for row in load(day)],
        "watched": _watched(viewer, day, now),
    }
    return render(request, "workbench/risk/home.html", context)


@login_required
@require_safe
def accepted(request: HttpRequest, channel: str) -> HttpResponse:
    """Show today's declarations that took a way, the latest first."""
    _viewer, base = desk(request)
    way = next((one for one in Channel if one.value == channel), None)
    if way is None:
        raise Http404
    asked = request.GET.get("after", "")
    after = paging.moment_of(asked)
    found = accepted_on(today(), way, after=after)
    heads = numbers(id_ for id_, _at in found)
    context = {
        **base,
        "title": gettext("Accepted today: {way}").format(way=gettext(dict(WAYS)[way])),
        "back": reverse("workbench:risk"),
        "rows": [{"head": heads[id_], "at": at} for id_, at in found if id_ in heads],
        "after": found[-1][1].isoformat() if len(found) == PAGE_ROWS else "",
    }
    return render(request, "workbench/risk/behind.html", context)


def _ways(counts: Mapping[Channel, int]) -> list[tuple[str, str, int, str]]:
    whole = sum(counts.values())
    return [
        (
            gettext(words),
            reverse("workbench:accepted_today", args=[str(way)]),
            counts[way],
            percent(Decimal(counts[way]) / whole) if whole else "",
        )
        for way, words in WAYS
    ]


def _chart(days: Sequence[tuple[date, Mapping[Channel, int]]], now: datetime) -> dict[str, Any]:
    return {
        "tooltip": {"trigger": "axis"},
        "legend": {"top": 0},
        "grid": {"left": 40, "right": 8, "top": 56, "bottom": 24},
        "xAxis": {"type": "category", "data": [day_words(on, now=now) for on, _counts in days]},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": [
            {
                "type": "bar",
                "stack": "all",
                "name": gettext(words),
                "data": [counts[way] for _on, counts in days],
            }
            for way, words in WAYS
        ],
    }


def _alerts(viewer: Actor, now: datetime, day: date) -> Iterator[Alert]:
    for broken, on in broken_promises(day):
        words = gettext(broken.label).format(day=day_words(on))
        yield Alert(words, reverse("workbench:promises"), grave=True)
    minutes = snapshot().parameters.whole(PATIENCE, day)
    late = unacknowledged(before=now - timedelta(minutes=minutes))
    if late:
        count = len(late)
        words = ngettext(
            "{count} release order waits longer than {minutes} minutes for its site",
            "{count} release orders wait longer than {minutes} minutes for their sites",
            count,
        )
        told = f"{count}+" if count == PAGE_ROWS else count
        url = reverse("workbench:case", args=[late[0].declaration_id])
        yield Alert(words.format(count=told, minutes=minutes), url, grave=True)
    for row, rate in consult_weak(since=now - RETIRE, until=now, by=viewer, now=now):
        words = gettext("{name} found {found} in {ended}: end it?").format(
            name=row.criterion.name, found=rate.found, ended=rate.ended
        )
        yield Alert(words, reverse("workbench:outcomes"))
    for seen in alerts(since=day - WATCHED, viewer=viewer):
        words = (
            gettext("Model {name} was withdrawn on {day}: {figures}")
            if seen.withdrawn
            else gettext("Model {name} passed its bounds on {day}: {figures}")
        )
        figures = ", ".join(figure(one) for one in seen.passed)
        told = words.format(name=seen.name, day=day_words(seen.day, now=now), figures=figures)
        yield Alert(told, reverse("workbench:model_cards"), grave=True)
    for row in criteria(Kind.MODEL):
        if row.state is CriterionState.SUSPENDED and row.by != SYSTEM.name:
            words = gettext("Model {name} is out of use: {why}")
            told = words.format(name=row.criterion.name, why=row.why or "–")
            yield Alert(told, reverse("workbench:model_cards"), grave=True)


def _load(row: LoadRow, day: date) -> dict[str, Any]:
    site = snapshot().region.site(row.site, day) if row.site else None
    share = row.share
    return {
        "place": office(row.office, day)
        if site is None
        else Coded(site.code, site.name_zh, site.name_en),
        "waiting": row.waiting,
        "done": row.done,
        "a_day": row.a_day,
        "share": percent(share) if share is not None else "",
        "width": min(100, round(100 * share)) if share is not None else 0,
        "full": share is not None and share >= FULL,
        "source": row.source,
    }


def _watched(viewer: Actor, day: date, now: datetime) -> list[dict[str, Any]]:
    rows = consult_watched(day=day, since=now - SINCE, by=viewer, now=now)[:WATCHED_MOST]
    heads = numbers(row.last for row in rows if row.last is not None)
    return [
        {
            "name": row.name,
            "field": of_line(row.field),
            "profile": row.profile,
            "hits": row.hits,
            "last_at": row.last_at,
            "head": None if row.last is None else heads.get(row.last),
            "seen_as": row.seen_as if row.seen_as != row.name else "",
        }
        for row in rows
    ]
