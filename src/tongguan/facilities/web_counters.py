"""Figures of the web server, which its processes write and any process of the house reads.

They stand in files below the home: one a process, locked as long as the process lives. The next
process takes a file that is free and counts on, so that a sum never falls; what is true of this
moment (a gauge) counts only while its process lives.
"""

import fcntl
import mmap
import os
import struct
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Final

from tongguan.facilities.private_files import private_folder

LANES: Final = ("gate", "entry", "pages", "lodge", "bulk")
GAUGES: Final = (
    *(f"{lane}_running" for lane in LANES),
    *(f"{lane}_waiting" for lane in LANES),
    "bodies_waiting",
    "bytes_waiting",
)
TOTALS: Final = (
    *(f"{lane}_answered" for lane in LANES),
    *(f"{lane}_refused" for lane in LANES),
    "bodies_ended",
    "readers_ended",
    "connections_ended",
    "memory_ended",
    "time_ended",
    "abandoned",
)
NAMES: Final = (*GAUGES, *TOTALS)
FILES: Final = 64
_FORM: Final = struct.Struct("=q")
_SIZE: Final = len(NAMES) * _FORM.size
_PLACE: Final = {name: place * _FORM.size for place, name in enumerate(NAMES)}


class Counters:
    """The figures of this process."""

    def __init__(self, home: Path | None = None) -> None:
        """Take a free file; without a home, or where none is free, the figures stay private."""
        self._lock = Lock()
        self._memory: mmap.mmap | bytearray = bytearray(_SIZE)
        if home is not None:
            self._take_file(private_folder(_folder(home)))
        for name in GAUGES:
            self._set(name, 0)

    def add(self, name: str, count: int = 1) -> None:
        """Add to a figure, or take from a gauge."""
        with self._lock:
            self._set(name, self._get(name) + count)

    def now(self) -> Mapping[str, int]:
        """Return the figures of this process."""
        return {name: self._get(name) for name in NAMES}

    def _take_file(self, folder: Path) -> None:
        for number in range(FILES):
            handle = os.open(folder / str(number), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(handle)
                continue
            if os.fstat(handle).st_size != _SIZE:
                os.ftruncate(handle, 0)  # of a version that counted other things
                os.ftruncate(handle, _SIZE)
            self._memory = mmap.mmap(handle, _SIZE)
            return  # the handle stays open: closing it would unlock the file

    def _get(self, name: str) -> int:
        found: int = _FORM.unpack_from(self._memory, _PLACE[name])[0]
        return found

    def _set(self, name: str, value: int) -> None:
        _FORM.pack_into(self._memory, _PLACE[name], value)


def read(home: Path) -> Mapping[str, int]:
    """Return the figures of all web processes of a home together; zeros where none has served."""
    found = dict.fromkeys(NAMES, 0)
    form = struct.Struct(f"={len(NAMES)}q")
    for path in sorted(_folder(home).glob("[0-9]*")):
        with path.open("rb") as file:
            data = file.read()
            if len(data) != _SIZE:
                continue
            lives = _is_locked(file.fileno())
        for name, value in zip(NAMES, form.unpack(data), strict=True):
            if lives or name not in GAUGES:
                found[name] += value
    return found


def _folder(home: Path) -> Path:
    return home / "web-counters"


def _is_locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    return False
