"""Events from a cursor: a caller gets his own, each once, however many others there are."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db import connection, transaction

from tests.counting import statements
from tests.interfaces.api.conftest import Caller, Callers
from tests.interfaces.scene import AGENT, RIVAL, Scene, declared, lodged, number_of
from tongguan.domain.clearance.events import HoldDischarged, Released
from tongguan.domain.declarations.values import Parties
from tongguan.facilities.announcements.commands import announce
from tongguan.kernel.identifiers import DeclarationId, new_id

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
OVERSEAS = declared().parties.overseas


def rivals(reference: str) -> DeclarationId:
    parties = Parties(trader=RIVAL, owner=RIVAL, declarant=AGENT, overseas=OVERSEAS)
    return lodged(declared(reference, parties=parties, containers=()))


def page(caller: Caller, cursor: str = "") -> Any:
    answer = caller.get(f"/events?after={cursor}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_caller_is_told_of_his_own_declarations_only(callers: Callers) -> None:
    mine, theirs = lodged(declared()), rivals("X-1")

    told = page(callers["broker"])
    others = page(callers["agent"])

    assert {one["number"] for one in told["events"]} == {number_of(mine)}
    assert {one["number"] for one in others["events"]} == {number_of(theirs)}
    assert told["events"][0]["kind"] == "DeclarationAccepted"


def test_a_few_events_among_thousands_of_others_come_in_one_call(callers: Callers) -> None:
    theirs, mine = rivals("X-1"), lodged(declared())
    announce([Released(theirs, NOW) for _ in range(6_000)])
    announce([HoldDischarged(mine, NOW, str(new_id()), "REVIEW")])

    told = page(callers["broker"])

    assert told["events"][-1]["kind"] == "HoldDischarged"
    assert page(callers["broker"], told["cursor"])["events"] == []


def test_long_streams_come_page_by_page_without_a_gap_or_a_repeat(callers: Callers) -> None:
    mine, theirs = lodged(declared()), rivals("X-1")
    for at in range(9):
        announce([HoldDischarged(mine, NOW, f"{at}-{n}", "REVIEW") for n in range(61)])
        announce([Released(theirs, NOW) for _ in range(50)])

    cursor, told = "", []
    while True:
        got = page(callers["broker"], cursor)
        told += got["events"]
        if not got["events"]:
            break
        cursor = got["cursor"]

    sent = [f"{at}-{n}" for at in range(9) for n in range(61)]
    assert [one["facts"]["hold"] for one in told if one["kind"] == "HoldDischarged"] == sent
    assert len({one["cursor"] for one in told}) == len(told)


def test_what_commits_late_is_told_all_the_same(callers: Callers) -> None:
    mine = lodged(declared())
    before = page(callers["broker"])
    late = connection.copy()
    try:
        with transaction.atomic(using="default"):
            pass
        with late.cursor() as other:
            other.execute("BEGIN")
            other.execute(
                "INSERT INTO announcements_announcement (kind, subject, at, facts)"
                " VALUES ('ReviewClosed', %s, %s, '{}')",
                [mine, NOW],
            )
            announce([Released(mine, NOW)])
            between = page(callers["broker"], before["cursor"])
            other.execute("COMMIT")
    finally:
        late.close()
    after = page(callers["broker"], between["cursor"])

    told = [one["kind"] for one in between["events"] + after["events"]]
    assert sorted(told) == ["Released", "ReviewClosed"]


def test_what_goes_on_in_another_database_of_the_server_holds_up_nobody(callers: Callers) -> None:
    elsewhere = connection.copy()
    elsewhere.settings_dict = {**elsewhere.settings_dict, "NAME": "postgres"}
    try:
        with elsewhere.cursor() as other:
            other.execute("BEGIN")
            other.execute("SELECT pg_current_xact_id()")
            mine = lodged(declared())

            told = page(callers["broker"])
    finally:
        elsewhere.close()

    assert {one["number"] for one in told["events"]} == {number_of(mine)}


def test_a_page_of_events_takes_few_statements(callers: Callers, scene: Scene) -> None:
    for at in range(5):
        lodged(declared(f"R-{at}", containers=()))

    assert statements(partial(page, callers["broker"])) <= 4
