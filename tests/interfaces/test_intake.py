"""Documents taken in: what cannot be read hides no other fault, and no answer grows without end."""

import json
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from django.test import Client
from msgspec import to_builtins
from msgspec.json import encode

from tests.interfaces.scene import PASSWORD, declared, play
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.interfaces.intake import Received, check_document, lodge_document
from tongguan.kernel.problems import MOST_TOLD

pytestmark = pytest.mark.django_db(transaction=True)
NOW: Final = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def checked(content: Any) -> Received:
    return check_document(json.dumps(content).encode(), by=SYSTEM, now=NOW, translate=str)


def told(received: Received, at: int = 0) -> set[tuple[str, str]]:
    return {(one["code"], one["pointer"]) for one in received.told[at].problems}


def content(**members: Any) -> dict[str, Any]:
    plain: dict[str, Any] = to_builtins(declared("I-1"), str_keys=True)
    return {**plain, **members}


def test_a_value_of_the_wrong_type_hides_no_other_fault() -> None:
    play()
    wrong = content(terms="Q", mass={"gross": 3050, "net": "1"}, countries={"trading": "XXX"})
    told_of_both = told(checked(content(terms="Q", countries={"trading": "XXX"})))

    found = told(checked(wrong))

    assert ("MSG-053", "#/mass/gross") in found
    assert {pointer for _code, pointer in told_of_both} >= {"#/terms", "#/countries/trading"}
    assert {one for one in told_of_both if not one[1].startswith("#/mass")} <= found
    assert {pointer for _code, pointer in found if pointer.startswith("#/mass/gross")} == {
        "#/mass/gross"
    }


def test_what_is_wrong_either_way_is_told_where_the_direction_cannot_be_read() -> None:
    play()

    found = told(checked(content(flow="inward", terms="Q", mass={"gross": "1", "net": "5"})))

    assert ("MSG-057", "#/flow") in found
    assert "#/terms" in {pointer for _code, pointer in found}
    assert {pointer for code, pointer in found if code != "MSG-057"}.isdisjoint({"#/flow"})


def test_what_cannot_be_read_is_not_lodged_and_is_told_in_full_beside_what_is() -> None:
    play()
    lines = (
        encode(declared("I-2", containers=()))
        + b"\n"
        + json.dumps(content(reference="I-3", terms="Q", remarks=None)).encode()
    )

    received = lodge_document(lines, by=SYSTEM, now=NOW, translate=str)

    assert [one.outcome for one in received.told][1] == "unreadable"
    assert received.told[1].reference == "I-3"
    assert {"#/remarks", "#/terms"} <= {pointer for _code, pointer in told(received, 1)}


def test_an_answer_is_no_larger_than_its_question_by_more_than_a_part_that_does_not_grow() -> None:
    play()
    members = b",".join(b'"a%d":1' % number for number in range(40_000))
    many = b"{}\n" * 9_000

    answers = {
        name: encode([one.problems for one in _received(data).told])
        for name, data in (("members", b'{"flow":"import",' + members + b"}"), ("lines", many))
    }

    assert len(answers["members"]) < 1_000_000
    assert len(answers["lines"]) < 5_000_000
    assert sum(len(one.problems) for one in _received(many).told) < 3 * MOST_TOLD + 9_000


def _received(data: bytes) -> Received:
    return check_document(data, by=SYSTEM, now=NOW, translate=str)


@pytest.mark.parametrize(
    ("body", "status", "code", "pointer"),
    [
        (b'{"number":"A","number":"B","site":"0202-01"}', 400, "MSG-038", "#/number"),
        (b"[" * 5_000, 400, "MSG-005", ""),
        (b"[" + b"1," * 50_000 + b"1]", 400, "MSG-006", ""),
        (b'{"number":"' + b"a" * 2_000_000 + b'"}', 413, "API-007", ""),
        (b"{", 400, "API-003", ""),
    ],
)
def test_the_body_of_any_call_is_read_within_bounds_and_no_member_stands_twice(
    body: bytes, status: int, code: str, pointer: str
) -> None:
    play()
    client = Client()
    assert client.login(username="broker", password=PASSWORD)

    answer = client.post("/api/v1/arrivals", body, content_type="application/json")

    [error] = answer.json()["errors"]
    assert (error["code"], error["pointer"]) == (code, pointer)
    assert answer.status_code in {status, 413, 422}
