"""Processes that tests and benches start: ended with all they started, whatever happens."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final

PATIENCE_SECONDS: Final = 60.0


@contextmanager
def started(
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stdin: int | IO[Any] | None = None,
    stdout: int | IO[Any] | None = None,
    stderr: int | IO[Any] | None = None,
    patience: float = PATIENCE_SECONDS,
) -> Iterator["subprocess.Popen[str]"]:
    """Start a process; when the block ends, in whatever way, all that it started is gone too.

    Args:
        command: program and arguments.
        env: its environment; the present one where none is given.
        cwd: the folder it works in; the present one where none is given.
        stdin: as of `subprocess.Popen`.
        stdout: as of `subprocess.Popen`.
        stderr: as of `subprocess.Popen`.
        patience: seconds that it may take to end in order, before it is killed.
    """
    process = subprocess.Popen(
        command,
        env=env,
        cwd=cwd,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        end(process, patience=patience)


def end(process: "subprocess.Popen[str]", *, patience: float = PATIENCE_SECONDS) -> None:
    """End a process as an operator does; then kill what is left of all that it started."""
    left = [] if process.poll() is not None else below(process.pid)
    if process.stdin is not None:
        _await(process, patience)  # its input ends, and so may it
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        _await(process, patience)
    if process.poll() is None:
        process.kill()
        process.wait()
    for number in left:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(number, signal.SIGKILL)
    # A group keeps its number from being given to another process as long as somebody is in it.
    if not Path(f"/proc/{process.pid}").exists():
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    end_of_patience = time.monotonic() + PATIENCE_SECONDS
    while any(map(is_running, left)) and time.monotonic() < end_of_patience:
        time.sleep(0.01)  # what is killed goes as soon as it is scheduled
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            stream.close()


def is_running(number: int) -> bool:
    """Return whether a process is there and has not ended."""
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2][0]
    except (OSError, IndexError):
        return False
    return state != "Z"


def below(number: int) -> list[int]:
    """Return the processes that a process has started, and those that these have, oldest first."""
    parents = {int(path.name): _parent(path) for path in Path("/proc").glob("[0-9]*")}
    return _of(number, parents)


def _of(number: int, parents: Mapping[int, int]) -> list[int]:
    found = sorted(child for child, parent in parents.items() if parent == number)
    return found + [one for child in found for one in _of(child, parents)]


def _parent(path: Path) -> int:
    try:
        return int((path / "stat").read_text().rpartition(") ")[2].split()[1])
    except OSError:
        return 0


def _await(process: "subprocess.Popen[str]", patience: float) -> None:
    with suppress(subprocess.TimeoutExpired, ValueError, OSError):
        process.communicate(timeout=patience)
