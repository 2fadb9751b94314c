"""The selector of a day: compiled once, renewed when somebody changes what is in force."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from msgspec import structs

from tests.counting import asking
from tests.domain.risk.cases import in_force
from tests.domain.risk.examples import CHU, DAY, NOON, SAMPLE, WEI, profile, when
from tests.patience import PATIENCE_SECONDS
from tongguan.domain.risk import active, approvals
from tongguan.domain.risk.criteria import Kind
from tongguan.domain.risk.models import DailySeed
from tongguan.domain.risk.rules.draw import commitment, draw_officers
from tongguan.domain.risk.seeds import seed_in
from tongguan.facilities.ledger.models import Entry

WINE = structs.replace(profile(when("line.commodity", "prefix", "2204"), name="Wine"), id=0)


def reasons() -> list[int]:
    found = active.selector(DAY).select(SAMPLE, key="1/R", day=DAY).reasons
    return [reason.criterion for reason in found if reason.source == "profile"]


@pytest.fixture
def impatient() -> Iterator[None]:
    """Look at the log of changes whenever asked; end what renews beside before the tables go."""
    before = active.KEPT.look_seconds
    active.KEPT.look_seconds = 0.0
    yield
    active.KEPT.look_seconds = before
    for thread in threading.enumerate():
        if thread.name == active.RENEWAL:
            thread.join(PATIENCE_SECONDS)


@pytest.mark.django_db
def test_what_is_in_force_selects_and_the_selection_says_where_it_stood() -> None:
    [made] = in_force(WINE)

    found = active.selector(DAY).select(SAMPLE, key="1/R", day=DAY)

    assert found.documents
    assert found.stamp == active.latest_stamp()
    assert found.set_version == active.active_set(DAY).version
    assert found.reasons[0].criterion == made.id


@pytest.mark.django_db
def test_the_selector_is_kept_until_something_changes(impatient: None) -> None:
    in_force(WINE)

    first = active.selector(DAY)

    assert active.selector(DAY) is first
    approvals.suspend(kind=Kind.PROFILE, id=1, why="", by=CHU, now=NOON)
    assert active.selector(DAY) is not first
    assert reasons() == []
    approvals.resume(kind=Kind.PROFILE, id=1, by=WEI, now=NOON)
    assert reasons() == [1]


@pytest.mark.django_db
def test_a_day_on_which_a_profile_is_not_in_force_is_selected_without_it() -> None:
    in_force(structs.replace(WINE, valid_until=DAY + timedelta(days=1)))
    tomorrow = DAY + timedelta(days=1)

    found = active.selector(tomorrow).select(SAMPLE, key="1/R", day=tomorrow)

    assert reasons() == [1]
    assert "profile" not in {reason.source for reason in found.reasons}
    assert found.set_version != active.selector(DAY).active.version


@pytest.mark.django_db
def test_asking_once_a_second_costs_one_look_at_the_log(impatient: None) -> None:
    in_force(WINE)
    active.selector(DAY)

    with asking(1):
        active.selector(DAY)


@pytest.mark.django_db
def test_a_seed_nobody_committed_to_is_made_when_needed_and_stands_in_the_ledger_as_late() -> None:
    active.selector(DAY)

    row = DailySeed.objects.get(day=DAY)

    assert commitment(DAY, seed_in(row)) == row.commitment
    assert row.committed_at.date() > DAY - timedelta(days=1)
    entry = Entry.objects.get(kind="SEED_COMMITTED")
    assert (entry.facts["day"], entry.facts["commitment"]) == (str(DAY), row.commitment)


@pytest.mark.django_db
def test_officers_are_drawn_with_the_seed_of_the_day() -> None:
    found = active.officers("order 1", ["an", "bo", "cai"], day=DAY, now=NOON)

    seed = seed_in(DailySeed.objects.get(day=DAY))
    assert found == draw_officers(seed, "order 1", ["an", "bo", "cai"])


@pytest.mark.django_db(transaction=True)
def test_a_large_set_is_compiled_beside_who_asks(impatient: None) -> None:
    in_force(WINE)
    active.KEPT.took = active.KEPT.at_once_seconds + 1  # as a large set would have
    before = active.selector(DAY)
    approvals.suspend(kind=Kind.PROFILE, id=1, why="", by=CHU, now=NOON)

    meanwhile = active.selector(DAY)

    assert meanwhile.active.stamp == before.active.stamp
    deadline = time.monotonic() + PATIENCE_SECONDS
    while active.selector(DAY).active.stamp == before.active.stamp:
        assert time.monotonic() < deadline
    assert reasons() == []


@pytest.mark.django_db(transaction=True)
def test_trouble_while_renewing_leaves_the_set_before_at_work(
    impatient: None, caplog: pytest.LogCaptureFixture
) -> None:
    in_force(WINE)
    active.KEPT.took = active.KEPT.at_once_seconds + 1
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO risk_change (at, by, kind, criterion, version, active, ended, why)"
            " VALUES (now(), 'x', 'profile', 99, 1, TRUE, FALSE, '')"
        )
        cursor.execute("ALTER TABLE risk_price RENAME TO risk_price_away")
    try:
        active.selector(DAY)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not caplog.records:
            assert time.monotonic() < deadline
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE risk_price_away RENAME TO risk_price")

    assert reasons() == [1]
    assert "the ones before go on" in caplog.records[0].message
