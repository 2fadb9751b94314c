"""Refusals: always a problem document, with code, place, words and remedy in the asked language."""

import json
from gzip import compress
from typing import Any

import pytest
from django.http import HttpResponse, HttpResponseServerError
from django.test import Client, RequestFactory, override_settings
from msgspec.json import encode

from tests.interfaces.api.conftest import Callers
from tests.interfaces.scene import PASSWORD, declared, lodged, number_of
from tongguan.interfaces.api.middleware import Problems


def problem(answer: Any, status: int) -> list[str]:
    """Return the codes of a refusal, after seeing that it is whole."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["title"]
    assert body["type"] == f"/problems/{body['errors'][0]['code']}"
    for error in body["errors"]:
        assert all(error[name] for name in ("code", "title", "detail", "remedy"))
        assert "pointer" in error
    return [error["code"] for error in body["errors"]]


def test_an_unknown_number_and_anothers_are_refused_alike(callers: Callers) -> None:
    number = number_of(lodged(declared()))
    unknown = "020220261999999999"

    for path in ("", "/holds", "/receipts", "/charges"):
        known = callers["rival"].get(f"/declarations/{number}{path}")
        none = callers["rival"].get(f"/declarations/{unknown}{path}")
        assert problem(known, 404) == problem(none, 404) == ["CLR-001"]
        assert known.content.replace(number.encode(), b"") == none.content.replace(
            unknown.encode(), b""
        )


def test_a_stranger_is_asked_to_sign_in(db: None) -> None:
    software = Client(enforce_csrf_checks=True)
    late = {"Authorization": "Bearer run-out"}

    asked = software.get("/api/v1/events")
    lodged_ = software.generic("POST", "/api/v1/declarations", b"{}")
    ran_out = software.generic("POST", "/api/v1/declarations", b"{}", headers=late)

    for answer in (asked, lodged_, ran_out):
        assert problem(answer, 401) == ["API-002"]
        assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_session_without_the_pages_token_changes_nothing(scene: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.login(username="trader", password=PASSWORD)

    answer = browser.post("/api/v1/declarations", b"{}", content_type="application/json")

    assert problem(answer, 403) == ["API-008"]


def test_an_address_that_is_not_there_is_a_problem_too(callers: Callers) -> None:
    assert problem(callers["broker"].get("/nothing"), 404) == ["API-005"]
    other = callers["broker"].call("DELETE", "/events")
    assert problem(other, 405) == ["API-006"]
    assert other["Allow"] == "GET"
    head, asked = (callers["broker"].call(method, "/events") for method in ("HEAD", "GET"))
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(asked.content))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_call_that_does_not_fit_tells_each_place_in_the_language_asked_for(
    callers: Callers, language: str
) -> None:
    number = number_of(lodged(declared()))
    sent = {"bank": "B", "amount": "a lot", "paid_at": "2026-11-24T09:30:00", "signature": "x"}

    answer = callers["broker"].post(
        f"/declarations/{number}/payments", sent, Accept_Language=language
    )

    assert set(problem(answer, 422)) == {"API-001", "API-004"}
    told = {error["pointer"]: error["detail"] for error in answer.json()["errors"]}
    assert set(told) == {"#/bank_reference", "#/amount", "#/paid_at", "#/signature"}
    wanted = "a decimal number" if language == "en" else "小数"
    assert wanted in told["#/amount"]


def test_a_body_that_is_no_json_is_refused(callers: Callers) -> None:
    assert problem(callers["gate"].post("/arrivals", b"{no"), 400) == ["API-003"]


@pytest.mark.parametrize(
    "path",
    ["/declarations/%00", "/events?after=%00", "/gate/0202-01/%00", "/declarations/1/receipts/%00"],
)
def test_a_nul_character_is_refused(callers: Callers, path: str) -> None:
    assert problem(callers["gate"].get(path), 400) == ["API-003"]


def test_an_address_that_is_no_utf_8_is_refused_however_the_server_repaired_it(db: None) -> None:
    # The server puts U+FFFD where bytes of a path are no UTF-8.
    assert problem(Client().get("/api/v1/declarations/%EF%BF%BD"), 400) == ["API-003"]


def test_a_body_that_is_coded_is_refused_as_that() -> None:
    packed = {"Content-Encoding": "gzip"}

    answer = Client().generic("POST", "/api/v1/declarations", compress(b"{}"), headers=packed)

    assert problem(answer, 415) == ["API-009"]
    same = Client().generic(
        "POST", "/api/v1/declarations", b"{}", headers={"Content-Encoding": "Identity"}
    )
    assert problem(same, 401) == ["API-002"]


def test_trouble_of_the_api_is_a_problem_too_and_that_of_a_page_stays_a_page() -> None:
    troubled = Problems(lambda _request: HttpResponseServerError("<html></html>"))

    told = troubled(RequestFactory().get("/api/v1/events"))
    page = troubled(RequestFactory().get("/portal/"))

    assert isinstance(told, HttpResponse)
    assert told["Content-Type"] == "application/problem+json"
    assert json.loads(told.content)["errors"][0]["code"] == "API-010"
    assert page["Content-Type"].startswith("text/html")


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1 << 20)
def test_a_body_that_is_too_large_is_refused(callers: Callers) -> None:
    answer = callers["broker"].post("/declarations", b" " * ((1 << 20) + 1))

    assert problem(answer, 413) == ["API-007"]


def test_a_declaration_is_refused_with_every_fault_at_its_place(callers: Callers) -> None:
    sent = json.loads(encode(declared()))
    sent["lines"][1]["commodity"] = "0000000000"
    sent["packages"]["count"] = -1

    answer = callers["broker"].post("/declarations", sent)

    codes = problem(answer, 422)
    assert len(codes) >= 2
    pointers = {error["pointer"] for error in answer.json()["errors"]}
    assert "#/lines/1/commodity" in pointers


def test_the_same_reference_twice_is_one_declaration(callers: Callers) -> None:
    first = callers["broker"].post("/declarations", encode(declared()))
    again = callers["broker"].post("/declarations", encode(declared()))

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["number"] == again.json()["number"]
    assert again.json()["outcome"] == "repeated"


def test_a_batch_gives_one_answer_a_line_also_for_lines_that_cannot_be_read(
    callers: Callers,
) -> None:
    sound, other = encode(declared("R-1")), encode(declared("R-2"))
    body = b"\n".join([sound, b"{no json", b'{"flow": 7}', b"", other, b"\xff\xfe"])

    answer = callers["broker"].post("/declarations/batch", body)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/x-ndjson"
    told = [json.loads(line) for line in answer.getvalue().splitlines()]
    outcomes = [one["outcome"] for one in told]
    assert outcomes[0] == outcomes[3] == "accepted"
    assert set(outcomes[1:3] + outcomes[4:]) <= {"unreadable", "rejected"}
    assert len(told) == 5
    for one in (told[1], told[2], told[4]):
        assert one["problems"][0]["code"]
    assert told[1]["problems"][0]["source_path"].startswith("2:")


def test_officers_do_not_lodge(callers: Callers) -> None:
    answer = callers["reviewer"].post("/declarations", encode(declared()))

    assert problem(answer, 403) == ["ACC-001"]


def test_a_document_of_several_is_answered_for_each(callers: Callers) -> None:
    body = b"[" + encode(declared("R-1")) + b"," + encode(declared("R-2", containers=())) + b"]"

    answer = callers["broker"].post("/declarations", body)

    told = [json.loads(line) for line in answer.getvalue().splitlines()]
    assert [one["outcome"] for one in told] == ["accepted", "accepted"]
    assert len({one["number"] for one in told}) == 2


def test_a_document_of_none_is_refused(callers: Callers) -> None:
    assert problem(callers["broker"].post("/declarations", b"[]"), 400) == ["MSG-003"]
