"""Bodies on their way: collected without a thread, each within its time, all within their bounds.

Where one more comes than may wait, the one that has waited longest is ended, of the same address
where that has its fill: who sends at a normal pace is never refused for the slow.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO, Any, Final

from tongguan.facilities.web_counters import Counters
from tongguan.interfaces.server.asked import Asked, Exchange
from tongguan.interfaces.server.limits import Limits
from tongguan.interfaces.server.problems import BROKEN, SLOW, TOO_LARGE, UNCLEAR
from tongguan.kernel.problems import Problem

LOOK_SECONDS: Final = 0.5
DRAINED_BYTES: Final = 8 << 20
"""So much of a refused body is still taken, for a client to read the refusal."""


class RefusedError(Exception):
    """A body is not taken."""

    def __init__(self, problem: Problem) -> None:
        """Take what is told."""
        super().__init__(problem.code)
        self.problem = problem


@dataclass(slots=True)
class Body:
    """A body that is here: in memory, or in a file without a name."""

    length: int
    data: bytes = b""
    file: IO[bytes] | None = None


@dataclass(eq=False, slots=True)
class _Coming:
    address: str
    task: "asyncio.Task[Any]"
    ends_at: float
    began_at: float = field(default_factory=time.monotonic)
    bytes: int = 0
    problem: Problem | None = None

    def end(self, problem: Problem) -> None:
        if self.problem is None:
            self.problem = problem
            self.task.cancel()


class Bodies:
    """All bodies on their way to this process."""

    def __init__(self, limits: Limits, counters: Counters) -> None:
        """Begin with none."""
        self._limits = limits
        self._counters = counters
        self._coming: dict[_Coming, None] = {}  # in the order in which they came
        self._bytes = 0

    async def collect(self, asked: Asked, proto: Exchange) -> Body:
        """Return a body once it is whole.

        Raises:
            RefusedError: it is too large, comes too slowly or breaks off, or its head is unclear.
        """
        if asked.is_misleading:
            raise RefusedError(UNCLEAR)
        if asked.is_unclear:
            raise RefusedError(BROKEN)
        if asked.length > self._limits.largest_body:
            raise RefusedError(TOO_LARGE)
        if not asked.has_body:
            return Body(0)
        coming = self._enter(asked)
        try:
            if not asked.is_chunked and asked.length <= self._limits.spool_above:
                return await self._small(asked, proto)
            return await self._large(asked, proto, coming)
        except asyncio.CancelledError:
            if coming.problem is None:
                raise
            coming.task.uncancel()
            self._counters.add("bodies_ended")
            raise RefusedError(coming.problem) from None
        finally:
            self._leave(coming)

    async def drain(self, asked: Asked, proto: Exchange) -> None:
        """Take the rest of a refused body, within bounds, so that its sender reads the refusal."""
        if asked.length > self._limits.largest_body + DRAINED_BYTES:
            return
        taken, most = 0, max(asked.length, DRAINED_BYTES)
        try:
            async with asyncio.timeout(self._limits.silent_seconds):
                async for chunk in proto:
                    taken += len(chunk)
                    if not chunk or taken > most:
                        return
        except (TimeoutError, RuntimeError):
            return

    async def look(self) -> None:
        """End what takes too long, as long as the process lives."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            now = time.monotonic()
            for one in [one for one in self._coming if one.ends_at < now]:
                one.end(SLOW)

    async def _small(self, asked: Asked, proto: Exchange) -> Body:
        try:
            data = await proto()
        except RuntimeError as error:  # the server's word for a body that broke off
            raise RefusedError(BROKEN) from error
        if len(data) != asked.length:
            raise RefusedError(BROKEN)
        return Body(len(data), data)

    async def _large(self, asked: Asked, proto: Exchange, coming: _Coming) -> Body:
        store = _Store(self._limits.spool_above)
        try:
            await self._fill(store, proto, coming)
            _require(asked.is_chunked or coming.bytes == asked.length, BROKEN)
        except BaseException:
            store.close()
            raise
        return store.body()

    async def _fill(self, store: "_Store", proto: Exchange, coming: _Coming) -> None:
        silent, last = self._limits.silent_seconds, coming.began_at + self._limits.whole_seconds
        ended = False
        async for chunk in proto:
            # The server ends a whole body by one empty chunk, one that broke off by several.
            _require(not ended, BROKEN)
            ended = not chunk
            self._count(coming, len(chunk))
            _require(coming.bytes <= self._limits.largest_body, TOO_LARGE)
            by_rate = coming.began_at + 2 * silent + coming.bytes / self._limits.least_rate
            coming.ends_at = min(time.monotonic() + silent, by_rate, last)
            store.write(chunk)

    def _enter(self, asked: Asked) -> _Coming:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 -- for the type checker: this is a coroutine
        coming = _Coming(asked.address, task, time.monotonic() + self._limits.silent_seconds)
        self._coming[coming] = None
        self._counters.add("bodies_waiting")
        if len(self._coming) > self._limits.bodies_of_address:
            self._make_room(coming)
        return coming

    def _leave(self, coming: _Coming) -> None:
        del self._coming[coming]
        self._bytes -= coming.bytes
        self._counters.add("bodies_waiting", -1)
        self._counters.add("bytes_waiting", -coming.bytes)

    def _count(self, coming: _Coming, count: int) -> None:
        coming.bytes += count
        self._bytes += count
        self._counters.add("bytes_waiting", count)
        if self._bytes > self._limits.bytes_of_address:
            self._make_room(coming)

    def _make_room(self, newcomer: _Coming) -> None:
        """End those that have waited longest until all bounds hold: first of the same address."""
        limits = self._limits
        mine = [one for one in self._coming if one.address == newcomer.address]
        _end_oldest(mine, newcomer, limits.bodies_of_address, limits.bytes_of_address)
        if len(self._coming) > limits.bodies or self._bytes > limits.bytes_waiting:
            [(busiest, _count)] = Counter(one.address for one in self._coming).most_common(1)
            theirs = [one for one in self._coming if one.address == busiest]
            _end_oldest(theirs, newcomer, len(theirs) // 2, limits.bytes_waiting // 2)


def _end_oldest(some: Sequence[_Coming], newcomer: _Coming, most: int, most_bytes: int) -> None:
    waiting = [one for one in some if one.problem is None]
    count, size = len(waiting), sum(one.bytes for one in waiting)
    for one in waiting:
        if count <= most and size <= most_bytes:
            return
        if one is not newcomer:
            one.end(SLOW)
            count, size = count - 1, size - one.bytes


class _Store:
    """The bytes of a body: in memory first, in a file once there are many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._parts: list[bytes] = []
        self._file: IO[bytes] | None = None
        self._length = 0

    def write(self, chunk: bytes) -> None:
        self._length += len(chunk)
        self._parts.append(chunk)
        if self._length > self._most:
            self._file = self._file or TemporaryFile()  # noqa: SIM115
            self._file.writelines(self._parts)
            self._parts.clear()

    def body(self) -> Body:
        if self._file is None:
            return Body(self._length, b"".join(self._parts))
        self._file.seek(0)
        return Body(self._length, file=self._file)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def _require(holds: bool, problem: Problem) -> None:
    if not holds:
        raise RefusedError(problem)
