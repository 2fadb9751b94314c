"""What is in force, compiled and kept by the process; renewed without a pause when it changes."""

import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Lock, Thread
from typing import Final

from django.db import Error, connection
from msgspec import json

from tongguan.domain.reference.queries import snapshot
from tongguan.domain.risk.criteria import (
    PACK,
    ActiveSet,
    Criterion,
    Kind,
    ModelCard,
    Policy,
    Profile,
    Share,
)
from tongguan.domain.risk.facts import History
from tongguan.domain.risk.histories import history
from tongguan.domain.risk.models import Change, SetCommitment
from tongguan.domain.risk.rules.draw import draw_officers
from tongguan.domain.risk.rules.matcher import Matcher
from tongguan.domain.risk.rules.plain import in_force
from tongguan.domain.risk.rules.selection import Selector
from tongguan.domain.risk.rules.sets import changed_shares, read_shares, set_line, set_version
from tongguan.domain.risk.rules.shares import Shares, pack_shares
from tongguan.domain.risk.scorers import scorer_of
from tongguan.domain.risk.seeds import open_seed
from tongguan.domain.risk.values import Scorer

LOOK_SECONDS: Final = 1.0
HISTORY_SECONDS: Final = 60.0
AT_ONCE_SECONDS: Final = 0.05
"""What takes no longer than this to renew is renewed by whoever asks; the rest beside it."""
KEPT_DAYS: Final = 3
RENEWAL: Final = "risk-renewal"
"""The name of the thread that renews beside the requests."""
_LOG: Final = logging.getLogger(__name__)
TYPES: Final[dict[str, type[Criterion]]] = {
    str(Kind.PROFILE): Profile,
    str(Kind.SHARE): Share,
    str(Kind.POLICY): Policy,
    str(Kind.MODEL): ModelCard,
}
_AT: Final = """
    SELECT kind, criterion, version, content, sha256
    FROM (
        SELECT DISTINCT ON (kind, criterion) kind, criterion, version, active
        FROM risk_change WHERE id <= %s
        ORDER BY kind, criterion, id DESC
    ) AS latest
    JOIN risk_criterionversion USING (kind, criterion, version)
    WHERE active
    ORDER BY kind, criterion
"""

Lined = tuple[Criterion, str]
"""A criterion, and the line that stands for it in the hash of its set."""


@dataclass(frozen=True)
class _Loaded:
    """All that is active at a place in the log of changes, whatever the day."""

    stamp: int
    lined: tuple[Lined, ...]
    matcher: Matcher
    scorers: Mapping[str, Scorer | None]


class Kept:
    """Selectors, and when they were last compared with the tables."""

    def __init__(self) -> None:
        """Begin with none."""
        self.lock = Lock()
        self.loaded: _Loaded | None = None
        self.history: History | None = None
        self.selectors: dict[tuple[date, str], Selector] = {}
        self.looked = float("-inf")
        self.gathered = float("-inf")
        self.took = 0.0
        self.renewing = False
        self.look_seconds = LOOK_SECONDS
        self.at_once_seconds = AT_ONCE_SECONDS


KEPT: Final = Kept()
"""The selectors of this process."""


def selector(day: date) -> Selector:
    """Return the criteria, seed and history of a day, compiled.

    A change by anybody is seen within a second; a large set is then compiled beside the requests,
    which go on with the one before. Cost: 1 µs; once a second one look at the log of changes.
    """
    kept = KEPT
    if kept.loaded is None:
        renew(day)
    elif time.monotonic() - kept.looked >= kept.look_seconds:
        kept.looked = time.monotonic()
        _look(day)
    key = (day, snapshot().version)
    return kept.selectors.get(key) or _selector_of(key)


def renew(day: date) -> None:
    """Load and compile what is in force now; requests meanwhile go on with what was."""
    kept = KEPT
    began = time.monotonic()
    stamp = latest_stamp()
    loaded = kept.loaded
    if loaded is None or loaded.stamp != stamp:
        loaded = _load(stamp, day)
    known = history(day)
    with kept.lock:
        kept.loaded, kept.history, kept.selectors = loaded, known, {}
        kept.looked = kept.gathered = time.monotonic()
        kept.took = kept.looked - began


def forget() -> None:
    """Forget what is kept: the next who asks loads it again."""
    with KEPT.lock:
        KEPT.loaded, KEPT.history, KEPT.selectors, KEPT.took = None, None, {}, 0.0


def active_set(day: date, stamp: int | None = None) -> ActiveSet:
    """Return the criteria in force on a day, as of now or as of a place in the log of changes.

    The shares of the region pack are those that it states for the day today; `set_of` has those
    that it stated then.
    """
    [found] = active_sets((day,), stamp)
    return found


def set_of(day: date, stamp: int, version: str) -> ActiveSet:
    """Return a set that was committed to, with the shares that the region pack stated then.

    They are kept with the commitment: the pack may be corrected later, for that day too. Of a set
    that nobody committed to, or that was before they were kept, they are those of today.
    """
    rows = SetCommitment.objects.filter(day=day, version=version, pack__isnull=False)
    kept = rows.values_list("pack", flat=True).first()
    return _on(day, stamp, _read(stamp), None if kept is None else read_shares(kept))


def active_sets(days: Iterable[date], stamp: int | None = None) -> tuple[ActiveSet, ...]:
    """Return the criteria in force on each of some days, read once."""
    at = latest_stamp() if stamp is None else stamp
    lined = _read(at)
    return tuple(_on(day, at, lined) for day in days)


def pack_notes(active: ActiveSet) -> tuple[str, ...]:
    """Tell where the region pack states other shares for the day of a set by now than it has."""
    then = [one for one in active.shares if one.id == PACK]
    return changed_shares(active.day, then, pack_shares(snapshot().parameters, active.day))


def selector_at(active: ActiveSet, scorer: Scorer | None = None) -> Selector:
    """Return a set of criteria, compiled with the seed of its day; not kept."""
    day = active.day
    seed = open_seed(day, now=datetime.now(UTC))
    return Selector(
        active, Matcher(active.profiles, day), Shares(active.shares), seed, scorer=scorer
    )


def officers(
    order_key: str, present: Iterable[str], *, day: date, now: datetime, count: int = 2
) -> Sequence[str]:
    """Return so many officers drawn for an order from those present. Source: 双随机."""
    return draw_officers(open_seed(day, now=now), order_key, present, count)


def latest_stamp() -> int:
    """Return the present place in the log of changes."""
    last = Change.objects.order_by("-id").values_list("id", flat=True).first()
    return last or 0


def _look(day: date) -> None:
    kept = KEPT
    stale = time.monotonic() - kept.gathered >= HISTORY_SECONDS
    changed = kept.loaded is None or latest_stamp() != kept.loaded.stamp
    if not (stale or changed):
        return
    if kept.took < kept.at_once_seconds:
        renew(day)
        return
    with kept.lock:
        if kept.renewing:
            return
        kept.renewing = True
    Thread(target=_renew_beside, args=(day,), name=RENEWAL, daemon=True).start()


def _renew_beside(day: date) -> None:
    try:
        renew(day)
    except Error:
        _LOG.exception("the criteria could not be renewed; the ones before go on")
    finally:
        KEPT.renewing = False
        connection.close()


def _selector_of(key: tuple[date, str]) -> Selector:
    day, _version = key
    seed = open_seed(day, now=datetime.now(UTC))
    with KEPT.lock:
        loaded, known = KEPT.loaded, KEPT.history
        if loaded is None or known is None:
            raise AssertionError("asked before anything was loaded")
        active = _on(day, loaded.stamp, loaded.lined)
        scorer = None if active.model is None else loaded.scorers[active.model.sha256]
        made = Selector(active, loaded.matcher.on(day), Shares(active.shares), seed, known, scorer)
        if len(KEPT.selectors) >= KEPT_DAYS:
            KEPT.selectors.clear()
        KEPT.selectors[key] = made
        return made


def _load(stamp: int, day: date) -> _Loaded:
    lined = _read(stamp)
    profiles = [one for one, _line in lined if isinstance(one, Profile)]
    cards = [one for one, _line in lined if isinstance(one, ModelCard)]
    scorers = {card.sha256: _scorer(card) for card in cards}
    return _Loaded(stamp, lined, Matcher(profiles, day), scorers)


def _scorer(card: ModelCard) -> Scorer | None:
    """Return a model in force; one that cannot be read scores nothing, and declarations go on."""
    try:
        return scorer_of(card)
    except LookupError:
        _LOG.exception("the model %s is in force and cannot be read", card.name)
        return None


def _read(stamp: int) -> tuple[Lined, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_AT, [stamp])
        return tuple(
            (
                json.decode(content, type=TYPES[kind]),
                f"{kind} {criterion} {version} {sha256}",
            )
            for kind, criterion, version, content, sha256 in cursor.fetchall()
        )


def _on(
    day: date, stamp: int, lined: Sequence[Lined], shares: Sequence[Share] | None = None
) -> ActiveSet:
    """Return the set of a day, with shares of the region pack: those given, or those of today.

    Of policies and models the latest in force counts.
    """
    valid = [(one, line) for one, line in lined if in_force(one, day)]
    if shares is None:
        shares = pack_shares(snapshot().parameters, day)
    pack = [(one, set_line(one)) for one in shares]
    criteria = [one for one, _line in (*valid, *pack)]
    policies = [one for one in criteria if isinstance(one, Policy)]
    models = [one for one in criteria if isinstance(one, ModelCard)]
    return ActiveSet(
        day=day,
        stamp=stamp,
        version=set_version(line for _one, line in (*valid, *pack)),
        profiles=tuple(one for one in criteria if isinstance(one, Profile)),
        shares=tuple(one for one in criteria if isinstance(one, Share)),
        policy=policies[-1] if policies else Policy(),
        model=models[-1] if models else None,
        others=(*policies, *models),
    )
