"""The product as an application for the server: each request its body, its lane, its answer.

One coroutine a request collects the body; then a thread of its lane runs Django and answers.
"""

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from logging import getLogger
from tempfile import TemporaryFile
from typing import IO, Any, Final

from granian.rsgi import Scope

from tongguan.facilities.log import request_facts
from tongguan.facilities.web_counters import Counters
from tongguan.interfaces.api import problems as api_problems
from tongguan.interfaces.server import memory
from tongguan.interfaces.server.asked import Asked, Exchange
from tongguan.interfaces.server.batches import Batches, EndedError, KeeperLostError
from tongguan.interfaces.server.bodies import Bodies, Body, RefusedError
from tongguan.interfaces.server.connections import Connections
from tongguan.interfaces.server.lanes import LANES, Lane, Work, lane_of
from tongguan.interfaces.server.limits import MEGABYTE, Limits
from tongguan.interfaces.server.problems import (
    BUSY,
    ENDED,
    TOO_LARGE,
    TOO_LONG,
    TOO_MUCH,
)
from tongguan.interfaces.server.refusals import refusal
from tongguan.interfaces.server.work import Answer, Facts, Wsgi, answer, tell
from tongguan.kernel.problems import Problem

log = getLogger(__name__)
LOOK_SECONDS: Final = 1.0
STOP_SECONDS: Final = 30.0
"""So long may the requests of a worker go on that is to be replaced."""
LEAST_LIFE_SECONDS: Final = 10.0
"""A worker that ends earlier than that after its start is no longer replaced by the server."""


class Application:
    """The product in one worker."""

    def __init__(
        self, handler: Wsgi, batches: Batches, limits: Limits, counters: Counters, *, proxy: bool
    ) -> None:
        """Take the product's handler, and the process beside this one."""
        self._handler = handler
        self._batches = batches
        self._limits = limits
        self._counters = counters
        self._proxy = proxy
        self._bodies = Bodies(limits, counters)
        self._connections = Connections(limits, counters, behind_proxy=proxy)
        self._lanes = {name: Lane(name, breadth, counters) for name, breadth in LANES.items()}
        self._served: Counter[str] = Counter()
        self._tasks: list[asyncio.Task[None]] = []

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to look after bodies, connections and memory."""
        looks = (
            self._bodies.look(),
            self._connections.look(self._served),
            self._look(),
            self._refuse_late(),
        )
        self._tasks.extend(map(loop.create_task, looks))

    async def __rsgi__(self, scope: Scope, proto: Exchange) -> None:
        """Answer one request."""
        began = time.monotonic()
        asked = Asked.of(scope, behind_proxy=self._proxy)
        self._served[asked.peer] += 1
        try:
            await self._serve(asked, proto, began)
        finally:
            self._served[asked.peer] -= 1
            if not self._served[asked.peer]:
                del self._served[asked.peer]

    async def _serve(self, asked: Asked, proto: Exchange, began: float) -> None:
        large = asked.length > self._limits.spool_above
        lane = lane_of(asked, large=large)
        if self._lanes[lane].is_full:
            self._counters.add(f"{lane}_refused")
            self._refuse(asked, proto, lane, began, BUSY)
            await self._bodies.drain(asked, proto)
            return
        try:
            body = await self._bodies.collect(asked, proto)
        except RefusedError as error:
            self._refuse(asked, proto, lane, began, error.problem)
            if error.problem is TOO_LARGE:
                await self._bodies.drain(asked, proto)
            return
        if body.file is not None:
            lane = lane_of(asked, large=True)
        await self._in_lane(lane, asked, proto, body, began)

    async def _in_lane(
        self, lane: str, asked: Asked, proto: Exchange, body: Body, began: float
    ) -> None:
        loop = asyncio.get_running_loop()
        done, facts = loop.create_future(), _facts(asked, lane, began)

        def finish(work: Callable[[], None]) -> Callable[[], None]:
            def finished() -> None:
                try:
                    work()
                except Exception:
                    with request_facts(request=asked.request_id, client=asked.address):
                        log.exception("a request failed outside of the product")
                    self._refuse(asked, proto, lane, began, api_problems.TROUBLE)
                finally:
                    loop.call_soon_threadsafe(_set, done)

            return finished

        work = Work(
            run=finish(lambda: self._run(lane, asked, proto, body, facts)),
            refuse=finish(lambda: self._refuse(asked, proto, lane, began, BUSY)),
            address=asked.address,
        )
        try:
            if self._lanes[lane].enter(work):
                await self._until(done, work, proto, may_wait=self._lanes[lane].is_busy)
            else:
                self._refuse(asked, proto, lane, began, BUSY)
        finally:
            if body.file is not None:
                body.file.close()

    async def _until(
        self, done: "asyncio.Future[Any]", work: Work, proto: Exchange, *, may_wait: bool
    ) -> None:
        """Wait for work to be done, or for the client to go before it is begun."""
        if may_wait:
            gone = asyncio.ensure_future(proto.client_disconnect())
            await asyncio.wait({done, gone}, return_when=asyncio.FIRST_COMPLETED)
            if gone.done() and not done.done() and work.claim():
                return
            gone.cancel()
        await done

    def _run(self, lane: str, asked: Asked, proto: Exchange, body: Body, facts: Facts) -> None:
        if lane == "bulk":
            found = self._batch(asked, body, facts)
        else:
            found = answer(self._handler, asked.environ(BytesIO(body.data), body.length), facts)
        if found.out_of_memory:
            self._counters.add("memory_ended")
            found = refusal(TOO_MUCH, asked)
        _send(proto, asked, found)

    def _batch(self, asked: Asked, body: Body, facts: Facts) -> Answer:
        file = body.file or _file(body.data)
        problem: Problem = ENDED
        try:
            return self._batches.answer(asked.environ(BytesIO(), body.length), file, facts)
        except EndedError as error:
            if error.by_time:
                self._counters.add("time_ended")
                problem = TOO_LONG
            elif error.by_memory:
                self._counters.add("memory_ended")
                problem = TOO_MUCH
        except KeeperLostError:
            log.error(  # noqa: TRY400 -- where it was found says nothing
                "the process for batches cannot be started again; this worker is replaced"
            )
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            file.close()
        found = refusal(problem, asked, **self._problem_facts(problem))
        tell(facts, found.status, {"reason": problem.code})
        return found

    def _refuse(
        self, asked: Asked, proto: Exchange, lane: str, began: float, problem: Problem
    ) -> None:
        if problem is TOO_LARGE and asked.is_for_software:
            problem = api_problems.TOO_LARGE
        found = refusal(problem, asked, **self._problem_facts(problem))
        tell(_facts(asked, lane, began), found.status, {"reason": problem.code})
        _send(proto, asked, found)

    def _problem_facts(self, problem: Problem) -> dict[str, object]:
        if problem is TOO_LONG:
            return {"seconds": round(self._limits.long_seconds)}
        if problem in {TOO_LARGE, api_problems.TOO_LARGE}:
            return {"limit": self._limits.largest_body // MEGABYTE}
        return {}

    async def _refuse_late(self) -> None:
        """Refuse what waited too long for a thread, whether or not one becomes free."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            for lane in self._lanes.values():
                lane.refuse_late(time.monotonic())

    async def _look(self) -> None:
        """Have this worker replaced, its requests done, before its memory is at the bound."""
        self._batches.beat()
        wait, most = LEAST_LIFE_SECONDS, memory.resident() + self._limits.memory * 3 // 4
        while True:
            await asyncio.sleep(wait)
            self._batches.beat()
            if memory.resident() > most:
                break
            wait = LOOK_SECONDS
        log.warning("this worker takes much memory; it is replaced")
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(STOP_SECONDS)
        os._exit(1)  # a request that does not end would keep it for ever


def _facts(asked: Asked, lane: str, began: float) -> Facts:
    return Facts(asked.request_id, asked.address, asked.method, asked.shown_path, lane, began)


def _send(proto: Exchange, asked: Asked, found: Answer) -> None:
    headers = [(name.lower(), _plain(value.strip())) for name, value in found.headers]
    headers.append(("x-request-id", asked.request_id))
    proto.response_bytes(found.status, headers, found.body)


def _plain(value: str) -> str:
    """Return the value of a header as the server takes it: visible ASCII and blanks."""
    return value if value.isascii() and value.isprintable() else ascii(value)[1:-1]


def _file(data: bytes) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115 -- whoever calls closes it
    file.write(data)
    file.seek(0)
    return file


def _set(done: "asyncio.Future[Any]") -> None:
    if not done.done():
        done.set_result(None)
