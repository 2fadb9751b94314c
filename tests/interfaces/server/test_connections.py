"""Connections of a web process: those of an address that has too many, and of who does not read."""

import asyncio
import socket
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from typing import Any

import pytest

from tests.patience import PATIENCE_SECONDS
from tongguan.facilities.web_counters import Counters
from tongguan.interfaces.server.connections import Connections
from tongguan.interfaces.server.limits import Limits

Pairs = list[tuple[socket.socket, socket.socket]]


def limits(port: int, *, connections_of_address: int) -> Limits:
    return Limits(
        silent_seconds=0.1,
        long_seconds=300,
        largest_body=1_000,
        memory=1 << 30,
        port=port,
        connections=100,
        connections_of_address=connections_of_address,
    )


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """Close all sockets with the test."""
    with ExitStack() as found:
        yield found


def connected(stack: ExitStack, count: int) -> tuple[int, Pairs]:
    """Return a port and connections to it: each its client's end and its server's."""
    listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
    port = listening.getsockname()[1]
    pairs = []
    for _number in range(count):
        client = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
        pairs.append((client, stack.enter_context(listening.accept()[0])))
    return port, pairs


def is_open(one: socket.socket) -> bool:
    one.setblocking(False)
    try:
        return one.recv(1, socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


async def looked_until(
    holds: Callable[[], bool], connections: Connections, *, served: set[str]
) -> None:
    """Let the connections be looked after until something holds."""
    looking = asyncio.create_task(connections.look(served))
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not holds():  # noqa: ASYNC110 -- the counters are no event
            await asyncio.sleep(0.05)
    looking.cancel()
    with suppress(asyncio.CancelledError):
        await looking


def run(looking: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine in a thread of its own: in this one a browser's loop may be running."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, looking).result()


def test_of_too_many_of_one_address_those_that_wait_longest_are_ended(stack: ExitStack) -> None:
    port, pairs = connected(stack, 5)
    _other_port, others = connected(stack, 5)
    at_work = "{}:{}".format(*pairs[0][0].getsockname())
    counters = Counters()
    connections = Connections(limits(port, connections_of_address=3), counters, behind_proxy=False)

    run(
        looked_until(
            lambda: counters.now()["connections_ended"] == 2, connections, served={at_work}
        )
    )

    assert [is_open(client) for client, _server in pairs].count(False) == 2
    assert is_open(pairs[0][0])
    assert all(is_open(client) for client, _server in others)


def test_who_does_not_read_is_ended_and_connections_to_others_are_not(stack: ExitStack) -> None:
    port, [(_client, server)] = connected(stack, 1)
    _other_port, [(_database, ours)] = connected(stack, 1)
    for one in (server, ours):
        one.setblocking(False)
        with suppress(BlockingIOError):
            while one.send(bytes(65_536)):
                pass
    counters = Counters()
    connections = Connections(
        limits(port, connections_of_address=100), counters, behind_proxy=False
    )

    run(looked_until(lambda: counters.now()["readers_ended"] == 1, connections, served=set()))

    with pytest.raises(BrokenPipeError):
        server.send(b"more")
    with suppress(BlockingIOError):  # a connection that was ended fails in another way
        ours.send(b"more")
