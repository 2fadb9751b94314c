"""How fast declarations are lodged: end to end, beside the raw database in the same run.

1. Batches of 1,000 on two processes: bytes, read, decided, durably recorded; against a raw COPY
   of rows like those that were recorded, on two processes.
2. One at a time over HTTP with a durable answer, from four clients; against one statement that
   inserts the rows of one declaration, from four clients.

fsync is on. Run: python -m bench.lodgement [--json]. The ratios are the figures to keep.
"""

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from hashlib import sha256
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final
from urllib.parse import urlencode

from tongguan.facilities.database import running

BATCH: Final = 1_000
BATCHES: Final = 5
PROCESSES: Final = 2
CLIENTS: Final = 4
SINGLE: Final = 600
PROFILES: Final = 1_000
WEB: Final = 8_791
READY_SECONDS: Final = 30.0


def main() -> None:
    """Measure and print both pairs and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    asked = parser.parse_args()
    home = Path(mkdtemp(prefix="tongguan-bench-"))
    os.environ |= {
        "TONGGUAN_HOME": str(home),
        "TONGGUAN_PROFILE": "test",
        "DJANGO_SETTINGS_MODULE": "tongguan.settings",
        "TONGGUAN_LOG": "ERROR",
    }
    with running(home, durable=True):
        apart(1, set_up)
        apart(1, settle)
        batch = sum(apart(PROCESSES, lodge_batches))
        raw_batch = sum(apart(PROCESSES, copy_batches))
        single, raw_single = _over_http()
    found = {
        "batches": {
            "declarations_per_second": round(batch),
            "raw_copy_per_second": round(raw_batch),
            "ratio": round(batch / raw_batch, 3),
        },
        "single": {
            "declarations_per_second": round(single),
            "raw_insert_per_second": round(raw_single),
            "ratio": round(single / raw_single, 3),
        },
    }
    print(json.dumps(found) if asked.json else _table(found))


def _table(found: dict[str, dict[str, float]]) -> str:
    batches, single = found["batches"], found["single"]
    return (
        f"batches of {BATCH}, {PROCESSES} processes, {PROFILES} profiles, 5 lines\n"
        f"  end to end      {batches['declarations_per_second']:>8,} a second\n"
        f"  raw COPY        {batches['raw_copy_per_second']:>8,} a second\n"
        f"  ratio           {batches['ratio']:>8}\n"
        f"one at a time over HTTP, {CLIENTS} clients\n"
        f"  end to end      {single['declarations_per_second']:>8,} a second\n"
        f"  raw statement   {single['raw_insert_per_second']:>8,} a second\n"
        f"  ratio           {single['ratio']:>8}"
    )


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
    client = load("tongguan.facilities.accounts.commands").register_client(
        name="bench",
        label="bench",
        postings=[accounts.NewPosting(accounts.Role.BROKER, enterprise_id=pair["b"])],
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


def lodge_batches(number: int, ready: Any, _none: Any) -> float:
    """Return declarations lodged a second, from bytes to durable."""
    lodge = import_module("tongguan.interfaces.intake").lodge_document
    system = import_module("tongguan.facilities.accounts.values").SYSTEM
    batches = [lines(f"B{number}{place}", BATCH) for place in range(BATCHES + 1)]
    receive(lodge, batches[0], system)
    ready.wait()
    began = time.perf_counter()
    for data in batches[1:]:
        receive(lodge, data, system)
    return BATCH * BATCHES / (time.perf_counter() - began)


def copy_batches(number: int, ready: Any, _none: Any) -> float:
    """Return declarations a second whose rows are copied as they are, already decided."""
    connection = import_module("django.db").connection
    batches = [_captured(f"C{number}{place}", BATCH) for place in range(BATCHES + 1)]
    ready.wait()
    began = 0.0
    for place, sets in enumerate(batches):
        if place == 1:
            began = time.perf_counter()
        connection.ensure_connection()
        raw = connection.connection
        with raw.transaction(), raw.cursor() as cursor:
            for one in sets:
                names = ", ".join(f'"{name}"' for name in one.columns)
                with cursor.copy(f"COPY {one.table} ({names}) FROM STDIN") as copy:
                    for row in one.rows:
                        copy.write_row(row)
    return BATCH * BATCHES / (time.perf_counter() - began)


def insert_singly(number: int, ready: Any, _none: Any) -> float:
    """Return declarations a second, each one statement with all its rows, durable."""
    connection = import_module("django.db").connection
    statements = [_statement(_captured(f"S{number}{place}", 1)) for place in range(SINGLE)]
    connection.ensure_connection()
    # Not Django's cursor: that one writes the values into the text, and nothing is prepared.
    cursor = import_module("psycopg").Cursor(connection.connection)
    ready.wait()
    began = time.perf_counter()
    for words, values in statements:
        cursor.execute(words, values, prepare=True)
    return SINGLE / (time.perf_counter() - began)


def post_singly(number: int, ready: Any, _none: Any) -> float:
    """Return declarations a second, each posted and answered when durable."""
    bodies = [lines(f"H{number}{place}", 1) for place in range(SINGLE + 20)]
    client = HTTPConnection("127.0.0.1", WEB, timeout=60)
    headers = {"Authorization": f"Bearer {_token(client)}", "Content-Type": "application/json"}
    for body in bodies[:20]:
        _post(client, body, headers)
    ready.wait()
    began = time.perf_counter()
    for body in bodies[20:]:
        _post(client, body, headers)
    return SINGLE / (time.perf_counter() - began)


def _over_http() -> tuple[float, float]:
    static = Path(os.environ["TONGGUAN_HOME"], "static")
    static.mkdir(exist_ok=True)
    command = (sys.executable, "-m", "tongguan.interfaces.cli.web", "127.0.0.1", str(WEB), "2")
    server = subprocess.Popen((*command, str(static)))
    try:
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            with suppress(OSError):
                HTTPConnection("127.0.0.1", WEB, timeout=5).connect()
                break
            time.sleep(0.2)
        single = sum(apart(CLIENTS, post_singly))
    finally:
        server.terminate()
        server.wait()
    return single, sum(apart(CLIENTS, insert_singly))


def receive(lodge: Any, data: bytes, system: Any) -> None:
    """Lodge a document, all of which is to be accepted."""
    received = lodge(data, by=system, now=datetime.now(UTC), translate=str)
    if not received.well:
        first = next(one for one in received.told if not one.well)
        raise SystemExit(f"not lodged: {first.problems[:2]}")


def _post(client: HTTPConnection, body: bytes, headers: dict[str, str]) -> None:
    client.request("POST", "/api/v1/declarations", body, headers)
    answer = client.getresponse()
    told = answer.read()
    if answer.status != 201:
        raise SystemExit(told[:500].decode())


def _token(client: HTTPConnection) -> str:
    name, secret = json.loads(Path(os.environ["TONGGUAN_HOME"], "client.json").read_text())
    form = {"grant_type": "client_credentials", "client_id": name, "client_secret": secret}
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    client.request("POST", "/oauth/token", urlencode(form), headers)
    return str(json.loads(client.getresponse().read())["access_token"])


def _sample() -> Any:
    return import_module("tests.domain.declarations.samples")


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


def _captured(key: str, count: int) -> list[Any]:
    """Return the rows that lodging would write, without writing them."""
    load = import_module
    record, lodge = (
        load("tongguan.processes.lodgement.record"),
        load("tongguan.processes.lodgement.lodge"),
    )
    incoming = load("tongguan.processes.lodgement.values").Incoming
    decode = load("msgspec.json").decode
    kind = load("tongguan.domain.declarations.values").Submission
    system = load("tongguan.facilities.accounts.values").SYSTEM
    now, sealed = datetime.now(UTC), sha256(b"").digest()
    batch = [
        incoming(decode(line, type=kind), None, sealed, "json")
        for line in lines(key, count).split(b"\n")
    ]
    decisions = lodge.check_only(batch, by=system, now=now)
    numbers = record.numbered(decisions, now=now)
    return [one for one in record.rows(decisions, numbers, by=system, now=now) if one.rows]


def _statement(sets: list[Any]) -> tuple[str, list[Any]]:
    """Return one statement that inserts all rows, and its values."""
    parts, values = [], []
    for place, one in enumerate(sets):
        row = "(" + ", ".join(["%s"] * len(one.columns)) + ")"
        names = ", ".join(f'"{name}"' for name in one.columns)
        rows = ", ".join([row] * len(one.rows))
        parts.append(f"w{place} AS (INSERT INTO {one.table} ({names}) VALUES {rows})")
        values += [value for line in one.rows for value in line]
    return f"WITH {', '.join(parts)} SELECT 1", values


if __name__ == "__main__":
    main()
