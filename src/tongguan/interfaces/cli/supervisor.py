"""Several processes as one: started together, started again when they fail, stopped together."""

import logging
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from tongguan.facilities.processes import end_with_parent

LOOK_SECONDS: Final = 0.2
PAUSE_SECONDS: Final = 1.0
"""From one start of a child to the next it takes at least this long."""
STOP_SECONDS: Final = 10.0

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Child:
    """A process to keep running; it ends with the supervisor however that ends."""

    name: str
    command: Sequence[str]
    _process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    _began: float = field(default=0.0, init=False)

    def start(self) -> None:
        """Start it, in the calling thread, which has to last."""
        self._began = time.monotonic()
        self._process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches the supervisor alone
            preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509 -- see above
        )

    def look(self) -> None:
        """Start it again if it has ended, unless it was started only just now."""
        if self._process is None or self._process.poll() is None:
            return
        if time.monotonic() - self._began < PAUSE_SECONDS:
            return
        log.warning("%s has ended (%s); starting it again", self.name, self._process.returncode)
        self.start()

    def ask_to_stop(self) -> None:
        """Ask it to stop."""
        if self._process is not None:
            self._process.terminate()

    def end(self, seconds: float) -> None:
        """Wait so long for its end, then end it."""
        if self._process is None:
            return
        try:
            self._process.wait(max(seconds, 0))
        except subprocess.TimeoutExpired:
            log.warning("%s does not stop; ending it", self.name)
            self._process.kill()
            self._process.wait()


def supervise(children: Sequence[Child], *, looks: Sequence[Callable[[], None]]) -> None:
    """Keep children running until this process is told to stop, then stop them all.

    Args:
        children: in the order in which they are started; they are stopped together.
        looks: called several times a second, to look after what else they need.
    """
    stop = threading.Event()
    before = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}
    for one in before:
        signal.signal(one, lambda _number, _frame: stop.set())
    try:
        for child in children:
            child.start()
        while not stop.wait(LOOK_SECONDS):
            for look in (*looks, *(child.look for child in children)):
                look()
    finally:
        for child in children:
            child.ask_to_stop()
        end = time.monotonic() + STOP_SECONDS
        for child in children:
            child.end(end - time.monotonic())
        for one, handler in before.items():
            signal.signal(one, handler)
