"""Using the embedded server of a home: the first to come starts it, the last to leave stops it."""

import atexit
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from tongguan.facilities import processes
from tongguan.facilities.private_files import private_folder

from .address import embedded_url
from .cluster import FAST, LOG_BYTES, Layout
from .locks import Lock, is_held, opened

START_SECONDS: Final = 600
"""How long a start may take: replaying what a crash left is the slow part."""
STOP_SECONDS: Final = 90
LOOK_SECONDS: Final = 0.02
LOG_LINES: Final = 5
STARTS: Final = 2
"""How often a keeper is started: the first may find that the last one has not quite gone."""
KEEPER: Final = "tongguan.facilities.database.keeper"


class DatabaseTroubleError(Exception):
    """The embedded server does not start; the text says what its log says."""


class Server:
    """One process's use of the embedded server of a home.

    The use ends with `leave`, or with the process; the server lives on while others use it.
    """

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        """Take part, and start the server if it does not run.

        Args:
            home: the directory of the installation; the server keeps everything below it.
            durable: False for tests: an operating system that crashes may then lose rows.

        Raises:
            DatabaseTroubleError: it does not start.
        """
        self.url: Final = embedded_url(home)
        self._layout = Layout(home)
        self._durable = durable
        self._keeper: int | None = None
        private_folder(self._layout.folder)
        self._use = Lock(self._layout.users)
        if not self._use.wait(shared=True, seconds=STOP_SECONDS):
            self._use.close()
            raise DatabaseTroubleError(f"a server that was stopping does not end: {self._told()}")
        try:
            self.look()
        except BaseException:
            self._use.close()
            raise

    def look(self) -> None:
        """See that the server answers; start it again if its keeper was killed.

        Raises:
            DatabaseTroubleError: it does not start.
        """
        with opened(self._layout.starting) as starting:
            if not starting.wait(seconds=START_SECONDS):
                raise DatabaseTroubleError(f"another start does not end: {self._told()}")
            self._start()

    def leave(self) -> None:
        """End the use. The last one stops the server, and waits until it has ended."""
        if self._use.take():
            stop(self._layout.home)
        self._use.close()
        self._reap()

    def _start(self) -> None:
        end = time.monotonic() + START_SECONDS
        started = 0
        while not self._layout.is_ready():
            self._reap()
            if not is_held(self._layout.keeper) and self._keeper is None:
                if started == STARTS:
                    raise DatabaseTroubleError(self._told())
                self._keeper = _start_keeper(self._layout, durable=self._durable)
                started += 1
            if time.monotonic() > end:
                raise DatabaseTroubleError(f"it does not answer: {self._told()}")
            time.sleep(LOOK_SECONDS)

    def _reap(self) -> None:
        if self._keeper is not None and os.waitpid(self._keeper, os.WNOHANG) != (0, 0):
            self._keeper = None

    def _told(self) -> str:
        lines = self._layout.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join([f"see {self._layout.log}:", *lines[-LOG_LINES:]])


@contextmanager
def running(home: Path, *, durable: bool = True) -> Iterator[str]:
    """Have the embedded server of a home run for a while; give its address.

    Raises:
        DatabaseTroubleError: it does not start.
    """
    server = Server(home, durable=durable)
    try:
        yield server.url
    finally:
        server.leave()


def ensure(home: Path, *, durable: bool = True) -> str:
    """Have the embedded server of a home run until this process ends; return its address.

    Raises:
        DatabaseTroubleError: it does not start.
    """
    server = Server(home, durable=durable)
    atexit.register(server.leave)
    return server.url


def is_running(home: Path) -> bool:
    """Say whether the embedded server of a home takes connections."""
    return Layout(home).is_ready()


def is_used(home: Path) -> bool:
    """Say whether any process uses the embedded server of a home."""
    return is_held(Layout(home).users)


def stop(home: Path) -> bool:
    """Stop the embedded server of a home, with all connections, and wait until it has ended.

    Who still uses it may start it again. Return whether it has ended.
    """
    layout = Layout(home)
    kept = layout.kept()
    if kept and is_held(layout.keeper):
        with suppress(ProcessLookupError):
            os.kill(kept[0], signal.SIGTERM)
    elif orphan := layout.server():
        processes.stop(orphan, FAST)
    end = time.monotonic() + STOP_SECONDS
    while is_held(layout.keeper) or layout.server() is not None:
        if time.monotonic() > end:
            return False
        time.sleep(LOOK_SECONDS)
    return True


def _start_keeper(layout: Layout, *, durable: bool) -> int:
    if layout.log.exists() and layout.log.stat().st_size > LOG_BYTES:
        layout.log.replace(layout.log.with_suffix(".log.1"))
    lasting = "durable" if durable else "passing"
    appending = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    return os.posix_spawn(
        sys.executable,
        [sys.executable, "-P", "-m", KEEPER, str(layout.home), lasting],
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(layout.log), appending, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setsid=True,
        setsigmask=(),
    )
