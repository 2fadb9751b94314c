"""Counters that the processes of a home write and any of them reads, without a database.

Each process has a file of its own below the home, locked as long as it lives. The next process
takes a file that is free and counts on, so that a sum never falls.
"""

import fcntl
import mmap
import os
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Final

from tongguan.facilities.private_files import FILE_MODE, private_folder

FILES: Final = 64
_FORM: Final = struct.Struct("=q")


class SharedCounters:
    """The counters of this process under fixed names; kept in its memory where no file is free."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        """Take a free file of the folder, which is made where it is missing."""
        self._folder = folder
        self._names = tuple(names)
        self._places = {name: place * _FORM.size for place, name in enumerate(names)}
        self._size = len(names) * _FORM.size
        self._lock = Lock()
        self._memory: mmap.mmap | bytearray = self._mapped() or bytearray(self._size)

    def add(self, name: str, count: int = 1) -> None:
        """Add to a counter."""
        place = self._places[name]
        with self._lock:
            (value,) = _FORM.unpack_from(self._memory, place)
            _FORM.pack_into(self._memory, place, value + count)

    def _mapped(self) -> mmap.mmap | None:
        private_folder(self._folder)
        for number in range(FILES):
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
            handle = os.open(self._folder / str(number), flags, FILE_MODE)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(handle)
                continue
            os.ftruncate(handle, self._size)
            return mmap.mmap(handle, self._size)  # the handle stays open, and with it the lock
        return None


def read_counters(folder: Path, names: Sequence[str]) -> Mapping[str, int]:
    """Return the sums of all processes, those that have ended included."""
    sums = dict.fromkeys(names, 0)
    size = len(names) * _FORM.size
    for path in sorted(folder.glob("[0-9]*")):
        with path.open("rb") as file:
            data = file.read(size)
        if len(data) == size:
            for name, (value,) in zip(names, _FORM.iter_unpack(data), strict=True):
                sums[name] += value
    return sums
