"""Locks between processes, which end with whoever holds them however he ends."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

LOOK_AGAIN_SECONDS: Final = 0.02


class Lock:
    """An open lock file. Closing it, or the end of the process, gives the lock up."""

    def __init__(self, path: Path) -> None:
        """Open the file, and make it if need be; nothing is locked yet."""
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self, *, shared: bool = False) -> bool:
        """Take the lock if it can be had at once; say whether it was.

        A lock that is held already is changed from shared to exclusive or back; if that fails,
        the old one is lost.
        """
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(self._file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def wait(self, *, seconds: float, shared: bool = False) -> bool:
        """Take the lock as soon as it can be had; say whether that was in time."""
        end = time.monotonic() + seconds
        while not self.take(shared=shared):
            if time.monotonic() > end:
                return False
            time.sleep(LOOK_AGAIN_SECONDS)
        return True

    def write(self, text: str) -> None:
        """Write a short text into the lock file."""
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, text.encode(), 0)

    def close(self) -> None:
        """Give the lock up."""
        os.close(self._file)


@contextmanager
def opened(path: Path) -> Iterator[Lock]:
    """Open a lock file for a while."""
    lock = Lock(path)
    try:
        yield lock
    finally:
        lock.close()


def is_held(path: Path) -> bool:
    """Say whether any process holds the lock."""
    if not path.exists():
        return False
    with opened(path) as lock:
        return not lock.take()
