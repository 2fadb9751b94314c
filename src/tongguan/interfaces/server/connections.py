"""Looks after the connections of this process: too many of one address, and who does not read.

The server ends by itself a connection whose head does not come, and the application a body that is
slow. What neither sees is asked of the operating system here: how many connections an address
holds, and whether a client takes what is sent to it. Works on Linux; elsewhere nothing is ended.
"""

import asyncio
import os
import socket
import stat
import struct
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tongguan.facilities.web_counters import Counters
from tongguan.interfaces.server.limits import Limits

LOOK_SECONDS: Final = 1.0
_HANDLES: Final = Path("/proc/self/fd")
_ESTABLISHED: Final = 1
_INFO_BYTES: Final = 148
_LINGER_NOT: Final = struct.pack("ii", 1, 0)


@dataclass(slots=True)
class _Reading:
    """What a client has taken of an answer, and by when it has to have taken more."""

    acknowledged: int
    ends_at: float


@dataclass(frozen=True, slots=True)
class Connection:
    """One connection of this process, as the operating system knows it.

    Source: struct tcp_info, linux/tcp.h.
    """

    inode: int
    handle: int
    peer: str
    is_open: bool
    silent_ms: int
    unread: bool
    acknowledged: int

    @property
    def address(self) -> str:
        """The peer's address."""
        return self.peer.rpartition(":")[0]


class Connections:
    """All connections of this process, looked at once a second."""

    def __init__(self, limits: Limits, counters: Counters, *, behind_proxy: bool) -> None:
        """Begin with none; behind a proxy all have its address, and it counts its clients."""
        self._limits = limits
        self._counters = counters
        self._counts_addresses = not behind_proxy
        self._reading: dict[int, _Reading] = {}

    async def look(self, served: Container[str]) -> None:
        """Look again and again, as long as the process lives.

        Args:
            served: peers whose request is worked on at the moment; they are left alone.
        """
        while sys.platform == "linux":
            await asyncio.sleep(LOOK_SECONDS)
            found = list(_connections(self._limits.port))
            self._end_readers(found)
            if len(found) > self._limits.connections_of_address:
                self._end_idle(found, served)

    def _end_readers(self, found: list[Connection]) -> None:
        """End those that take an answer more slowly than the least rate, or not at all."""
        now, silent = time.monotonic(), self._limits.silent_seconds
        kept: dict[int, _Reading] = {}
        for one in found:
            if not one.unread:
                continue
            known = self._reading.get(one.inode)
            enough = silent * self._limits.least_rate
            if known is None or one.acknowledged - known.acknowledged >= enough:
                known = _Reading(one.acknowledged, now + silent)
            if known.ends_at < now and _end(one):
                self._counters.add("readers_ended")
            else:
                kept[one.inode] = known
        self._reading = kept

    def _end_idle(self, found: list[Connection], served: Container[str]) -> None:
        """End what waits for a request, the longest silent first, of addresses with too many."""
        by_address = defaultdict(list)
        for one in sorted(found, key=lambda one: -one.silent_ms):
            if one.peer not in served and one.is_open:
                by_address[one.address].append(one)
        counts = Counter(one.address for one in found)
        if self._counts_addresses:
            for address, count in counts.items():
                self._end_some(by_address[address], count - self._limits.connections_of_address)
        beyond = len(found) - self._limits.connections * 9 // 10
        if beyond > 0:
            [(busiest, _count)] = counts.most_common(1)
            self._end_some(by_address[busiest], beyond)

    def _end_some(self, idle: list[Connection], count: int) -> None:
        for one in idle[: max(count, 0)]:
            if _end(one):
                self._counters.add("connections_ended")


def _connections(port: int) -> Iterator[Connection]:
    # Those that came to the server; a connection to a database is none of these.
    for name in os.listdir(_HANDLES):  # noqa: PTH208 -- names alone, several hundred a second
        with suppress(OSError, ValueError):
            handle = int(name)
            known = os.fstat(handle)
            if stat.S_ISSOCK(known.st_mode) and (one := _looked_at(handle, known.st_ino, port)):
                yield one


def _looked_at(handle: int, inode: int, port: int) -> Connection | None:
    # A copy, which is closed at once: the handle itself is the server's, and may be closed by now.
    with socket.socket(fileno=os.dup(handle)) as copy:
        if copy.family not in {socket.AF_INET, socket.AF_INET6}:
            return None
        if copy.getsockname()[1] != port:
            return None
        host, peer_port, *_more = copy.getpeername()
        info = copy.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO_BYTES)
    if len(info) < _INFO_BYTES:
        return None
    [unacknowledged] = struct.unpack_from("=I", info, 24)
    [silent_ms] = struct.unpack_from("=I", info, 52)
    [acknowledged] = struct.unpack_from("=Q", info, 120)
    [unsent] = struct.unpack_from("=I", info, 144)
    unread = bool(unacknowledged or unsent)
    is_open = info[0] == _ESTABLISHED
    return Connection(
        inode, handle, f"{_bracketed(host)}:{peer_port}", is_open, silent_ms, unread, acknowledged
    )


def _bracketed(host: str) -> str:
    """Return an address as the server writes it: of version 6 in brackets."""
    return f"[{host}]" if ":" in host else host


def _end(one: Connection) -> bool:
    """End a connection, and drop what it still has to send; say whether it was there."""
    try:
        with socket.socket(fileno=os.dup(one.handle)) as copy:
            host, port, *_more = copy.getpeername()
            if f"{_bracketed(host)}:{port}" != one.peer:
                return False
            copy.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
            copy.shutdown(socket.SHUT_RDWR)
    except OSError:
        return False
    return True
