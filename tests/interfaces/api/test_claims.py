"""Claims over the API: who decides, what a stranger is told, and where bad input is."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.domain.cargo.factories import carrier, manifest
from tests.interfaces.api.conftest import JSON, ROOT, Caller, Callers
from tests.interfaces.api.test_problems import problem
from tests.interfaces.scene import AGENT, PASSWORD, Scene, enterprise
from tongguan.domain.cargo import commands as cargo
from tongguan.domain.cargo.claims import disputes, diversions
from tongguan.domain.declarations.values import Party
from tongguan.domain.parties.queries import employer
from tongguan.domain.parties.values import EnterpriseKind
from tongguan.facilities.accounts.values import NewPosting, Role
from tongguan.kernel.identifiers import credit_code
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now

OTHER = Party(scc=credit_code("91120116FAKE00080"), code="1207900080", name="天津另一运输有限公司")


@pytest.fixture
def stranger(scene: Scene) -> Caller:
    """Return software of a second carrier, which claims what the first one announced."""
    cargo.receive_manifest(manifest(), by=scene.actor("lines"), now=utc_now())
    second = enterprise(OTHER, EnterpriseKind.CARRIER)
    with pytest.raises(ProblemError):
        cargo.receive_manifest(manifest(), by=carrier(second), now=utc_now())
    posting = NewPosting(Role.CARRIER, employer=employer(second, utc_now().date()))
    return Caller("second", posting)


def person(name: str) -> Client:
    """Return a browser in which somebody has signed in."""
    browser = Client()
    assert browser.login(username=name, password=PASSWORD)
    return browser


def decide(browser: Client, id_: object, **sent: Any) -> Any:
    return browser.post(f"{ROOT}/disputes/{id_}/decision", sent, content_type=JSON)


def errors(answer: Any, status: int) -> list[tuple[str, str]]:
    assert answer.status_code == status, answer.content
    return [(one["code"], one["pointer"]) for one in answer.json()["errors"]]


def test_a_claim_is_listed_at_its_office_and_to_who_raised_it_alone(
    callers: Callers, stranger: Caller
) -> None:
    seen = {name: callers[name].get("/disputes").json() for name in ("inspector", "lines")}

    assert [one["manifest"] for one in seen["inspector"]] == ["M1"]
    assert seen["lines"] == []
    assert [one["bills"] for one in stranger.get("/disputes").json()] == [["B1", "B2"]]


def test_a_person_of_the_office_decides_a_claim_once(
    scene: Scene, callers: Callers, stranger: Caller
) -> None:
    [row] = disputes(viewer=scene.actor("inspector"))
    sent = {"outcome": "SECOND", "reason": "its vessel"}
    path = f"/disputes/{row.id}/decision"

    assert problem(callers["inspector"].post(path, sent), 403) == ["ACC-014"]
    for name in ("lines", "trader", "gate"):
        assert problem(callers[name].post(path, sent), 403) == ["ACC-001"]
    assert problem(stranger.post(path, sent), 403) == ["ACC-001"]
    officer = person("inspector")
    assert decide(officer, row.id, **sent).status_code == 200
    assert errors(decide(officer, row.id, **sent), 404) == [("CAR-027", "")]

    [decided] = disputes(viewer=scene.actor("inspector"))
    assert (decided.outcome, decided.reason) == ("SECOND", "its vessel")


def test_bad_input_to_a_decision_is_refused_at_its_place(scene: Scene, stranger: Caller) -> None:
    [row] = disputes(viewer=scene.actor("inspector"))
    officer = person("inspector")

    third = decide(officer, row.id, outcome="THIRD", reason="x")
    silent = decide(officer, row.id, outcome="FIRST", reason=" ")
    nothing = decide(officer, uuid4(), outcome="FIRST", reason="x")

    assert [pointer for _code, pointer in errors(third, 422)] == ["#/outcome"]
    assert errors(silent, 422) == [("CAR-028", "#/reason")]
    assert errors(nothing, 404) == [("CAR-027", "")]
    [still] = disputes(viewer=scene.actor("inspector"))
    assert still.outcome == ""


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("handover", {"carrier": str(AGENT.scc)}),
        ("diversions", {"site": "0101-01", "reason": "berth full"}),
    ],
)
def test_a_foreign_carrier_is_told_the_same_of_anothers_bill_and_of_none(
    stranger: Caller, path: str, sent: dict[str, str]
) -> None:
    theirs = stranger.post(f"/bills/B1/{path}", sent)
    none = stranger.post(f"/bills/N1/{path}", sent)

    assert problem(theirs, 404) == problem(none, 404) == ["CAR-001"]
    assert theirs.content.replace(b"B1", b"N1") == none.content


def test_a_diversion_is_asked_by_the_carrier_and_decided_by_a_person_of_the_office(
    scene: Scene, callers: Callers, stranger: Caller
) -> None:
    asked = callers["lines"].post(
        "/bills/B1/diversions", {"site": "0101-01", "reason": "berth full"}
    )
    path = f"/diversions/{asked.json()['id']}/decision"
    sent = {"approved": True, "words": "well"}

    assert problem(callers["inspector"].post(path, sent), 403) == ["ACC-014"]
    assert problem(callers["lines"].post(path, sent), 403) == ["ACC-001"]
    assert stranger.get("/diversions").json() == []
    answer = person("inspector").post(ROOT + path, sent, content_type=JSON)

    assert answer.status_code == 200
    assert [row.approved for row in diversions(viewer=scene.actor("lines"))] == [True]
