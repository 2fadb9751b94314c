"""The bound on the memory of a process, and how much it takes now."""

import resource
from pathlib import Path
from typing import Final

from tongguan.interfaces.server.limits import MEGABYTE

_STATUS: Final = Path("/proc/self/status")


def bound(allowance: int) -> None:
    """Let this process take so many bytes beyond what it has now; then allocation fails.

    Counted is private memory that can be written to (RLIMIT_DATA), not code or shared files. It is
    counted from here, for what the libraries take at their start differs from machine to machine.
    Where the system does not tell what is taken, nothing is bounded.
    """
    taken = _of("VmData:")
    if taken:
        _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        most = taken + allowance
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def resident() -> int:
    """Return the bytes that this process holds in memory; 0 where the system does not tell."""
    return _of("VmRSS:")


def _of(name: str) -> int:
    try:
        lines = _STATUS.read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    found = [line.split()[1] for line in lines if line.startswith(name)]
    return int(found[0]) * MEGABYTE // 1_024 if found else 0
