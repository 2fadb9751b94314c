"""Lanes: each kind of request has threads and waiting places of its own, which no other takes."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from logging import getLogger
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Final

from tongguan.facilities.web_counters import Counters
from tongguan.interfaces.server.asked import Asked

log = getLogger(__name__)
WAIT_SECONDS: Final = 30.0
"""Whoever has waited longer for a thread is refused: the client has given up, or soon will."""
_GATE: Final = (
    *("/api/v1/gate/", "/api/v1/arrivals", "/api/v1/transports", "/api/v1/keys/"),
    *("/desk/gate", "/healthz", "/readyz", "/metrics"),
)
_ENTRY: Final = ("/accounts/", "/oauth/")
_LODGE: Final = frozenset(
    {"/api/v1/declarations", "/api/v1/declarations/check", "/portal/lodge", "/portal/lodge/form"}
)
_BULK: Final = frozenset({"/api/v1/declarations/batch", "/api/v1/manifests"})
_TRANSIT: Final = ("/transit/departure", "/transit/arrival")


@dataclass(frozen=True, slots=True)
class Breadth:
    """Threads of a lane in each process, and how many requests may wait for them."""

    threads: int
    waiting: int


LANES: Final = {
    "gate": Breadth(threads=1, waiting=64),  # gates, sites and probes
    "entry": Breadth(threads=1, waiting=64),  # sign-in and tokens, open to strangers and costly
    "pages": Breadth(threads=2, waiting=256),  # everybody's pages and small calls
    "lodge": Breadth(threads=2, waiting=256),  # documents that are read and decided on, one each
    "bulk": Breadth(threads=1, waiting=16),  # batches and large bodies, in a process of their own
}
"""More threads only hand the interpreter lock to one another (bench/lodgement)."""
CONNECTIONS: Final = sum(one.threads for one in LANES.values())
"""Connections to the database that one worker holds: one a thread, and one for its batches."""


def lane_of(asked: Asked, *, large: bool) -> str:
    """Return the lane of a request.

    Args:
        asked: its head.
        large: whether its body is too large to be worked on beside pages.
    """
    if asked.path in _BULK or large:
        return "bulk"
    if asked.path in _LODGE and asked.method == "POST":
        return "lodge"
    if asked.path.startswith(_GATE) or asked.path.endswith(_TRANSIT):
        return "gate"
    return "entry" if asked.path.startswith(_ENTRY) else "pages"


@dataclass(frozen=True, slots=True)
class Work:
    """What a thread of a lane does.

    Attributes:
        run: does it.
        refuse: tells that it has waited too long.
        address: who sent it.
    """

    run: Callable[[], None]
    refuse: Callable[[], None]
    address: str
    _claimed: Lock = field(default_factory=Lock, init=False, repr=False)

    def claim(self) -> bool:
        """Take it: to do it, or to have it not done; only the first who asks gets it."""
        return self._claimed.acquire(blocking=False)


class Lane:
    """Threads of one kind of request, and the requests that wait for them."""

    def __init__(self, name: str, breadth: Breadth, counters: Counters) -> None:
        """Start the threads; they end with the process."""
        self._name = name
        self._breadth = breadth
        self._counters = counters
        self._queue: SimpleQueue[Work] = SimpleQueue()
        self._waiting: dict[int, tuple[float, Work]] = {}
        self._lock = Lock()
        self._present: Counter[str] = Counter()
        self._count = 0
        for number in range(breadth.threads):
            Thread(target=self._serve, name=f"{name}-{number + 1}", daemon=True).start()

    @property
    def is_full(self) -> bool:
        """Whether nobody more may wait."""
        return self._count >= self._breadth.waiting + self._breadth.threads

    @property
    def is_busy(self) -> bool:
        """Whether somebody waits for a thread."""
        return self._count > self._breadth.threads

    def enter(self, work: Work) -> bool:
        """Take work, or say that no place is left; one address never takes more than half."""
        most = self._breadth.waiting // 2 + self._breadth.threads
        with self._lock:
            if self.is_full or self._present[work.address] >= most:
                self._counters.add(f"{self._name}_refused")
                return False
            self._present[work.address] += 1
            self._count += 1
            self._waiting[id(work)] = (time.monotonic(), work)
        self._counters.add(f"{self._name}_waiting")
        self._queue.put(work)
        return True

    def refuse_late(self, now: float) -> int:
        """Refuse what has waited too long by now, also while no thread is free; return how many.

        Their places are free at once.
        """
        with self._lock:
            keys = [key for key, (began, _) in self._waiting.items() if _is_late(began, now)]
            late = [self._waiting.pop(key)[1] for key in keys]
        for work in late:
            self._end(work, late=True)
        return len(late)

    def _serve(self) -> None:
        while True:
            work = self._queue.get()
            with self._lock:
                began, waits = self._waiting.pop(id(work), (0.0, None))
            if waits is None:
                continue  # it was refused while it waited
            self._counters.add(f"{self._name}_running")
            self._end(work, late=_is_late(began, time.monotonic()))
            self._counters.add(f"{self._name}_running", -1)

    def _end(self, work: Work, *, late: bool) -> None:
        self._counters.add(f"{self._name}_waiting", -1)
        try:
            self._do(work, late=late)
        except Exception:
            log.exception("a request failed outside of the product")
        finally:
            self._left(work.address)

    def _do(self, work: Work, *, late: bool) -> None:
        if not work.claim():
            self._counters.add("abandoned")
        elif late:
            work.refuse()
            self._counters.add(f"{self._name}_refused")
        else:
            work.run()
            self._counters.add(f"{self._name}_answered")

    def _left(self, address: str) -> None:
        with self._lock:
            self._count -= 1
            self._present[address] -= 1
            if not self._present[address]:
                del self._present[address]


def _is_late(began: float, now: float) -> bool:
    return now - began > WAIT_SECONDS
