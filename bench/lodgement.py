"""How fast declarations are lodged: end to end, beside the raw database in the same run.

1. Batches of 1,000 on two processes: bytes, read, decided, durably recorded; against a raw COPY
   of rows like those that were recorded, on two processes.
2. One at a time over HTTP with a durable answer, from four clients; against one statement that
   inserts the rows of one declaration, from four clients.

Both of a pair go in turn, round by round, so that a machine that is now fast, now slow, serves them
alike; told is the rate of the median round. fsync is on.

Run: python -m bench.lodgement [--json]. The ratios are the figures to keep.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
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
from tools.processes import started

ROUNDS: Final = 7
CLIENTS: Final = 4
SINGLE: Final = 80
"""So many one at a time are a round."""
WEB: Final = 8_791
READY_SECONDS: Final = 30.0


def main() -> None:
    """Measure and print both pairs and their ratios."""
    asked = asking(__doc__).parse_args()
    with opened():
        apart(1, set_up)
        apart(1, settle)
        batch, raw_batch = map(sum, zip(*apart(PROCESSES, batches), strict=True))
        single, raw_single = map(sum, zip(*_served(), strict=True))
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
    batch, single = found["batches"], found["single"]
    return (
        f"batches of {BATCH}, {PROCESSES} processes, {PROFILES} profiles, 5 lines\n"
        f"  end to end      {batch['declarations_per_second']:>8,} a second\n"
        f"  raw COPY        {batch['raw_copy_per_second']:>8,} a second\n"
        f"  ratio           {batch['ratio']:>8}\n"
        f"one at a time over HTTP, {CLIENTS} clients\n"
        f"  end to end      {single['declarations_per_second']:>8,} a second\n"
        f"  raw statement   {single['raw_insert_per_second']:>8,} a second\n"
        f"  ratio           {single['ratio']:>8}"
    )


def batches(number: int, ready: Any, _none: Any) -> tuple[float, float]:
    """Return declarations a second: lodged, from bytes to durable; and copied, decided before."""
    lodge = import_module("tongguan.interfaces.intake").lodge_document
    system = import_module("tongguan.facilities.accounts.values").SYSTEM
    sent = [lines(f"B{number}{place}", BATCH) for place in range(ROUNDS + 1)]
    rows = [_captured(f"C{number}{place}", BATCH) for place in range(ROUNDS + 1)]
    return _in_turn(
        BATCH,
        ready,
        [partial(receive, lodge, data, system) for data in sent],
        [partial(_copy, sets) for sets in rows],
    )


def singles(number: int, ready: Any, _none: Any) -> tuple[float, float]:
    """Return declarations a second: each posted and answered when durable; and each inserted."""
    connection = import_module("django.db").connection
    connection.ensure_connection()
    # Not Django's cursor: that one writes the values into the text, and nothing is prepared.
    cursor = import_module("psycopg").Cursor(connection.connection)
    client = HTTPConnection("127.0.0.1", WEB, timeout=60)
    headers = {"Authorization": f"Bearer {token(client)}", "Content-Type": "application/json"}
    rounds = [[f"{number}{place}x{one}" for one in range(SINGLE)] for place in range(ROUNDS + 1)]
    bodies = [[lines(f"H{key}", 1) for key in keys] for keys in rounds]
    statements = [[_statement(_captured(f"S{key}", 1)) for key in keys] for keys in rounds]
    return _in_turn(
        SINGLE,
        ready,
        [partial(_post_all, client, some, headers) for some in bodies],
        [partial(_insert_all, cursor, some) for some in statements],
    )


def _in_turn(
    count: int, ready: Any, ours: Sequence[Callable[[], None]], raw: Sequence[Callable[[], None]]
) -> tuple[float, float]:
    """Return how many a second in the median round of each; the first round only warms up."""
    taken: tuple[list[float], list[float]] = ([], [])
    for works in zip(ours, raw, strict=True):
        for work, times in zip(works, taken, strict=True):
            ready.wait()
            began = time.perf_counter()
            work()
            times.append(time.perf_counter() - began)
    lodged, written = (count / statistics.median(times[1:]) for times in taken)
    return lodged, written


def _copy(sets: Sequence[Any]) -> None:
    connection = import_module("django.db").connection
    connection.ensure_connection()
    raw = connection.connection
    with raw.transaction(), raw.cursor() as cursor:
        for one in sets:
            names = ", ".join(f'"{name}"' for name in one.columns)
            with cursor.copy(f"COPY {one.table} ({names}) FROM STDIN") as copy:
                for row in one.rows:
                    copy.write_row(row)


def _insert_all(cursor: Any, statements: Sequence[tuple[str, list[Any]]]) -> None:
    for words, values in statements:
        cursor.execute(words, values, prepare=True)


def _served() -> list[tuple[float, float]]:
    """Return what four clients of a web server of two workers measured."""
    static = Path(os.environ["TONGGUAN_HOME"], "static")
    static.mkdir(exist_ok=True)
    command = (sys.executable, "-m", "tongguan.interfaces.cli.web", "127.0.0.1", str(WEB), "2")
    with started((*command, str(static))):
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            with suppress(OSError):
                HTTPConnection("127.0.0.1", WEB, timeout=5).connect()
                break
            time.sleep(0.2)
        return apart(CLIENTS, singles)


def _post_all(client: HTTPConnection, bodies: Sequence[bytes], headers: dict[str, str]) -> None:
    for body in bodies:
        _post(client, body, headers)


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
    prepared = load("tongguan.processes.lodgement.decide").prepared
    decode = load("msgspec.json").decode
    kind = load("tongguan.domain.declarations.values").Submission
    system = load("tongguan.facilities.accounts.values").SYSTEM
    now, sealed = datetime.now(UTC), sha256(b"").digest()
    batch = [
        incoming(decode(line, type=kind), None, sealed, "json")
        for line in lines(key, count).split(b"\n")
    ]
    batch = [prepared(one) for one in batch]
    decisions = lodge.decided(batch, by=system, now=now, numbers={})
    return [one for one in record.rows(decisions, by=system, now=now) if one.rows]


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
