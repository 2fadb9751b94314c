"""Processes of the operating system: tied to their parents, looked for, stopped."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

PR_SET_PDEATHSIG: Final = 1
LOOK_AGAIN_SECONDS: Final = 0.02

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def end_with_parent(ending: signal.Signals) -> Callable[[], None]:
    """Return what a child runs before its program, so that it is signalled when its parent ends.

    Linux watches the parent's thread: start the child from one that lasts. Elsewhere the child
    is only stopped by its parent.
    """
    parent = os.getpid()

    def tie() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, ending)
            if os.getppid() != parent:  # it ended in between
                os._exit(1)

    return tie


def works_in(number: int, folder: Path) -> bool:
    """Say whether a process has its working directory there; where unknown, that it has."""
    if not Path("/proc/self/cwd").exists():
        return True
    try:
        return Path(f"/proc/{number}/cwd").samefile(folder)
    except OSError:
        return False


def stop(number: int, steps: Sequence[tuple[signal.Signals, float]]) -> None:
    """Stop a process of another parent: each signal in turn, with so many seconds to follow it."""
    for step, seconds in steps:
        with suppress(ProcessLookupError):
            os.kill(number, step)
        end = time.monotonic() + seconds
        while _lives(number) and time.monotonic() < end:
            time.sleep(LOOK_AGAIN_SECONDS)
        if not _lives(number):
            return


def _lives(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(") ")[2][:1]
    except OSError:
        return _exists(number)
    return state not in {"Z", "X"}


def _exists(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
