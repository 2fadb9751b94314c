"""The figures for whoever runs the product, in Prometheus' text format. They name no enterprise."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from tongguan.domain.clearance.queries import open_counts
from tongguan.domain.declarations.queries import submissions_since
from tongguan.facilities import web_counters
from tongguan.facilities.announcements.failures import failed_count
from tongguan.facilities.announcements.periodic import last_heartbeat, periodic_jobs
from tongguan.facilities.announcements.queries import announced_count, waiting
from tongguan.facilities.ledger.installation_keys import missing_keys
from tongguan.facilities.ledger.queries import last_checkpoint
from tongguan.facilities.ledger.verifications import last_verification
from tongguan.interfaces.public.request_counters import BOUNDS_MS, STATUSES, counted

HOUR: Final = timedelta(hours=1)
ENDED: Final = ("bodies", "readers", "connections", "memory", "time")
Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with all its values.

    Attributes:
        name: as a rule names it.
        kind: `gauge`, `counter` or `histogram`.
        help: what it says.
        values: by their labels; a histogram's names have an ending too.
    """

    name: str
    kind: str
    help: str
    values: Iterable[tuple[str, Labels, float]]


def exposition(*, now: datetime) -> str:
    """Return all figures as text; a dozen statements, none of which reads a whole table."""
    lines: list[str] = []
    for figure in _figures(now):
        lines += [
            f"# HELP {figure.name} {figure.help}",
            f"# TYPE {figure.name} {figure.kind}",
            *(
                _line(figure.name + ending, labels, value)
                for ending, labels, value in figure.values
            ),
        ]
    return "\n".join([*lines, ""])


def _figures(now: datetime) -> Iterator[Figure]:
    yield from _of_events(now)
    yield from _of_holds(now)
    accepted, rejected = submissions_since(now - HOUR)
    yield Figure(
        "tongguan_submissions_last_hour",
        "gauge",
        "Submissions of the last hour, by outcome.",
        [
            ("", (("outcome", "accepted"),), accepted),
            ("", (("outcome", "rejected"),), rejected),
        ],
    )
    yield from _of_worker(now)
    yield from _of_ledger(now)
    yield from _of_requests(counted())
    yield from _of_lanes(web_counters.read(Path(settings.HOME)))


def _of_events(now: datetime) -> Iterator[Figure]:
    count, oldest = waiting()
    failing, parked = failed_count()
    yield _one(
        "tongguan_events_announced_total",
        "Numbers given to events so far; less those that wait they are followed.",
        announced_count(),
        kind="counter",
    )
    yield _one("tongguan_events_waiting", "Events that wait to be followed.", count)
    yield _one(
        "tongguan_events_oldest_seconds",
        "Age of the earliest event that waits, 0 where none does.",
        _age(oldest, now) if oldest else 0,
    )
    yield _one("tongguan_events_failing", "Events that failed and are tried again.", failing)
    yield _one("tongguan_events_parked", "Events that failed and are parked.", parked)


def _of_holds(now: datetime) -> Iterator[Figure]:
    counts: dict[Labels, int] = {}
    late: dict[Labels, int] = {}
    for kind, turn, count, past in open_counts(now=now):
        labels = (("kind", str(kind)), ("turn", str(turn)))
        counts[labels], late[labels] = count, past
    told = "Open holds, by what they wait for and whose turn it is."
    yield Figure("tongguan_holds_open", "gauge", told, _labelled(counts))
    told = "Open holds past their moment, by the same."
    yield Figure("tongguan_holds_late", "gauge", told, _labelled(late))


def _of_worker(now: datetime) -> Iterator[Figure]:
    seen = last_heartbeat()
    told = "Since when no worker said that it is alive; -1 where none ever did."
    age = _age(seen, now) if seen else -1
    yield _one("tongguan_worker_silent_seconds", told, age)
    jobs = periodic_jobs()
    yield Figure(
        "tongguan_job_failures",
        "gauge",
        "Failures in a row of a periodic job of a node.",
        [("", (("job", job.name), ("node", job.node)), job.failures) for job in jobs],
    )
    told = "Signing keys that the database names and this node lacks."
    yield _one("tongguan_keys_missing", told, len(missing_keys()))


def _of_ledger(now: datetime) -> Iterator[Figure]:
    signed, verified = last_checkpoint(), last_verification()
    if signed is not None:
        told = "Age of the last checkpoint of the ledger."
        yield _one("tongguan_checkpoint_age_seconds", told, _age(signed.at, now))
    if verified is not None:
        told = "Age of the last verification of the ledger."
        yield _one("tongguan_ledger_verified_seconds", told, _age(verified.at, now))
        told = "Faults and differences that the last verification found."
        yield _one("tongguan_ledger_faults", told, verified.broken + verified.differing)


def _of_requests(groups: Mapping[str, Mapping[str, int]]) -> Iterator[Figure]:
    statuses = [
        ("", (("class", group), ("status", status)), found[status])
        for group, found in groups.items()
        for status in STATUSES
    ]
    told = "Answered requests, by class of address and of status."
    yield Figure("tongguan_requests_total", "counter", told, statuses)
    values: list[tuple[str, Labels, float]] = []
    for group, found in groups.items():
        label, total = ("class", group), sum(found[status] for status in STATUSES)
        buckets = {f"{bound / 1_000:g}": found[str(bound)] for bound in BOUNDS_MS} | {"+Inf": total}
        values += [("_bucket", (label, ("le", le)), count) for le, count in buckets.items()]
        values += [("_sum", (label,), found["ms"] / 1_000), ("_count", (label,), total)]
    told = "How long requests took, by class of address."
    yield Figure("tongguan_request_seconds", "histogram", told, values)


def _of_lanes(found: Mapping[str, int]) -> Iterator[Figure]:
    for what, told in (("running", "Requests at work"), ("waiting", "Requests in line")):
        values = [("", (("lane", lane),), found[f"{lane}_{what}"]) for lane in web_counters.LANES]
        yield Figure(f"tongguan_lane_{what}", "gauge", f"{told}, by lane.", values)
    outcomes = [
        ("", (("lane", lane), ("outcome", outcome)), found[f"{lane}_{outcome}"])
        for lane in web_counters.LANES
        for outcome in ("answered", "refused")
    ]
    yield Figure("tongguan_lane_requests_total", "counter", "Requests by lane and end.", outcomes)
    ended = [("", (("what", what),), found[f"{what}_ended"]) for what in ENDED]
    yield Figure("tongguan_ended_total", "counter", "What the web server ended.", ended)
    yield _one("tongguan_bodies_waiting", "Bodies on their way.", found["bodies_waiting"])
    yield _one("tongguan_bytes_waiting", "Bytes of these so far.", found["bytes_waiting"])


def _one(name: str, told: str, value: float, *, kind: str = "gauge") -> Figure:
    return Figure(name, kind, told, [("", (), value)])


def _labelled(counts: Mapping[Labels, int]) -> list[tuple[str, Labels, float]]:
    return [("", labels, count) for labels, count in sorted(counts.items())]


def _age(at: datetime, now: datetime) -> float:
    return round(max((now - at).total_seconds(), 0), 1)


def _line(name: str, labels: Labels, value: float) -> str:
    told = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels)
    return f"{name}{{{told}}} {_number(value)}" if told else f"{name} {_number(value)}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
