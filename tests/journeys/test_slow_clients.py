"""Clients that are slow, greedy or broken: everybody else is answered as before.

The attacks go to the product of the journeys, and to a second web server of its home with narrow
bounds. All on this machine, bounded in number and time.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Final

import pytest

from tests.interfaces.cli.test_serve import descendants, free_port, lives
from tests.journeys.users import Product, eventually
from tests.patience import PATIENCE_SECONDS
from tongguan.facilities import web_counters
from tools.processes import started

SLOW: Final = 200
LOCAL: Final = "127.0.0.1"
HEAD: Final = b" HTTP/1.1\r\nHost: 127.0.0.1\r\n"
FORM: Final = b"Content-Type: application/x-www-form-urlencoded\r\n"
TOKEN_CALL: Final = b"POST /oauth/token" + HEAD + FORM
BATCH: Final = "/api/v1/declarations/batch"
MEGABYTES: Final = 96
"""What requests may take in each process of the narrow server."""

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Narrow:
    """A web server with narrow bounds, and where its log is."""

    port: int
    process: "subprocess.Popen[str]"
    log: Path

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, HTTPResponse, bytes]:
        """Return status, answer and body."""
        connection = HTTPConnection(LOCAL, self.port, timeout=PATIENCE_SECONDS)
        with closing(connection):
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, {"Accept-Language": "en", **names})
            answer = connection.getresponse()
            return answer.status, answer, answer.read()

    def workers(self) -> list[int]:
        """Return the processes of the server."""
        return descendants(self.process.pid)

    def events(self) -> list[dict[str, object]]:
        """Return what the log tells; each line has to be one event."""
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def narrow(product: Product, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Narrow]:
    """Serve the product's home a second time, by one worker that waits a second for nobody."""
    port, log = free_port(), tmp_path_factory.mktemp("narrow") / "log"
    home = Path(product.environment["TONGGUAN_HOME"])
    bounds = {
        "TONGGUAN_SILENT_SECONDS": "1",
        "TONGGUAN_WORKER_MB": str(MEGABYTES),
        "TONGGUAN_LOG_FORMAT": "json",
    }
    line = ("-m", "tongguan.interfaces.cli.web", LOCAL, str(port), "1", str(home / "static"))
    with (
        log.open("wb") as file,
        started(
            (sys.executable, *line),
            env={**product.environment, **bounds},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
        ) as process,
    ):
        eventually(lambda: _opens(port))
        yield Narrow(port, process, log)


def test_two_hundred_slow_clients_hold_up_nobody(product: Product) -> None:
    port = int(product.address.rpartition(":")[2])
    gate, clerk = product.software("gate-0202-01"), product.software("broker")
    home = Path(product.environment["TONGGUAN_HOME"])
    before = web_counters.read(home)
    with ExitStack() as stack:
        slow = [stack.enter_context(_connected(port)) for _number in range(SLOW)]
        for number, one in enumerate(slow):
            one.sendall(_slow(number % 4))

        answers = [
            gate.ask("/api/v1/gate/0202-01/XMPU0000001")[0],
            clerk.ask("/api/v1/events")[0],
            clerk.ask("/accounts/login/")[0],
            clerk.ask("/api/v1/declarations", b"{}", "application/json")[0],
            clerk.ask(BATCH, b"{}\n", "application/x-ndjson")[0],
        ]
        still_open = [one for one in slow if _is_open(one)]

    assert answers == [200, 200, 200, 400, 200]
    assert len(still_open) == SLOW
    for name in ("gate_answered", "bulk_answered"):  # counted when the answer is on its way
        eventually(lambda name=name: web_counters.read(home)[name] > before[name])  # type: ignore[misc]


def test_a_head_that_does_not_come_is_not_waited_for(narrow: Narrow) -> None:
    with _connected(narrow.port) as idle, _connected(narrow.port) as slow:
        slow.sendall(b"GET / HTT")

        assert (_rest(idle), _rest(slow)) == (b"", b"")


def test_a_body_that_does_not_come_is_refused_as_too_slow(narrow: Narrow) -> None:
    with _connected(narrow.port) as page, _connected(narrow.port) as call:
        page.sendall(b"POST /accounts/login/" + HEAD + FORM + b"Content-Length: 99\r\n\r\na=")
        call.sendall(b"POST /api/v1/manifests" + HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\na")

        assert _rest(page).startswith(b"HTTP/1.1 408 ")
        told = _rest(call)

    assert told.startswith(b"HTTP/1.1 408 ")
    assert b'"code":"WEB-002"' in told


def test_a_client_that_does_not_read_is_ended(narrow: Narrow) -> None:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        one.settimeout(PATIENCE_SECONDS)
        one.connect((LOCAL, narrow.port))
        one.sendall((b"GET /static/vendor/tabler.min.css" + HEAD + b"\r\n") * 30)

        eventually(lambda: not _is_open(one))


def test_sixty_megabytes_of_nothing_cost_only_who_sends_them(
    narrow: Narrow, product: Product
) -> None:
    token = product.software("broker").authorization
    began = max(map(_peak, narrow.workers()))

    with _connected(narrow.port) as greedy:
        body = b"{}\n" * (21 << 20)
        greedy.sendall(
            f"POST {BATCH} HTTP/1.1\r\nHost: {LOCAL}\r\nAuthorization: {token}\r\n"
            f"Accept-Language: en\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        )
        greedy.sendall(body)
        meanwhile, _answer, _page = narrow.ask("GET", "/accounts/login/")
        told = _one_answer(greedy)

    assert meanwhile == 200
    assert told.status == 413
    assert {one["code"] for one in json.loads(told.read())["errors"]} <= {"WEB-003", "MSG-002"}
    assert max(map(_peak, narrow.workers())) < began + ((MEGABYTES + 64) << 20)
    assert narrow.ask("POST", BATCH, b"{}\n", Authorization=token)[0] == 200


def test_a_process_that_is_killed_over_its_work_is_replaced(
    narrow: Narrow, product: Product
) -> None:
    token = product.software("broker").authorization
    assert eventually(lambda: len(narrow.workers()) == 3) >= 0
    worker, keeper, batches = narrow.workers()

    os.kill(batches, signal.SIGKILL)
    again = narrow.ask("POST", BATCH, b"{}\n", Authorization=token)[0]
    assert eventually(lambda: len(narrow.workers()) == 3) >= 0
    child = narrow.workers()[-1]
    os.kill(keeper, signal.SIGKILL)
    assert eventually(lambda: not lives(child)) >= 0
    without, _answer, told = narrow.ask("POST", BATCH, b"{}\n", Authorization=token)

    assert again == 200
    assert (without, b"WEB-006" in told) == (503, True)
    assert eventually(lambda: not lives(worker)) >= 0
    assert eventually(lambda: _opens(narrow.port)) >= 0
    assert narrow.ask("POST", BATCH, b"{}\n", Authorization=token)[0] == 200


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"HEAD /accounts/login/" + HEAD + b"\r\n", b"200"),
        (TOKEN_CALL + b"Content-Length: 5\r\nExpect: 100-continue\r\n\r\na=b&c", b"100"),
        (TOKEN_CALL + b"Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n", b"400"),
        (b"GET /accounts/login/" + HEAD + b"Content-Length: 0\r\n\r\n", b"200"),
        (b"GET /accounts/login/ HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n", b"200"),
        (TOKEN_CALL + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"400"),
        (TOKEN_CALL + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\na=bc", b"400"),
        (TOKEN_CALL + b"Content-Length: 99999999\r\n\r\n", b"413"),
        (b"GET /" + b"a" * 500_000 + HEAD + b"\r\n", b"414 431"),
    ],
    ids=[
        *("head", "expect", "chunked", "length-0", "http-1.0"),
        *("two-lengths", "two-numbers", "too-large", "long-address"),
    ],
)
def test_what_http_allows_is_answered_and_what_it_forbids_refused(
    narrow: Narrow, sent: bytes, status: bytes
) -> None:
    with _connected(narrow.port) as one:
        one.sendall(sent)
        told = one.recv(12)

    assert told.split(b" ")[1] in status.split()


def test_requests_sent_one_behind_the_other_are_all_answered(narrow: Narrow) -> None:
    ask = b"GET /api/v1/keys/release" + HEAD
    with _connected(narrow.port) as one:
        one.sendall(ask + b"\r\n" + ask + b"Connection: close\r\n\r\n")

        assert len(re.findall(rb"HTTP/1\.1 \d{3} ", _rest(one))) == 2


def test_a_body_that_breaks_off_is_not_worked_on(narrow: Narrow) -> None:
    form = b"grant_type=client_credentials&client_id=nobody&client_secret=none"
    for length in (
        b"Content-Length: 99\r\n\r\n" + form,
        b"Transfer-Encoding: chunked\r\n\r\n9\r\na",
    ):
        with _connected(narrow.port) as one:
            one.sendall(TOKEN_CALL + length)
            one.shutdown(socket.SHUT_WR)
            told = _rest(one)

        assert told == b"" or (told.startswith(b"HTTP/1.1 400 ") and b"WEB-005" in told)


def test_the_log_tells_each_request_in_one_line_whatever_it_holds(
    narrow: Narrow, product: Product
) -> None:
    token = product.software("broker").authorization
    before = len(narrow.events())
    hostile = "/nowhere%0d%0a2026-01-01%20ERROR%20forged?secret=ZZSECRET"

    named = narrow.ask("GET", "/api/v1/events", Authorization=token, X_Request_ID="caller-7.a")[1]
    renamed = narrow.ask("GET", hostile, X_Request_ID='a b"{}')[1]
    narrow.ask("POST", "/accounts/login/", b"a=b")
    narrow.ask("GET", "/", Host="evil.example")
    narrow.ask("GET", "/accounts/password/reset/key/1-ZZSECRET/")

    assert named.headers["X-Request-ID"] == "caller-7.a"
    assert re.fullmatch(r"[0-9a-f]{32}", renamed.headers["X-Request-ID"])
    events = narrow.events()[before:]
    told = {str(one.get("request")): one for one in events}
    known = told["caller-7.a"]
    assert [known[name] for name in ("client", "who", "method", "path", "status")] == [
        LOCAL,
        *("client:broker", "GET", "/api/v1/events", 200),
    ]
    assert told[renamed.headers["X-Request-ID"]]["status"] == 404
    assert "traceback" not in {name for one in events for name in one}
    assert "ZZSECRET" not in narrow.log.read_text("utf-8")


def _slow(kind: int) -> bytes:
    """Return what a slow client sends: part of a head, of a body, of chunks; or it never reads."""
    return (
        b"GET /accounts/login/ HTT",
        b"POST /accounts/login/" + HEAD + FORM + b"Content-Length: 1000\r\n\r\na=b",
        b"POST " + BATCH.encode() + HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\n{}\n\r\n",
        (b"GET /static/vendor/tabler.min.css" + HEAD + b"\r\n") * 20,
    )[kind]


def _connected(port: int) -> socket.socket:
    return socket.create_connection((LOCAL, port), timeout=PATIENCE_SECONDS)


def _opens(port: int) -> bool:
    try:
        _connected(port).close()
    except OSError:
        return False
    return True


def _is_open(one: socket.socket) -> bool:
    """Say whether the server still holds a connection, whatever is left to read."""
    state: int = one.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]
    return state == 1


def _rest(one: socket.socket) -> bytes:
    """Return all that comes until the server ends the connection."""
    found = b""
    try:
        while part := one.recv(65_536):
            found += part
    except ConnectionResetError:
        pass
    return found


def _one_answer(one: socket.socket) -> HTTPResponse:
    answer = HTTPResponse(one)
    answer.begin()
    return answer


def _peak(number: int) -> int:
    """Return the most bytes that a process ever held in memory; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{number}/status").read_text("utf-8").splitlines()
    except OSError:
        return 0
    found = [line for line in lines if line.startswith("VmHWM:")]
    return int(found[0].split()[1]) << 10 if found else 0
