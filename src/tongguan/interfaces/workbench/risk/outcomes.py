"""What treatments found, by what selected them; what to end; whether firms are treated alike."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe
from msgspec import structs

from tongguan.domain.inspection.values import Finding
from tongguan.domain.parties.queries import known
from tongguan.domain.parties.values import CreditClass
from tongguan.domain.risk import approvals
from tongguan.domain.risk.commands import consult, consult_weak
from tongguan.domain.risk.criteria import Kind, Treatment
from tongguan.domain.risk.fields import Field
from tongguan.domain.risk.outcome_lists import PAGE_ROWS, Part, behind
from tongguan.domain.risk.outcomes import (
    Cut,
    fairness,
    hit_rates,
    missed,
    most_declared,
    most_used,
)
from tongguan.domain.risk.values import CriterionState, HitRate, PeerRow, Source
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.interfaces.pages import paging
from tongguan.interfaces.workbench.reader import today
from tongguan.interfaces.workbench.risk.names import coded
from tongguan.interfaces.workbench.risk.reader import (
    desk,
    hit_rate,
    numbers,
    people,
    percent,
    troubles,
)
from tongguan.interfaces.workbench.risk.wording import named
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

SPANS: Final = ((30, _("30 days")), (90, _("90 days")), (365, _("a year")))
CUTS: Final = (
    (Cut.SOURCE, _("What selected")),
    (Cut.PROFILE, _("Profile")),
    (Cut.MODEL, _("Model")),
    (Cut.OFFICE, _("Office")),
    (Cut.OFFICER, _("Officer")),
    (Cut.GOODS, _("Chapter of goods")),
)
CHARTED: Final = 20
FEW: Final = 6
PEERS_SHOWN: Final = 20
_NOTHING: Final = Decimal(0)
RETIRE: Final = timedelta(days=365)
VERDICTS: Final = {
    -1: _("inspected less than its peers"),
    0: _("no difference that counts"),
    1: _("inspected more than its peers"),
}


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show hit rates by one cut, what the random share finds, what to end, and fairness."""
    viewer, base = desk(request)
    now, day = utc_now(), today()
    days, cut = _days(request.GET), _cut(request.GET)
    since = now - timedelta(days=days)
    rates = hit_rates(cut, since=since, until=now)
    words = _names(cut, rates, viewer, now, day)
    rows = [
        {"key": rate.name, "name": words.get(rate.name, rate.name), **hit_rate(rate)}
        for rate in sorted(rates, key=lambda rate: (-rate.ended, rate.name))
    ]
    charted = [rate for rate in rates if rate.share is not None]
    charted = sorted(charted, key=lambda rate: -rate.ended)[:CHARTED]
    peers = fairness(since=since, until=now)
    of_year = now - RETIRE
    weak = consult_weak(since=of_year, until=now, by=viewer, now=now)
    context = {
        **base,
        "days": days,
        "spans": [(span, gettext(told)) for span, told in SPANS],
        "cut": str(cut),
        "cut_words": gettext(dict(CUTS)[cut]),
        "cuts": [(str(one), gettext(told)) for one, told in CUTS],
        "rows": rows,
        "chart": _chart(charted, words) if charted else None,
        "tall": len(charted) > FEW,
        "missed": [
            {"name": gettext(Treatment(rate.name).label), **hit_rate(rate)}
            for rate in missed(since=since, until=now)
        ],
        "retire": [
            {"id": row.criterion.id, "name": row.criterion.name, **hit_rate(rate)}
            for row, rate in weak
        ],
        "used": most_used(since=of_year, until=now),
        "peers": _peers(peers, day),
        "peers_all": len(peers),
        "declared": None if peers else most_declared(since=since, until=now),
    }
    return render(request, "workbench/risk/outcomes.html", context)


@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show the declarations behind one figure."""
    viewer, base = desk(request)
    now, asked = utc_now(), request.GET
    cut, days, name = _cut(asked), _days(asked), asked.get("name", "")
    part = next((one for one in Part if one.value == asked.get("part")), Part.MET)
    after = paging.row_of(asked.get("after", ""))
    since = now - timedelta(days=days)
    found = behind(cut, name, part, since=since, until=now, after=after)
    heads = numbers(row.declaration_id for row in found)
    known_people = people(name for row in found for name in row.officers)
    rate = HitRate(name, 0, 0, 0, _NOTHING, None, None, None)
    words = _names(cut, [rate], viewer, now, today())
    findings = {str(one): gettext(one.label) for one in Finding}
    context = {
        **base,
        "title": f"{words.get(name, name)}: {gettext(part.label)}",
        "under": gettext(dict(SPANS).get(days, "")),
        "back": f"{reverse('workbench:outcomes')}?cut={cut}&days={days}",
        "treated": True,
        "rows": [
            {
                "head": heads[row.declaration_id],
                "at": row.at,
                "treatment": gettext(Treatment(row.treatment).label) if row.treatment else "",
                "finding": "" if row.finding is None else findings.get(row.finding, row.finding),
                "found": bool(row.finding),
                "officers": ", ".join(known_people.get(one, one) for one in row.officers),
            }
            for row in found
            if row.declaration_id in heads
        ],
        "after": str(found[-1].id) if len(found) == PAGE_ROWS else "",
    }
    return render(request, "workbench/risk/behind.html", context)


@login_required
@require_POST
def retire(request: HttpRequest, criterion: int) -> HttpResponse:
    """Propose that a profile ends tomorrow; another analyst approves it."""
    viewer, _base = desk(request)
    if not viewer.is_(Role.RISK_ANALYST):
        raise PermissionDenied
    now = utc_now()
    rows = consult(kind=Kind.PROFILE, by=viewer, now=now, ids=[criterion])
    active = [row.criterion for row in rows if row.state is CriterionState.ACTIVE]
    try:
        for one in active:
            ending = structs.replace(one, valid_until=today() + timedelta(days=1))
            approvals.propose(criteria=[ending], by=viewer, now=now)
    except ProblemError as error:
        for fault in troubles(error):
            messages.error(request, f"{fault.detail} {fault.remedy}")
    else:
        messages.success(request, gettext("Its end is proposed. Another analyst approves it."))
    return redirect("workbench:profile", criterion)


def _names(
    cut: Cut, rates: Sequence[HitRate], viewer: Actor, now: datetime, day: date
) -> dict[str, str]:
    """Return what is told by in words; reading names of profiles stands in the ledger."""
    keys = [rate.name for rate in rates]
    if cut is Cut.SOURCE:
        return {str(one): gettext(one.label) for one in Source}
    if cut is Cut.OFFICE:
        return {key: named(key, day) for key in keys}
    if cut is Cut.OFFICER:
        return people(keys)
    if cut is Cut.PROFILE:
        ids = [int(key) for key in keys if key.isdecimal()]
        rows = consult(kind=Kind.PROFILE, by=viewer, now=now, ids=ids)
        return {str(row.criterion.id): f"{row.criterion.id} · {row.criterion.name}" for row in rows}
    return {key: key or "–" for key in keys}


def _chart(rates: Sequence[HitRate], words: dict[str, str]) -> dict[str, Any]:
    """Return shares with their intervals: a bar from low to high, and a mark at the share."""

    def of(figure: Any) -> float:
        return round(100 * float(figure or 0), 2)

    rates = rates[::-1]
    lows, highs = [of(rate.low) for rate in rates], [of(rate.high) for rate in rates]
    spans = [round(high - low, 2) for low, high in zip(lows, highs, strict=True)]
    quiet = {"type": "bar", "stack": "interval", "silent": True, "barMaxWidth": 12}
    clear = {"color": "transparent"}
    return {
        "grid": {"left": 8, "right": 24, "top": 8, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value", "min": 0, "axisLabel": {"formatter": "{value}%"}},
        "yAxis": {
            "type": "category",
            "data": [words.get(rate.name, rate.name) for rate in rates],
            "axisLabel": {"width": 150, "overflow": "truncate"},
        },
        "series": [
            {**quiet, "data": lows, "itemStyle": clear},
            {**quiet, "data": spans, "itemStyle": {"opacity": 0.35}},
            {
                "type": "scatter",
                "symbolSize": 9,
                "data": [of(rate.share) for rate in rates],
            },
        ],
    }


def _peers(rows: Sequence[PeerRow], day: date) -> list[dict[str, Any]]:
    shown = [row for row in rows if row.verdict][:PEERS_SHOWN] or list(rows[:PEERS_SHOWN])
    firms = known([row.trader for row in shown], day).answer()
    return [
        {
            "trader": row.trader,
            "name": firms[row.trader].name_zh if row.trader in firms else "",
            "peers": _group(row.peers, day),
            "declared": row.declared,
            "inspected": row.inspected,
            "share": percent(row.share),
            "interval": f"{percent(row.low)}–{percent(row.high)}",
            "others": percent(row.others_share),
            "verdict": row.verdict,
            "words": gettext(VERDICTS[row.verdict]),
        }
        for row in shown
    ]


def _group(peers: str, day: date) -> str:
    """Return a peer group in words: credit class, flow, chapter of goods."""
    credit, flow, *chapter = peers.split(" ")
    found = next((one for one in CreditClass if one.value == credit), None)
    [way] = coded(Field.FLOW, [flow], day)
    parts = ["" if found is None else gettext(found.label), way.english or flow]
    if chapter and chapter[0]:
        parts.append(gettext("chapter {number}").format(number=chapter[0]))
    return " · ".join(filter(None, parts))


def _days(asked: QueryDict) -> int:
    text = asked.get("days", "")
    return int(text) if text in {str(span) for span, _words in SPANS} else 90


def _cut(asked: QueryDict) -> Cut:
    return next((one for one in Cut if one.value == asked.get("cut")), Cut.SOURCE)
