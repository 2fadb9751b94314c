"""Figures that the processes of a home write and any of them reads, without a database.

Each process has a file of its own below the home, locked as long as it lives. The next process
takes a file that is free and counts on, so that a sum never falls; what is true of this moment (a
gauge) counts only while its process lives.

All blocks of a file are on the disk before it is written to: a write into memory that has no block
on a full disk would end the process (SIGBUS).
"""

import fcntl
import mmap
import os
import struct
from collections.abc import Mapping, Sequence
from logging import getLogger
from pathlib import Path
from threading import Lock
from typing import Final

from tongguan.facilities.private_files import FILE_MODE, private_folder

log = getLogger(__name__)
FILES: Final = 64
_FORM: Final = struct.Struct("=q")


class SharedCounters:
    """The figures of this process under fixed names."""

    def __init__(
        self, folder: Path | None, names: Sequence[str], *, gauges: Sequence[str] = ()
    ) -> None:
        """Take a free file of the folder, which is made where it is missing.

        Args:
            folder: where the files are; without one, or where none is free or can be written,
                figures stay private.
            names: all figures, in the order in which files hold them.
            gauges: those that begin at 0 with each process.
        """
        self._folder = folder
        self._places = {name: place * _FORM.size for place, name in enumerate(names)}
        self._size = len(names) * _FORM.size
        self._lock = Lock()
        self._memory: mmap.mmap | bytearray = self._shared() or bytearray(self._size)
        for name in gauges:
            self._set(name, 0)

    def add(self, name: str, count: int = 1) -> None:
        """Add to a figure, or take from a gauge."""
        with self._lock:
            self._set(name, self._get(name) + count)

    def now(self) -> Mapping[str, int]:
        """Return the figures of this process."""
        return {name: self._get(name) for name in self._places}

    def _get(self, name: str) -> int:
        found: int = _FORM.unpack_from(self._memory, self._places[name])[0]
        return found

    def _set(self, name: str, value: int) -> None:
        _FORM.pack_into(self._memory, self._places[name], value)

    def _shared(self) -> mmap.mmap | None:
        if self._folder is None:
            return None
        try:
            return self._mapped(self._folder)
        except OSError as error:
            log.warning("figures of this process are not shared: %s", error)
            return None

    def _mapped(self, folder: Path) -> mmap.mmap | None:
        private_folder(folder)
        for number in range(FILES):
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
            handle = os.open(folder / str(number), flags, FILE_MODE)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(handle)
                continue
            try:
                if os.fstat(handle).st_size != self._size:
                    os.ftruncate(handle, 0)  # of a version that counted other things
                os.posix_fallocate(handle, 0, self._size)  # also of one that was made sparse
                return mmap.mmap(handle, self._size)  # the handle stays open, and with it the lock
            except OSError:
                os.close(handle)
                raise
        return None


def read_counters(
    folder: Path, names: Sequence[str], *, gauges: Sequence[str] = ()
) -> Mapping[str, int]:
    """Return the figures of all processes together: sums of all, gauges of those that live."""
    found = dict.fromkeys(names, 0)
    size = len(names) * _FORM.size
    for path in sorted(folder.glob("[0-9]*")):
        with path.open("rb") as file:
            data = file.read()
            if len(data) != size:
                continue
            lives = bool(gauges) and _is_locked(file.fileno())
        for name, (value,) in zip(names, _FORM.iter_unpack(data), strict=True):
            if lives or name not in gauges:
                found[name] += value
    return found


def _is_locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    return False
