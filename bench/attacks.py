"""How pages and gates answer before and while others attack, on a product as it is served.

Slow clients (heads, bodies, chunks, and answers that nobody reads), then 63 MB of empty lines to
the batch call, and many batches at once. All from and to this machine, bounded in number and time.

Run: python -m bench.attacks [--json] [--slow 200]. Figures are milliseconds, the median and the
slowest of 40 calls of each kind, and the most memory that any web process took.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final

from bench.house import apart, asking, opened, set_up, token
from tools.processes import started

PORT: Final = 8_792
CALLS: Final = 40
READY_SECONDS: Final = 60.0
BATCHES: Final = 12
HEAD: Final = b" HTTP/1.1\r\nHost: 127.0.0.1\r\n"
KINDS: Final = (
    b"GET /accounts/login/ HTT",
    b"POST /accounts/login/" + HEAD + b"Content-Length: 1000\r\n\r\na=b",
    b"POST /api/v1/declarations/batch" + HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\n{}\n\r\n",
    (b"GET /static/vendor/tabler.min.css" + HEAD + b"\r\n") * 20,
)


def main() -> None:
    """Measure and print."""
    parser = asking(__doc__)
    parser.add_argument("--slow", type=int, default=200, help="slow clients, up to 1000")
    asked = parser.parse_args()
    with opened() as home, ExitStack() as stack:
        apart(1, set_up)
        server = stack.enter_context(_served(home))
        headers = {"Authorization": f"Bearer {token(_client())}"}
        found: dict[str, dict[str, Any]] = {}

        def note(what: str, row: dict[str, Any]) -> None:
            found[what] = row
            if not asked.json:
                print(_line(what, row), flush=True)

        note("before", _asked(headers, server))
        with ExitStack() as slow:
            for number in range(min(asked.slow, 1_000)):
                one = slow.enter_context(socket.create_connection(("127.0.0.1", PORT)))
                one.sendall(KINDS[number % len(KINDS)])
            note(f"{asked.slow} slow clients", _asked(headers, server))
        note("63 MB of empty lines", _during(1, b"{}\n" * (21 << 20), headers, server))
        note(f"{BATCHES} batches at once", _during(BATCHES, b"{}\n" * 5_000, headers, server))
        note("after", _asked(headers, server))
    if asked.json:
        print(json.dumps(found))


def _line(what: str, row: dict[str, Any]) -> str:
    return (
        f"{what:22} page {row['page']:>7} {row['page_most']:>8}   gate {row['gate']:>7} "
        f"{row['gate_most']:>8} ms   {row['megabytes']:>5} MB   {row['answers'] or ''}"
    )


def _asked(headers: dict[str, str], server: "subprocess.Popen[str]") -> dict[str, Any]:
    page = [_timed("/accounts/login/", {}, 200) for _call in range(CALLS)]
    gate = [_timed("/api/v1/gate/0202-01/XMPU0000001", headers, 403) for _call in range(CALLS)]
    return {
        "page": round(statistics.median(page), 1),
        "page_most": round(max(page), 1),
        "gate": round(statistics.median(gate), 1),
        "gate_most": round(max(gate), 1),
        "megabytes": max(map(_resident, _below(server.pid))) >> 20,
        "answers": {},
    }


def _during(
    count: int, body: bytes, headers: dict[str, str], server: "subprocess.Popen[str]"
) -> dict[str, Any]:
    answers: dict[str, int] = {}

    def send() -> None:
        client = _client()
        with suppress(OSError):
            client.request("POST", "/api/v1/declarations/batch", body, headers)
            status = str(client.getresponse().status)
            answers[status] = answers.get(status, 0) + 1

    senders = [threading.Thread(target=send) for _number in range(count)]
    for one in senders:
        one.start()
    time.sleep(0.5)
    found = _asked(headers, server)
    for one in senders:
        one.join()
    return {**found, "answers": answers}


def _timed(path: str, headers: dict[str, str], wanted: int) -> float:
    client, began = _client(), time.perf_counter()
    client.request("GET", path, headers=headers)
    answer = client.getresponse()
    answer.read()
    client.close()
    if answer.status != wanted:
        raise SystemExit(f"{path}: {answer.status}")
    return (time.perf_counter() - began) * 1_000


def _client() -> HTTPConnection:
    return HTTPConnection("127.0.0.1", PORT, timeout=600)


@contextmanager
def _served(home: Path) -> "Iterator[subprocess.Popen[str]]":
    """Serve within the block; the server is ready there, and ends with it, whatever happens."""
    (home / "static").mkdir(exist_ok=True)
    source = Path(__file__).parents[1] / "src/tongguan/interfaces/pages/static"
    subprocess.run(["cp", "--recursive", f"{source}/.", str(home / "static")], check=True)
    command = (sys.executable, "-m", "tongguan.interfaces.cli.web", "127.0.0.1", str(PORT), "2")
    with started((*command, str(home / "static"))) as server:
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end and not _answers(lambda: _timed("/accounts/login/", {}, 200)):
            time.sleep(0.2)
        yield server


def _answers(ask: Callable[[], object]) -> bool:
    with suppress(OSError):
        ask()
        return True
    return False


def _below(number: int) -> list[int]:
    path = Path(f"/proc/{number}/task/{number}/children")
    children = [int(one) for one in path.read_text().split()] if path.exists() else []
    return [*children, *(below for child in children for below in _below(child))]


def _resident(number: int) -> int:
    with suppress(OSError):
        pages = Path(f"/proc/{number}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return 0


if __name__ == "__main__":
    main()
