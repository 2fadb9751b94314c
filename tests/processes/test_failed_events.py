"""An event whose consequences fail is parked and told; everything else goes on, once, in order."""

import logging
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json

from tests.domain.holding import NOW, held, trader
from tongguan.domain.declarations.models import Declaration
from tongguan.domain.release.queries import orders_of
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements import failures, periodic
from tongguan.facilities.announcements.batches import in_batches
from tongguan.facilities.announcements.models import Announcement
from tongguan.facilities.announcements.values import Announced, Cursor, FailedEventRow
from tongguan.facilities.ledger.queries import entries
from tongguan.facilities.ledger.values import HOUSE
from tongguan.kernel.identifiers import DeclarationId, new_id
from tongguan.kernel.problems import ProblemError
from tongguan.processes.jobs import Follower, Schedule
from tongguan.processes.map import FOLLOWS
from tongguan.processes.parked_events import drop_event, failed_events, retry_event

KINDS: Final = (
    "HoldOpened",
    "QueryAsked",
    "Released",
    "HoldDischarged",
    "GateOut",
    *("OrderSent", "HoldDischarged", "GateOut", "Released", "Departed"),
)
SUBJECTS: Final = 100
ADMINISTRATOR: Final = Actor("li.guan", "li.guan", 1, frozenset({Role.ADMINISTRATOR}))
AUDITOR: Final = Actor("auditor", "auditor", 2, frozenset({Role.AUDITOR}))


def put(kind: str, subject: UUID, facts: object = None) -> int:
    """Write an event into the queue; return its number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO announcements_announcement (kind, subject, at, facts)"
            " VALUES (%s, %s, now(), %s) RETURNING id",
            [kind, subject, json.encode({} if facts is None else facts).decode()],
        )
        [(number,)] = cursor.fetchall()
    return int(number)


def rewrite(event: int, facts: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE announcements_announcement SET facts = %s WHERE id = %s",
            [json.encode(facts).decode(), event],
        )


def remove_declaration(id_: UUID) -> Declaration:
    """Delete the row of a declaration past all constraints; return what it was."""
    row = Declaration.objects.get(pk=id_)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM declarations_declaration WHERE id = %s", [id_])
        cursor.execute("RESET session_replication_role")
    return row


def run(follower: Follower, *, since: datetime) -> datetime:
    """Let a worker go on until nothing is left to try, waiting as long as it has to.

    Each step is a second. Return when that was.
    """
    now = since
    for _step in range(2_000):
        now += timedelta(seconds=1)
        if not follower.step(now=now):
            due = [row.next_at for row in failures.failed_events() if row.next_at]
            if not due:
                return now
            now = max(now, min(due))
    raise AssertionError("the worker does not come to an end")


def followed(subject: UUID) -> list[datetime | None]:
    """Return when each event of a subject was followed, in the order of the events."""
    found = Announcement.objects.filter(subject=subject).order_by("id")
    return list(found.values_list("followed_at", flat=True))


class Queue:
    """A thousand events of a hundred declarations, of which ten have one event that fails."""

    def __init__(self) -> None:
        chance, who = Random(20261130), trader()
        self.ids = [held(who, units=(f"XMPU{place:07}",)) for place in range(SUBJECTS)]
        self.events = {id_: [0] * len(KINDS) for id_ in self.ids}
        for place, kind in enumerate(KINDS):
            for id_ in chance.sample(self.ids, len(self.ids)):
                self.events[id_][place] = put(kind, id_)
        poisoned = chance.sample(self.ids, 10)
        self.gone, self.unreadable, self.wrong = poisoned[:4], poisoned[4:7], poisoned[7:]
        self.rows = [remove_declaration(id_) for id_ in self.gone]
        self.failing: dict[UUID, int] = {}
        for id_ in self.gone:
            self._fails(id_, "Released")
        for id_ in self.unreadable:
            rewrite(self._fails(id_, "HoldOpened"), ["no", "facts"])
        for id_ in self.wrong:
            rewrite(self._fails(id_, "GateOut"), {"order": 5})

    def _fails(self, id_: UUID, kind: str) -> int:
        self.failing[id_] = self.events[DeclarationId(id_)][KINDS.index(kind)]
        return self.failing[id_]

    @property
    def sound(self) -> set[DeclarationId]:
        return set(self.ids) - self.failing.keys()

    def mend(self) -> list[int]:
        """Mend what can be mended; return the events that nothing mends."""
        for id_ in self.unreadable:
            rewrite(self.failing[id_], {})
        Declaration.objects.bulk_create(self.rows[1:])
        return [self.failing[id_] for id_ in (self.gone[0], *self.wrong)]


@pytest.mark.django_db(transaction=True)
def test_of_a_thousand_events_those_that_fail_are_parked_and_all_others_are_done_once() -> None:
    queue = Queue()

    end = run(Follower(), since=NOW)

    parked = {row.subject: row for row in failed_events(viewer=AUDITOR)}
    assert {id_: row.id for id_, row in parked.items()} == queue.failing
    assert all(row.parked_at and row.tries == failures.TRIES for row in parked.values())
    assert {row.error.partition(":")[0] for row in parked.values()} == {
        "KeyError",
        "AttributeError",
    }
    for id_, event in queue.failing.items():  # those before it are done, those after it wait
        later = Announcement.objects.filter(subject=id_, pk__gt=event)
        assert (parked[id_].behind, later.exclude(followed_at=None).count()) == (later.count(), 0)
        assert not Announcement.objects.filter(subject=id_, pk__lt=event, followed_at=None).exists()
    for id_ in queue.sound:
        moments = [moment for moment in followed(id_) if moment]
        assert len(moments) == len(KINDS) + 1  # and that the order was sent
        assert moments == sorted(moments)
        assert len(orders_of(id_)) == 1
        assert [one.kind for one in entries(id_)].count("RELEASE_ORDER_SENT") == 1

    dropped = queue.mend()
    for event in sorted(queue.failing.values()):
        if event in dropped:
            drop_event(event_id=event, reason="sent by hand", by=ADMINISTRATOR, now=end)
        else:
            retry_event(event_id=event, by=ADMINISTRATOR, now=end)
    run(Follower(), since=end)

    [left] = failed_events(viewer=AUDITOR)  # the next event of the one whose row is still gone
    assert (left.subject, left.kind) == (queue.gone[0], "Released")
    assert all(len(orders_of(id_)) == 1 for id_ in set(queue.ids) - {queue.gone[0]})
    acts = [one for one in entries(HOUSE) if one.kind.startswith("CONSEQUENCES_")]
    assert sorted(int(one.facts["event"]) for one in acts) == sorted(queue.failing.values())
    assert {one.by for one in acts} == {"li.guan"}
    told = {int(one.facts["event"]) for one in acts if one.facts.get("reason") == "sent by hand"}
    assert told == set(dropped)


def one_failed() -> FailedEventRow:
    put("HoldOpened", held(trader()), ["no", "facts"])
    run(Follower(), since=NOW)
    [row] = failures.failed_events()
    return row


@pytest.mark.django_db(transaction=True)
def test_a_failed_event_is_told_in_the_log_and_parked_with_the_place_of_its_fault(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        row = one_failed()

    [parked] = [one for one in caplog.records if one.levelno == logging.ERROR]
    assert f"event {row.id} (HoldOpened of {row.subject})" in parked.getMessage()
    assert "it is parked: tongguan consequences" in parked.getMessage()
    assert "\n" not in parked.getMessage()
    assert parked.exc_info is None
    assert "look_again" in failures.trace_of(row.id)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_consequences_are_not_dropped_without_a_reason_or_by_anybody(reason: str) -> None:
    row = one_failed()

    with pytest.raises(ProblemError) as refused:
        drop_event(event_id=row.id, reason=reason, by=ADMINISTRATOR, now=NOW)
    with pytest.raises(ProblemError) as forbidden:
        drop_event(event_id=row.id, reason="why not", by=AUDITOR, now=NOW)
    with pytest.raises(ProblemError) as unknown:
        retry_event(event_id=row.id + 1, by=ADMINISTRATOR, now=NOW)

    codes = [one.value.faults[0].problem.code for one in (refused, forbidden, unknown)]
    assert codes == ["ANN-003", "ACC-001", "ANN-002"]
    assert [one.id for one in failures.failed_events()] == [row.id]


@pytest.mark.django_db(transaction=True)
def test_an_event_that_ends_the_worker_each_time_is_parked_and_the_next_one_is_followed() -> None:
    who, now = trader(), NOW
    killing = put("Released", held(who))

    assert failures.begin(now=now) == killing  # and here the worker is killed
    for pause in failures.PAUSES:
        assert failures.begin_again(now=now) is None
        now += pause
        assert failures.begin_again(now=now) == killing  # and here again
    next_one = put("Released", held(who))
    now += failures.PAUSES[-1]
    run(Follower(), since=now)

    [row] = failures.failed_events()
    assert (row.id, row.error, row.tries) == (killing, "", failures.TRIES)
    assert row.parked_at is not None
    assert Announcement.objects.get(pk=next_one).followed_at is not None


@pytest.mark.django_db(transaction=True)
def test_an_event_that_another_worker_did_meanwhile_is_no_failure() -> None:
    event = put("Released", held(trader()))
    failures.begin(now=NOW)
    Announcement.objects.filter(pk=event).update(followed_at=NOW)

    run(Follower(), since=NOW)

    assert failures.failed_events() == ()


@pytest.mark.django_db(transaction=True)
def test_an_event_whose_row_cannot_be_read_is_parked_too() -> None:
    who = trader()
    event, other = put("Released", held(who)), held(who)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE announcements_announcement SET at = 'infinity'")
    put("Released", other)

    run(Follower(), since=NOW)

    assert [row.id for row in failures.failed_events()] == [event]
    assert all(followed(other))


@pytest.mark.django_db(transaction=True)
def test_a_periodic_job_that_fails_is_told_and_keeps_no_other_from_running(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ran: list[str] = []

    def fail(_now: datetime) -> None:
        ran.append("fail")
        raise KeyError("nothing")

    def go_on(_now: datetime) -> None:
        ran.append("go_on")

    jobs = Schedule([(0.0, fail), (0.0, go_on)])
    for _turn in range(2):
        jobs.run_due(clock=lambda: NOW)

    assert ran == ["fail", "go_on", "fail", "go_on"]
    told = {row.name: (row.failures, row.error) for row in periodic.periodic_jobs()}
    assert told == {"fail": (2, "KeyError: 'nothing'"), "go_on": (0, "")}
    assert "the periodic job fail failed: KeyError: 'nothing'" in caplog.text


EVENTS: Final[st.SearchStrategy[list[tuple[str, int]]]] = st.lists(
    st.tuples(st.sampled_from([*FOLLOWS, "OrderSent"]), st.integers(0, 3)), max_size=30
)


@given(EVENTS)
def test_batches_hold_each_event_once_and_keep_the_order_of_each_subject(
    drawn: list[tuple[str, int]],
) -> None:
    subjects = [new_id() for _ in range(4)]
    events = [
        Announced(Cursor(1, place), kind, subjects[one], NOW, {})
        for place, (kind, one) in enumerate(drawn)
    ]

    batches = list(in_batches(events, tuple(FOLLOWS)))

    assert all(event.kind == kind for kind, batch in batches for event in batch)
    done = [event for _kind, batch in batches for event in batch]
    for subject in subjects:
        own = [event for event in events if event.subject == subject and event.kind in FOLLOWS]
        assert [event for event in done if event.subject == subject] == own
    assert len(done) == sum(event.kind in FOLLOWS for event in events)
