"""`tongguan consequences`: failed events are listed, tried again, and dropped with a reason."""

import json
from uuid import UUID

import psycopg

from tests.interfaces.cli.conftest import House, Run
from tongguan.facilities.database.address import embedded_url
from tongguan.kernel.identifiers import new_id

EVENT = """
    INSERT INTO announcements_announcement (kind, subject, at, facts)
    VALUES (%(kind)s, %(subject)s, now(), '{}') RETURNING id
"""
FAILED = """
    INSERT INTO announcements_failedevent
        (event_id, subject, tries, first_at, tried_at, next_at, parked_at, error, trace)
    VALUES (%s, %s, 5, now(), now(), now(), now(), 'KeyError: 7', 'in release.py')
"""


def parked(house: House, kind: str, subject: UUID) -> int:
    """Have an event of an empty house stand as parked; return its number."""
    with psycopg.connect(embedded_url(house.home)) as connection:
        [(number,)] = connection.execute(EVENT, {"kind": kind, "subject": subject}).fetchall()
        connection.execute(FAILED, [number, subject])
        connection.execute(EVENT, {"kind": "GateOut", "subject": subject})
    return int(number)


def test_failed_events_are_listed_tried_again_and_dropped(house: House, tongguan: Run) -> None:
    first, second = new_id(), new_id()
    retried, dropped = parked(house, "Released", first), parked(house, "Arrived", second)

    words = tongguan("consequences", "list", "--trace").stdout
    rows = [
        json.loads(one) for one in tongguan("consequences", "list", "--json").stdout.split("\n")[:2]
    ]
    again = tongguan("consequences", "retry", str(retried))
    silent = tongguan("consequences", "drop", str(dropped), "--reason", " ")
    done = tongguan("consequences", "drop", str(dropped), "--reason", "sent by hand", "--json")
    gone = tongguan("consequences", "drop", str(dropped), "--reason", "sent by hand")
    tongguan("consequences", "drop", str(retried), "--reason", "sent by hand")
    empty = tongguan("consequences", "list")

    assert f"{retried}  Released  {first}  parked since" in words
    assert "KeyError: 7" in words
    assert "in release.py" in words
    assert [(row["event"], row["tries"], row["behind"]) for row in rows] == [
        (retried, 5, 1),
        (dropped, 5, 1),
    ]
    assert (again.returncode, again.stdout) == (
        0,
        f"Event {retried} is tried again; 1 events wait behind it.\n",
    )
    assert silent.returncode == 1
    assert silent.stderr.startswith("ANN-003")
    assert json.loads(done.stdout) == {"outcome": "dropped", "event": dropped, "problems": []}
    assert gone.stderr.startswith("ANN-002")
    assert empty.stdout == "No event and no periodic job fails.\n"
