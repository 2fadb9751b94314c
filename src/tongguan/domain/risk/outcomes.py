"""How well selection does: hit rates with their intervals, what to retire, fairness, trials."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from tongguan.domain.reference.queries import snapshot
from tongguan.domain.risk.criteria import Kind, Profile
from tongguan.domain.risk.models import Selected
from tongguan.domain.risk.queries import criteria, remembered
from tongguan.domain.risk.rules.matcher import Matcher
from tongguan.domain.risk.rules.rates import verdict, wilson
from tongguan.domain.risk.values import (
    CriterionRow,
    CriterionState,
    HitRate,
    PeerRow,
    Reach,
    Trial,
)
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.text import Term, _
from tongguan.kernel.time import LOCAL

TRIED_MOST: Final = 50_000
EXAMPLES: Final = 20
COMPARED_LEAST: Final = 20
"""Of fewer declarations in a peer group an enterprise is not compared with the others."""
_RETIRE_USES: Final = "retire_after"
_RETIRE_SHARE: Final = "retire_below"
_HOURS: Final = "treatment_hours"
_CENT: Final = Decimal("0.01")
_SHARE: Final = Decimal("0.0001")


class Cut(Term):
    """What hit rates are told by."""

    PROFILE = "profile", _("profile")
    SOURCE = "source", _("source")
    MODEL = "model", _("model")
    OFFICE = "office", _("office")
    OFFICER = "officer", _("officer")
    GOODS = "goods", _("chapter of goods")


# A reason for goods ended as the inspection did, whichever treatment was recorded.
_ENDED: Final = """
    LEFT JOIN risk_outcome AS outcome
        ON outcome.declaration_id = reached.declaration_id AND reached.acted
        AND (outcome.treatment = 'documents') = (reached.treatment = 'documents')
"""
_SELECTED: Final = """
    JOIN risk_selected AS selected ON selected.declaration_id = reached.declaration_id
"""
_OF_REASONS: Final = """
    SELECT {name}, count(DISTINCT reached.declaration_id), count(outcome.id),
           count(outcome.id) FILTER (WHERE outcome.finding <> ''),
           coalesce(sum(outcome.value_effect), 0)
    FROM risk_reached AS reached {ended}
    WHERE reached.at >= %(since)s AND reached.at < %(until)s AND {where}
    GROUP BY 1 ORDER BY 1
"""
_OF_OUTCOMES: Final = """
    SELECT {name}, count(DISTINCT outcome.declaration_id), count(*),
           count(*) FILTER (WHERE outcome.finding <> ''), sum(outcome.value_effect)
    FROM risk_outcome AS outcome {joined}
    WHERE outcome.at >= %(since)s AND outcome.at < %(until)s
    GROUP BY 1 ORDER BY 1
"""
_STATEMENTS: Final = {
    Cut.PROFILE: _OF_REASONS.format(
        name="reached.criterion", ended=_ENDED, where="reached.source = 'profile'"
    ),
    Cut.SOURCE: _OF_REASONS.format(name="reached.source", ended=_ENDED, where="TRUE"),
    Cut.MODEL: _OF_REASONS.format(
        name="selected.selection ->> 'model_version'",
        ended=_ENDED + _SELECTED,
        where="reached.source = 'model'",
    ),
    Cut.OFFICE: _OF_OUTCOMES.format(name="outcome.office", joined=""),
    Cut.OFFICER: _OF_OUTCOMES.format(
        name="officer.name",
        joined="CROSS JOIN jsonb_array_elements_text(outcome.officers) AS officer (name)",
    ),
    Cut.GOODS: _OF_OUTCOMES.format(
        name="split_part(selected.peers, ' ', 3)",
        joined="JOIN risk_selected AS selected USING (declaration_id)",
    ),
}
_MODEL_BY_GROUP: Final = _OF_REASONS.format(
    name="selected.peers",
    ended=_ENDED + _SELECTED,
    where="reached.source = 'model'",
)
_MISSED: Final = _OF_REASONS.format(
    name="reached.treatment",
    ended=_ENDED,
    where="""reached.source IN ('random', 'exploration') AND NOT EXISTS (
        SELECT 1 FROM risk_reached AS other
        WHERE other.declaration_id = reached.declaration_id AND other.acted
            AND other.source IN ('profile', 'model')
    )""",
)
_OF_PROFILES: Final = _OF_REASONS.format(
    name="reached.criterion",
    ended=_ENDED,
    where="reached.source = 'profile' AND reached.criterion = ANY(%(profiles)s)",
)
_FAIRNESS: Final = """
    SELECT trader, peers, count(*), count(*) FILTER (WHERE goods)
    FROM risk_selected
    WHERE at >= %(since)s AND at < %(until)s
    GROUP BY trader, peers ORDER BY peers, trader
"""


def hit_rates(cut: Cut, *, since: datetime, until: datetime) -> tuple[HitRate, ...]:
    """Return how often treatments found something, by what is asked; by name.

    A declaration with several reasons counts for each of them.
    """
    return _rates(_STATEMENTS[cut], since, until)


def rates_of(profiles: Collection[int], *, since: datetime, until: datetime) -> dict[int, HitRate]:
    """Return how often these profiles found something; those that nothing met lack."""
    found = _rates(_OF_PROFILES, since, until, profiles=list(profiles))
    return {int(rate.name): rate for rate in found}


def of_model_by_group(*, since: datetime, until: datetime) -> tuple[HitRate, ...]:
    """Return how often what models selected was at fault, by credit class, flow and chapter."""
    return _rates(_MODEL_BY_GROUP, since, until)


def missed(*, since: datetime, until: datetime) -> tuple[HitRate, ...]:
    """Return what the random share found where no profile and no model had selected.

    This is what targeting misses: its share times all that was not targeted estimates how much.
    """
    return _rates(_MISSED, since, until)


def to_retire(*, since: datetime, until: datetime) -> tuple[tuple[CriterionRow, HitRate], ...]:
    """Return the profiles in force that were used often enough and found next to nothing.

    How often and how little are parameters of the region (RSK-09).
    """
    day = until.astimezone(LOCAL).date()
    parameters = snapshot().parameters
    uses = parameters.whole(_RETIRE_USES, day)
    least = parameters.decimal(_RETIRE_SHARE, day)
    weak = {
        int(rate.name): rate
        for rate in hit_rates(Cut.PROFILE, since=since, until=until)
        if rate.ended >= uses and rate.share is not None and rate.share < least
    }
    rows = criteria(Kind.PROFILE, list(weak))
    return tuple(
        (row, weak[row.criterion.id]) for row in rows if row.state is CriterionState.ACTIVE
    )


def most_used(*, since: datetime, until: datetime) -> Reach:
    """Return how often the most used profile was used, and from how many uses on one is judged."""
    wanted = snapshot().parameters.whole(_RETIRE_USES, until.astimezone(LOCAL).date())
    rates = hit_rates(Cut.PROFILE, since=since, until=until)
    return Reach(max((rate.ended for rate in rates), default=0), wanted)


def most_declared(*, since: datetime, until: datetime) -> Reach:
    """Return how often one enterprise declared in one peer group, and from when on it counts."""
    rows = fairness(since=since, until=until, least=1)
    return Reach(max((row.declared for row in rows), default=0), COMPARED_LEAST)


def fairness(
    *,
    since: datetime,
    until: datetime,
    trader: str | None = None,
    least: int = COMPARED_LEAST,
) -> tuple[PeerRow, ...]:
    """Return inspections of enterprises against their peers, the most inspected first.

    Args:
        since: earliest moment of acceptance.
        until: the moment before which they were accepted.
        trader: only this credit code.
        least: leaves out whoever declared less often.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FAIRNESS, {"since": since, "until": until})
        found = cursor.fetchall()
    whole: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for _trader, peers, declared, inspected in found:
        whole[peers][0] += declared
        whole[peers][1] += inspected
    rows = [
        _peer(one, peers, declared, inspected, *whole[peers])
        for one, peers, declared, inspected in found
        if declared >= least and trader in {None, one}
    ]
    return tuple(sorted(rows, key=lambda row: (-row.verdict, -row.share, row.trader)))


def would_have_hit(
    profile: Profile, *, since: datetime, until: datetime, most: int = TRIED_MOST
) -> Trial:
    """Return what a profile would have hit of the declarations accepted in a time.

    Up to `most` are tried; of more, every so many, always the same, and the counts scaled up.

    Cost: 30 µs a declaration tried.
    """
    day = until.astimezone(LOCAL).date()
    declared = Selected.objects.filter(at__gte=since, at__lt=until).count()
    one_in = max(1, -(-declared // most))
    # Only the conditions are tried: a profile of the future has them as one of today does.
    matcher = Matcher([profile], max(day, profile.valid_from))
    looked_at = hit = treated = found = 0
    examples: list[DeclarationId] = []
    for one in remembered(since, until, one_in=one_in):
        looked_at += 1
        if not matcher.match(one.facts):
            continue
        hit += 1
        treated += one.finding is not None
        found += bool(one.finding)
        examples.append(one.declaration_id)
        del examples[:-EXAMPLES]
    share = (Decimal(hit) / looked_at).quantize(_SHARE) if looked_at else Decimal(0)
    count = hit if one_in == 1 else round(Decimal(declared) * hit / max(looked_at, 1))
    hours = (count * profile.share * _hours(profile.treatment, until)).quantize(_CENT)
    latest = tuple(reversed(examples))
    interval = wilson(found, treated) or (None,) * 3
    return Trial(declared, looked_at, count, share, treated, found, hours, latest, *interval)


def _hours(treatment: str, at: datetime) -> Decimal:
    """Return the working hours of a treatment, a parameter `documents:0.25 external:0.5 …`."""
    stated = snapshot().parameters.value(_HOURS, at.astimezone(LOCAL).date())
    hours = dict(pair.split(":") for pair in stated.split())
    return Decimal(hours.get(treatment, "0"))


def _rates(statement: str, since: datetime, until: datetime, **facts: Any) -> tuple[HitRate, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"since": since, "until": until, **facts})
        return tuple(
            HitRate(str(name), met, ended, found, effect, *(wilson(found, ended) or (None,) * 3))
            for name, met, ended, found, effect in cursor.fetchall()
        )


def _peer(
    trader: str, peers: str, declared: int, inspected: int, all_declared: int, all_inspected: int
) -> PeerRow:
    own = wilson(inspected, declared)
    if own is None:
        raise ValueError("nothing was declared")
    others, others_inspected = all_declared - declared, all_inspected - inspected
    share = (Decimal(others_inspected) / others).quantize(_SHARE) if others else None
    return PeerRow(
        trader,
        peers,
        declared,
        inspected,
        *own,
        others,
        others_inspected,
        share,
        verdict(own, share),
    )
