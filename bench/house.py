"""A house for benches to measure in: parties, profiles, a client, and declarations to lodge."""

import argparse
import json
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final
from urllib.parse import urlencode

from tongguan.facilities.database import running

BATCH: Final = 1_000
PROCESSES: Final = 2
PROFILES: Final = 1_000


def asking(words: str | None) -> argparse.ArgumentParser:
    """Return what every bench may be asked: figures for people, or as one JSON object."""
    parser = argparse.ArgumentParser(description=words)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    return parser


@contextmanager
def opened(*, durable: bool = True) -> Iterator[Path]:
    """Open a house with a fresh home and its own database, whatever server others are given.

    The home stays only after trouble.
    """
    home = Path(mkdtemp(prefix="tongguan-bench-"))
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {
        "TONGGUAN_HOME": str(home),
        "TONGGUAN_PROFILE": "test",
        "DJANGO_SETTINGS_MODULE": "tongguan.settings",
        "TONGGUAN_LOG": "ERROR",
    }
    with running(home, durable=durable):
        yield home
    shutil.rmtree(home)


def apart(count: int, work: Callable[[int, Any, Any], Any]) -> list[Any]:
    """Run the same work in processes that begin together; return what each gives back."""
    context = multiprocessing.get_context("spawn")
    ready, results = context.Barrier(count), context.Queue()
    started = [
        context.Process(target=_run, args=(work, number, ready, results)) for number in range(count)
    ]
    for process in started:
        process.start()
    found = [results.get() for _ in started]
    for process in started:
        process.join()
    return found


def _run(work: Callable[[int, Any, Any], Any], number: int, ready: Any, results: Any) -> None:
    import_module("django").setup()
    results.put(work(number, ready, None))


def set_up(_number: int, _ready: Any, _none: Any) -> float:
    """Make tables, parties and profiles."""
    load = import_module
    load("django.core.management").call_command("migrate", verbosity=0)
    parties, values = (
        load("tongguan.domain.parties.commands"),
        load("tongguan.domain.parties.values"),
    )
    accounts = load("tongguan.facilities.accounts.values")
    now, made = datetime.now(UTC), _sample()
    pair = {}
    for key, party, kind in (("t", made.TRADER, "TRADER"), ("b", made.BROKER, "BROKER")):
        pair[key] = parties.register(
            scc=party.scc,
            customs_code=party.code,
            name_zh=party.name,
            name_en="",
            kind=values.EnterpriseKind(kind),
            home_office="0117",
            credit=values.CreditClass.GENERAL,
            by=accounts.SYSTEM,
            now=now,
            since=date(2020, 1, 1),
        )
    parties.grant_mandate(
        principal_id=pair["t"],
        broker_id=pair["b"],
        valid_from=date(2026, 1, 1),
        valid_until=date(2028, 1, 1),
        by=accounts.SYSTEM,
        now=now,
    )
    load("bench.profiles").store(PROFILES, now=now)
    employer = load("tongguan.domain.parties.queries").employer(pair["b"], now.date())
    client = load("tongguan.facilities.accounts.commands").register_client(
        name="bench",
        label="bench",
        postings=[accounts.NewPosting(accounts.Role.BROKER, employer=employer)],
        by=accounts.SYSTEM,
        now=now,
    )
    Path(os.environ["TONGGUAN_HOME"], "client.json").write_text(json.dumps(client))
    return 0.0


def settle(_number: int, _ready: Any, _none: Any) -> float:
    """Lodge a batch, then have the tables counted, as the server does by itself in a minute.

    Before that it plans for empty tables: measured would be a house in its first minute.
    """
    lodge = import_module("tongguan.interfaces.intake").lodge_document
    system = import_module("tongguan.facilities.accounts.values").SYSTEM
    receive(lodge, lines("A0", BATCH), system)
    with import_module("django.db").connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return 0.0


def receive(lodge: Any, data: bytes, system: Any) -> None:
    """Lodge a document, all of which is to be accepted."""
    received = lodge(data, by=system, now=datetime.now(UTC), translate=str)
    if not received.well:
        first = next(one for one in received.told if not one.well)
        raise SystemExit(f"not lodged: {first.problems[:2]}")


def lines(key: str, count: int) -> bytes:
    """Return declarations as NDJSON, each with its own reference, bill and container."""
    encode, replace = import_module("msgspec.json").encode, import_module("msgspec.structs").replace
    made = _sample()
    today, base = datetime.now(UTC).date(), made.sound()
    box = base.containers[0]
    rows = []
    for place in range(count):
        one = replace(
            base,
            reference=f"{key}-{place}",
            bill=f"{key}-{place}",
            entry_date=today,
            containers=(replace(box, id=f"{key}-{place}"[:11]),),
        )
        rows.append(encode(one))
    return b"\n".join(rows)


def _sample() -> Any:
    return import_module("tests.domain.declarations.samples")


def token(client: HTTPConnection) -> str:
    """Return a token of the client that `set_up` registered."""
    name, secret = json.loads(Path(os.environ["TONGGUAN_HOME"], "client.json").read_text())
    form = {"grant_type": "client_credentials", "client_id": name, "client_secret": secret}
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    client.request("POST", "/oauth/token", urlencode(form), headers)
    return str(json.loads(client.getresponse().read())["access_token"])
