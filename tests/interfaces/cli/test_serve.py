"""`tongguan serve` with all its processes, some of which are killed."""

import re
import signal
import socket
import subprocess
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.facilities.database.conftest import eventually, keeper_of, kill, processes_of, server_of
from tests.patience import PATIENCE_SECONDS
from tongguan.facilities.database import is_running
from tongguan.facilities.database.cluster import Layout

Start = Callable[..., "subprocess.Popen[str]"]

STRANGER = b"grant_type=client_credentials&client_id=nobody&client_secret=none"

pytestmark = pytest.mark.slow


def test_it_says_where_it_is_open_and_ends_with_all_it_started(
    started: Start, furnished: Path
) -> None:
    port = free_port()
    serving = started("serve", "--port", str(port))
    assert address_of(serving) == f"http://127.0.0.1:{port}/"
    assert get(port, "/accounts/login/") == 200
    assert get(port, "/static/pages/mark.svg") == 200
    # A stranger's name that is read is refused as that (401), one that is not as missing (400).
    assert post_in_chunks(port, "/oauth/token", STRANGER) == 401
    children = descendants(serving.pid)

    serving.send_signal(signal.SIGTERM)

    assert serving.wait(PATIENCE_SECONDS) == 0
    assert [number for number in children if lives(number)] == []
    assert processes_of(furnished) == []


def test_each_process_that_is_killed_is_started_again(started: Start, furnished: Path) -> None:
    port = free_port()
    serving = started("serve", "--port", str(port))
    assert address_of(serving)
    server = server_of(furnished)

    for number in descendants(serving.pid):
        kill(number)
    kill(keeper_of(furnished), server)

    assert eventually(
        lambda: is_running(furnished) and Layout(furnished).server() not in (None, server)
    )
    assert eventually(lambda: get(port, "/accounts/login/") == 200)
    assert eventually(lambda: any("cli.worker" in line_of(one) for one in descendants(serving.pid)))


def test_when_it_is_killed_itself_nothing_of_it_is_left(started: Start, furnished: Path) -> None:
    serving = started("serve", "--port", str(free_port()))
    assert address_of(serving)
    children = [*descendants(serving.pid), keeper_of(furnished)]

    serving.kill()

    assert eventually(lambda: not any(map(lives, children)))
    assert eventually(lambda: processes_of(furnished) == [])


def test_a_port_that_is_taken_is_told_before_anything_starts(started: Start, home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        serving = started("serve", "--port", str(taken.getsockname()[1]))

        assert serving.wait(PATIENCE_SECONDS) == 3

    assert not (home / "database").exists()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


def address_of(serving: "subprocess.Popen[str]") -> str:
    assert serving.stdout
    found = re.search(r"http://\S+", serving.stdout.readline())
    return found.group() if found else ""


def get(port: int, path: str) -> int:
    """Return the status of an answer, or 0 where there is none."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS / 4)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def post_in_chunks(port: int, path: str, form: bytes) -> int:
    """Return the status of an answer to a body whose length is not told beforehand."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, iter([form[:9], form[9:]]), headers, encode_chunked=True)
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def descendants(number: int) -> list[int]:
    """Return the processes that a process has started, and those that these have."""
    parents = {int(path.name): parent_of(path) for path in Path("/proc").glob("[0-9]*")}
    found = [child for child, parent in parents.items() if parent == number]
    return found + [below for child in found for below in descendants(child)]


def parent_of(path: Path) -> int:
    try:
        return int((path / "stat").read_text().rpartition(") ")[2].split()[1])
    except OSError:
        return 0


def line_of(number: int) -> str:
    try:
        return Path(f"/proc/{number}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def lives(number: int) -> bool:
    return line_of(number) != ""
