"""Lanes: what fills one leaves the others free, and who finds no place is told at once."""

from collections.abc import Callable, Iterator
from queue import SimpleQueue
from threading import Event
from time import monotonic

import pytest

from tests.interfaces.server.test_asked import asked
from tests.patience import PATIENCE_SECONDS
from tongguan.facilities.web_counters import Counters
from tongguan.interfaces.server.lanes import WAIT_SECONDS, Breadth, Lane, Work, lane_of


@pytest.fixture
def goes_on() -> Iterator[Event]:
    """Lets all work end that waits for it, at the latest with the test."""
    found = Event()
    yield found
    found.set()


def work(run: Callable[[], object], *, address: str = "10.0.0.1") -> Work:
    def ran() -> None:
        run()

    def refuse() -> None:
        raise AssertionError("nothing here waits too long")

    return Work(ran, refuse, address)


@pytest.mark.parametrize(
    ("method", "path", "large", "lane"),
    [
        ("GET", "/api/v1/gate/0202-01/X", False, "gate"),
        ("GET", "/desk/gate", False, "gate"),
        ("GET", "/readyz", False, "gate"),
        ("POST", "/api/v1/declarations/1/transit/arrival", False, "gate"),
        ("POST", "/oauth/token", False, "entry"),
        ("POST", "/accounts/login/", False, "entry"),
        ("GET", "/desk/review", False, "pages"),
        ("POST", "/api/v1/declarations", False, "lodge"),
        ("POST", "/api/v1/declarations", True, "bulk"),
        ("POST", "/api/v1/declarations/batch", False, "bulk"),
        ("POST", "/api/v1/manifests", False, "bulk"),
        ("POST", "/api/v1/gate/0202-01/X/out", True, "bulk"),
    ],
)
def test_each_kind_of_request_has_its_lane(
    method: str, path: str, *, large: bool, lane: str
) -> None:
    assert lane_of(asked(method=method, path=path), large=large) == lane


def test_a_full_lane_refuses_at_once_and_takes_again_when_there_is_room(goes_on: Event) -> None:
    counters, done = Counters(), SimpleQueue[str]()
    lane = Lane("pages", Breadth(threads=1, waiting=2), counters)

    def run() -> None:
        goes_on.wait(PATIENCE_SECONDS)
        done.put("done")

    taken = [lane.enter(work(run, address=f"10.0.0.{place}")) for place in range(5)]
    goes_on.set()
    ended = [done.get(timeout=PATIENCE_SECONDS) for _one in range(3)]

    assert taken == [True, True, True, False, False]
    assert ended == ["done"] * 3
    assert counters.now()["pages_refused"] == 2


def test_one_address_leaves_half_of_a_lane_to_others(goes_on: Event) -> None:
    lane = Lane("pages", Breadth(threads=1, waiting=8), Counters())

    greedy = [lane.enter(work(goes_on.wait)) for _one in range(9)]

    assert greedy.count(True) == 5
    assert lane.enter(work(goes_on.wait, address="10.0.0.2"))


def test_what_nobody_waits_for_any_more_is_not_begun(goes_on: Event) -> None:
    counters, done = Counters(), SimpleQueue[str]()
    lane = Lane("pages", Breadth(threads=1, waiting=8), counters)

    abandoned = work(lambda: done.put("abandoned"))
    abandoned.claim()
    lane.enter(abandoned)
    lane.enter(work(lambda: done.put("wanted")))

    assert done.get(timeout=PATIENCE_SECONDS) == "wanted"
    assert counters.now()["abandoned"] == 1


def test_who_waits_too_long_is_refused_while_no_thread_is_free_and_leaves_the_place(
    goes_on: Event,
) -> None:
    counters, told = Counters(), SimpleQueue[str]()
    lane = Lane("gate", Breadth(threads=1, waiting=2), counters)
    begun = Event()

    def long_one() -> None:
        begun.set()
        goes_on.wait(PATIENCE_SECONDS)
        told.put("long one")

    waiting = Work(lambda: told.put("begun"), lambda: told.put("refused"), "10.0.0.2")
    lane.enter(work(long_one))
    assert begun.wait(PATIENCE_SECONDS)
    lane.enter(waiting)
    now = monotonic()

    assert lane.refuse_late(now + WAIT_SECONDS / 2) == 0
    assert lane.refuse_late(now + WAIT_SECONDS + 1) == 1
    assert told.get(timeout=PATIENCE_SECONDS) == "refused"
    assert not lane.is_busy
    assert lane.enter(work(lambda: told.put("next"), address="10.0.0.3"))

    goes_on.set()
    assert [told.get(timeout=PATIENCE_SECONDS) for _one in range(2)] == ["long one", "next"]
    assert counters.now()["gate_refused"] == 1
    assert counters.now()["gate_waiting"] == 0


def test_a_fault_in_one_work_does_not_take_the_thread_with_it() -> None:
    done = SimpleQueue[str]()
    lane = Lane("pages", Breadth(threads=1, waiting=8), Counters())

    lane.enter(work(lambda: 1 // 0))
    lane.enter(work(lambda: done.put("next")))

    assert done.get(timeout=PATIENCE_SECONDS) == "next"
