"""What is left after processes are killed under load: nothing lost, nothing twice.

A whole product (`tongguan serve`: web, jobs, embedded database with fsync on) takes declarations
from several clients while one of its processes after another is killed without warning: the
server, one of its workers, the jobs, the database's keeper, the database itself, one of its
connections, or all of them at once. Clients note what they were answered. What was not answered
a client sends again, the same bytes under the same reference, until it is. Afterwards every
reference has to be there exactly once, under the number that was answered, with its holds once and
its ledger chain whole.

Run: python -m bench.durability [--kills 20] [--seed N] [--json]. Exits with 1 when anything is
lost, doubled or broken.
"""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Self

import psycopg

from bench.house import asking, opened, set_up, token
from tongguan.facilities.database import running
from tongguan.facilities.database.cluster import Layout
from tools.processes import below, started

CLIENTS: Final = 4
BATCH: Final = 20
"""One client of the four sends so many in one request."""
CALM: Final = (0.3, 1.5)
"""Seconds from the moment when declarations are answered again to the next kill."""
PAUSE_SECONDS: Final = 0.2
PATIENCE_SECONDS: Final = 60.0
PORT_VARIABLE: Final = "TONGGUAN_BENCH_PORT"
OVERLOADED: Final = 500


@dataclass(slots=True)
class Sent:
    """What a client knows of one declaration: its bytes, how often sent, the number answered."""

    reference: str
    body: bytes
    times: int = 0
    number: str = ""


@dataclass
class Load:
    """Clients that lodge until told to stop, and what they noted."""

    token: str
    stop: threading.Event = field(default_factory=threading.Event)
    notes: list[Sent] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    answered: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def client(self, name: str, size: int) -> None:
        """Send groups of so many, one after the other, each again until it is answered."""
        place = 0
        while not self.stop.is_set():
            group = [_sent(f"{name}-{place + one}") for one in range(size)]
            place += size
            with self._lock:
                self.notes += group
            while not self.send(group) and not self.stop.wait(PAUSE_SECONDS):
                pass

    def send(self, group: list[Sent]) -> bool:
        """Send declarations in one request; say whether all were answered."""
        for one in group:
            one.times += 1
        told = _posted(self.token, group)
        for one, answer in zip(group, told, strict=False):
            if answer.get("outcome") not in {"accepted", "repeated"}:
                self.trouble.append(f"{one.reference}: {json.dumps(answer)[:200]}")
            elif one.number and one.number != answer["number"]:
                self.trouble.append(f"{one.reference}: {one.number}, then {answer['number']}")
            else:
                one.number = answer["number"]
        with self._lock:
            self.answered += len(told)
        return len(told) == len(group)


def main() -> None:
    """Kill, count, tell; exit with 1 when anything is lost, doubled or broken."""
    parser = asking(__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=None)
    asked = parser.parse_args()
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(10**6)
    with socket.create_server(("127.0.0.1", 0)) as free:
        os.environ[PORT_VARIABLE] = str(free.getsockname()[1])
    with opened() as home:
        import_module("django").setup()
        set_up(0, None, None)
        import_module("django.db").connections.close_all()
        found = _killed(home, asked.kills, random.Random(seed))
        found |= {"seed": seed, "faults": found["trouble"] + _faults(home, found.pop("notes"))}
        del found["trouble"]
        print(json.dumps(found) if asked.json else _table(found))
        if found["faults"]:
            sys.exit(1)


def _killed(home: Path, kills: int, chance: random.Random) -> dict[str, Any]:
    with _Product(home) as product:
        return _under_load(product, kills, chance)


def _under_load(product: "_Product", kills: int, chance: random.Random) -> dict[str, Any]:
    load = Load(token(_connection()))
    sizes = [1] * (CLIENTS - 1) + [BATCH]
    clients = [
        threading.Thread(target=load.client, args=(f"K{place}", size), daemon=True)
        for place, size in enumerate(sizes)
    ]
    began = time.monotonic()
    struck: Counter[str] = Counter()
    try:
        for one in clients:
            one.start()
        for _round in range(kills):
            _until_answered(load)
            time.sleep(chance.uniform(*CALM))
            struck[product.strike(chance)] += 1
        _until_answered(load)
    finally:
        load.stop.set()
    for one in clients:
        one.join(PATIENCE_SECONDS)
    under_load = time.monotonic() - began
    end = time.monotonic() + PATIENCE_SECONDS
    while (left := [one for one in load.notes if not one.number]) and time.monotonic() < end:
        load.send(left[:1])
    again = sum(one.times > 1 for one in load.notes)
    return {
        "kills": dict(sorted(struck.items())),
        "seconds": round(under_load, 1),
        "lodged": len(load.notes),
        "answered_at_once": len(load.notes) - again,
        "sent_again": again,
        "notes": load.notes,
        "trouble": load.trouble,
    }


class _Product:
    """`tongguan serve` as an operator keeps it: started again when it has gone altogether."""

    def __init__(self, home: Path) -> None:
        self._layout = Layout(home)
        self._targets: dict[str, Callable[[random.Random], list[int]]] = {
            "web server": lambda _chance: self._running("cli.web")[:1],
            "web worker": lambda chance: _one_of(self._running("cli.web")[1:], chance),
            "jobs": lambda _chance: self._running("cli.worker"),
            "database keeper": lambda _chance: self._layout.kept()[:1],
            "database": lambda _chance: self._layout.kept()[1:],
            "database connection": lambda chance: _one_of(self._connections(), chance),
            "everything": lambda _chance: [
                self._serving.pid,
                *below(self._serving.pid),
                *self._layout.kept(),
            ],
        }
        self._ended = ExitStack()

    def __enter__(self) -> Self:
        """Start it."""
        with self._ended as stack:
            self._start()
            self._ended = stack.pop_all()
        return self

    def __exit__(self, *_failure: object) -> None:
        """Stop it as an operator does, whatever happened; what does not end is killed."""
        self._ended.close()

    def strike(self, chance: random.Random) -> str:
        """Kill one part, as soon as it is there, or everything; return which."""
        name = chance.choice(sorted(self._targets))
        struck: list[int] = []

        def is_there() -> bool:
            struck[:] = self._targets[name](chance)
            return bool(struck)

        _until(is_there)
        for number in struck:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        if name == "everything":
            self._serving.wait()
            self._start()
        return name

    def _start(self) -> None:
        with Path(os.environ["TONGGUAN_HOME"], "serve.log").open("ab") as log:
            line = (sys.executable, "-m", "tongguan", "serve", "--port", os.environ[PORT_VARIABLE])
            self._serving = self._ended.enter_context(
                started(line, stdout=subprocess.DEVNULL, stderr=log, patience=PATIENCE_SECONDS)
            )
        _until(_answers)

    def _connections(self) -> list[int]:
        return [one for server in self._layout.kept()[1:] for one in below(server)]

    def _running(self, part: str) -> list[int]:
        return [one for one in below(self._serving.pid) if part in _line(one)]


def _one_of(numbers: list[int], chance: random.Random) -> list[int]:
    return [chance.choice(numbers)] if numbers else []


def _faults(home: Path, notes: list[Sent]) -> list[str]:
    """Return what is not as it was answered: read from the tables themselves."""
    # The database may have been started by the product, and have ended with it.
    with running(home) as url, psycopg.connect(url) as database:
        kept = Counter[tuple[str, str]]()
        for reference, number in database.execute(
            "SELECT reference, number FROM declarations_declaration"
        ):
            kept[reference, number] += 1
        accepted = dict(
            database.execute(
                "SELECT chain::text, count(*) FROM ledger_entry"
                " WHERE kind = 'ACCEPTED' GROUP BY chain"
            ).fetchall()
        )
        ids = dict(database.execute("SELECT number, id::text FROM declarations_declaration"))
        doubled = database.execute(
            "SELECT declaration_id::text, kind FROM clearance_hold"
            " GROUP BY declaration_id, kind, facts HAVING count(*) > 1"
        ).fetchall()
    answered = Counter((one.reference, one.number) for one in notes if one.number)
    chains = subprocess.run(
        (sys.executable, "-m", "tongguan", "ledger", "verify"),
        check=False,
        capture_output=True,
        text=True,
    )
    return [
        *(f"never answered: {one.reference}" for one in notes if not one.number),
        *(f"answered, not kept: {one}" for one in answered - kept),
        *(f"kept, not answered or twice: {one}" for one in kept - answered),
        *(
            f"accepted {accepted.get(one, 0)} times"
            for one in ids.values()
            if accepted.get(one) != 1
        ),
        *(f"hold twice: {one}" for one in doubled),
        *([] if chains.returncode == 0 else [f"ledger: {chains.stdout}{chains.stderr}"]),
    ]


def _sent(reference: str) -> Sent:
    made = import_module("tests.domain.declarations.samples")
    base = made.sound()
    replace = import_module("msgspec.structs").replace
    whole = replace(
        base,
        reference=reference,
        bill=reference,
        entry_date=datetime.now(UTC).date(),
        containers=(replace(base.containers[0], id=reference[:11]),),
    )
    return Sent(reference, import_module("msgspec.json").encode(whole))


def _posted(token: str, group: list[Sent]) -> list[dict[str, Any]]:
    """Return an answer each, or as many as came before the connection broke."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/x-ndjson"}
    client = _connection()
    path = "/api/v1/declarations" + ("" if len(group) == 1 else "/batch")
    try:
        client.request("POST", path, b"\n".join(one.body for one in group), headers)
        answer = client.getresponse()
        if answer.status >= OVERLOADED:
            return []
        lines = answer.read().splitlines()
        return [json.loads(line) for line in lines]
    except (OSError, HTTPException, ValueError):
        return []
    finally:
        client.close()


def _connection() -> HTTPConnection:
    return HTTPConnection("127.0.0.1", int(os.environ[PORT_VARIABLE]), timeout=30)


def _until_answered(load: Load) -> None:
    before = load.answered
    _until(lambda: load.answered > before)


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > end:
            raise SystemExit("the product does not come back")
        time.sleep(0.02)


def _answers() -> bool:
    client = _connection()
    with suppress(OSError, HTTPException):
        client.request("GET", "/accounts/login/")
        return client.getresponse().status < OVERLOADED
    return False


def _line(number: int) -> str:
    try:
        return Path(f"/proc/{number}/cmdline").read_text()
    except OSError:
        return ""


def _table(found: dict[str, Any]) -> str:
    struck = ", ".join(f"{name} {count}" for name, count in found["kills"].items())
    kills, seconds = sum(found["kills"].values()), found["seconds"]
    return (
        f"{kills} kills in {seconds} s ({struck}), seed {found['seed']}\n"
        f"  declarations sent          {found['lodged']:>8,}\n"
        f"  answered at once           {found['answered_at_once']:>8,}\n"
        f"  not answered, sent again   {found['sent_again']:>8,}\n"
        f"  lost, doubled or broken    {len(found['faults']):>8,}\n"
        + "\n".join(f"    {one}" for one in found["faults"][:20])
    )


if __name__ == "__main__":
    main()
