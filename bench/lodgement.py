"""How fast declarations are lodged: end to end, beside the raw database in the same run.

1. Batches of 1,000 on two processes: bytes, read, decided, durably recorded; against a raw COPY
   of rows like those that were recorded, on two processes.
2. One at a time over HTTP with a durable answer, from four clients; against one statement that
   inserts the rows of one declaration, from four clients.

fsync is on. Run: python -m bench.lodgement [--json]. The ratios are the figures to keep.
"""

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from bench.house import (
    BATCH,
    PROCESSES,
    PROFILES,
    apart,
    asking,
    lines,
    opened,
    receive,
    set_up,
    settle,
    token,
)

BATCHES: Final = 5
CLIENTS: Final = 4
SINGLE: Final = 600
WEB: Final = 8_791
READY_SECONDS: Final = 30.0


def main() -> None:
    """Measure and print both pairs and their ratios."""
    asked = asking(__doc__).parse_args()
    with opened():
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
    headers = {"Authorization": f"Bearer {token(client)}", "Content-Type": "application/json"}
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


def _post(client: HTTPConnection, body: bytes, headers: dict[str, str]) -> None:
    client.request("POST", "/api/v1/declarations", body, headers)
    answer = client.getresponse()
    told = answer.read()
    if answer.status != 201:
        raise SystemExit(told[:500].decode())


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
