"""Reads of this room; the selector of a day, compiled and kept by the process."""

import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from threading import Lock
from typing import Final

from django.db import connection
from django.db.models import Count, Max
from msgspec import convert, json

from tongguan.domain.reference.queries import snapshot
from tongguan.domain.risk.models import Outcome, ProfileVersion, Selected
from tongguan.domain.risk.rules.matcher import Matcher
from tongguan.domain.risk.rules.selection import Selector
from tongguan.domain.risk.seeds import ensure_seed
from tongguan.domain.risk.values import Profile, Selection
from tongguan.kernel.identifiers import DeclarationId

LOOK_SECONDS: Final = 1.0
_USUAL: Final = """
    SELECT line ->> 'commodity',
           percentile_cont(0.5) WITHIN GROUP (ORDER BY (line ->> 'value_per_kg')::numeric)
    FROM (SELECT facts FROM risk_selected ORDER BY at DESC LIMIT 20000) AS latest,
         jsonb_array_elements(latest.facts -> 1) AS line
    WHERE line ->> 'value_per_kg' IS NOT NULL
    GROUP BY 1 HAVING count(*) >= 20
"""


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One profile as lists show it: its latest wording, and who stands behind it."""

    profile: Profile
    proposed_by: str
    approved_by: str
    ended: bool
    hits: int
    found: int


class _Kept:
    """The selector of this process."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.selector: Selector | None = None
        self.stamp: tuple[object, ...] = ()
        self.looked = float("-inf")


_KEPT: Final = _Kept()


def selector(day: date) -> Selector:
    """Return profiles, shares and seed of a day, compiled.

    A change by anybody is seen within a second; compiling does not stop who asks meanwhile.
    """
    kept = _KEPT.selector
    fresh = time.monotonic() - _KEPT.looked < LOOK_SECONDS
    if kept is not None and kept.seed_day == day and fresh:
        return kept
    with _KEPT.lock:
        stamp = (day, snapshot().version, *_stamp())
        if _KEPT.selector is None or stamp != _KEPT.stamp:
            _KEPT.selector, _KEPT.stamp = _compiled(day), stamp
        _KEPT.looked = time.monotonic()
        return _KEPT.selector


def active(day: date) -> tuple[Profile, ...]:
    """Return the profiles in force on a day, by id."""
    rows = ProfileVersion.objects.filter(approved_at__isnull=False, ended_at=None)
    found = (
        convert(content, Profile, strict=False)
        for content in rows.order_by("profile").values_list("content", flat=True)
    )
    return tuple(one for one in found if one.valid_until is None or day < one.valid_until)


def set_version(profiles: Collection[Profile]) -> str:
    """Return the hash of a set of profiles: what is published of it."""
    return sha256(json.encode(list(profiles))).hexdigest()


def selection_of(declaration_id: DeclarationId) -> Selection | None:
    """Return what was selected on a declaration, and why; for officers and auditors only."""
    row = Selected.objects.filter(pk=declaration_id).values_list("selection", flat=True).first()
    return None if row is None else convert(row, Selection, strict=False)


def profiles() -> tuple[ProfileRow, ...]:
    """Return the latest wording of every profile, with how often it hit and found something."""
    latest: dict[int, ProfileVersion] = {}
    for row in ProfileVersion.objects.order_by("profile", "version"):
        latest[row.profile] = row
    hits = _hits()
    return tuple(
        ProfileRow(
            convert(row.content, Profile, strict=False),
            row.proposed_by,
            row.approved_by,
            row.ended_at is not None,
            *hits.get(row.profile, (0, 0)),
        )
        for row in latest.values()
    )


def outcomes() -> dict[str, tuple[int, int]]:
    """Return, by treatment, how many ended and how many of them with a finding."""
    rows = Outcome.objects.values_list("treatment", "finding").annotate(count=Count("id"))
    found: dict[str, tuple[int, int]] = {}
    for treatment, finding, count in rows:
        ended, hit = found.get(treatment, (0, 0))
        found[treatment] = (ended + count, hit + (count if finding else 0))
    return found


def _hits() -> dict[int, tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT (reason ->> 3)::int, count(*), count(*) FILTER (WHERE outcome.finding <> '')
            FROM risk_selected AS selected
            CROSS JOIN jsonb_array_elements(selected.selection -> 'reasons') AS reason
            LEFT JOIN risk_outcome AS outcome
                ON outcome.declaration_id = selected.declaration_id
            WHERE reason ->> 0 = 'profile' AND (selected.documents OR selected.goods)
            GROUP BY 1
            """
        )
        return {profile: (hits, found) for profile, hits, found in cursor.fetchall()}


def _stamp() -> tuple[object, ...]:
    found = ProfileVersion.objects.aggregate(
        last=Max("id"), approved=Max("approved_at"), ended=Max("ended_at")
    )
    return (found["last"], found["approved"], found["ended"])


def _compiled(day: date) -> Selector:
    now = datetime.now(UTC)
    found = active(day)
    seed = ensure_seed(day, now=now)
    return Selector(
        Matcher(found, day),
        set_version(found),
        bytes(seed.seed),
        day,
        snapshot().parameters,
        _usual(),
    )


def _usual() -> dict[str, Decimal]:
    with connection.cursor() as cursor:
        cursor.execute(_USUAL)
        return {code: Decimal(str(price)) for code, price in cursor.fetchall()}
