"""Who sees what: every address of pages and API, asked by everybody whom a declaration is not for.

Addresses are found by walking the addresses of the pages and the description of the API. A new one
is asked too; one with a part or a field that these tables do not know fails.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.timezone import localdate
from msgspec.json import encode

from tests.domain.declarations.samples import BROKER, TRADER
from tests.interfaces.bodies import SECRET, VALUES
from tests.interfaces.scene import PASSWORD, Scene, declared, number_of, play
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import holds_of
from tongguan.domain.declarations.queries import came
from tongguan.domain.declarations.values import Document, Parties, Party, Permit
from tongguan.domain.parties import commands as parties
from tongguan.domain.review import commands as review
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.announcements.queries import of as events_of
from tongguan.facilities.ledger.queries import entries
from tongguan.interfaces.api.application import api
from tongguan.interfaces.intake import lodge_document
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.time import utc_now

pytestmark = pytest.mark.django_db(transaction=True)

BOX: Final = "XMPU0000013"
WALKED: Final = {"portal", "workbench", "public", "pages"}
BESIDE: Final = {"accounts/", "api/v1/", "oauth/token"}
"""Signing in is the library's; the API is walked by its description."""
BY_HAND: Final = ("stop", "lift", "cancel", "refuse")
STRANGERS: Final = ("rival", "agent", "lines", "elsewhere", "far-gate")
"""Another trader, his broker, a carrier, a reviewer of another office, a gate of another site."""
TODAY: Final = localdate()
BOUNDS: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"sees_others": True, "flow": "export"},
    {"sees_others": True, "chapters": ["01", "84"]},
    {"sees_others": True, "valid_until": TODAY},
    {"sees_others": True, "valid_from": TODAY + timedelta(days=1)},
    {"sees_others": True, "revoked": True},
)
"""Mandates of the same principal to another broker that do not cover the case."""


@dataclass(frozen=True)
class Case:
    """A declaration of the trader's, and everything that names it in an address."""

    id: DeclarationId
    number: str
    parts: dict[str, str]


@pytest.fixture
def scene() -> Scene:
    return play()


@pytest.fixture
def case(scene: Scene) -> Case:
    """Lodge a declaration full of words that nobody else may read, and ask about it."""
    papers = [(kind, f"{SECRET}.pdf") for kind in ("00000001", "00000002")]
    one = declared(
        f"{SECRET}R",
        bill=f"{SECRET}B",
        contract=f"{SECRET}C",
        remarks=f"{SECRET} remarks",
        permits=(Permit(kind="1", number=f"{SECRET}L"),),
        documents=tuple(Document(kind=kind, number=name, format="US") for kind, name in papers),
        parties=Parties(
            trader=TRADER, owner=TRADER, declarant=BROKER, overseas=Party(name=f"{SECRET} LTD")
        ),
    )
    by = scene.actor("broker")
    [told] = lodge_document(encode(one), by=by, now=utc_now(), translate=str).told
    assert told.declaration_id, told.problems
    id_ = DeclarationId(UUID(told.declaration_id))
    review.ask(
        declaration_id=id_,
        question=f"{SECRET} question",
        ground="price",
        by=scene.actor("reviewer"),
        now=utc_now(),
    )
    number = number_of(id_)
    query = next(row for row in holds_of(id_) if row.kind is HoldKind.QUERY)
    parts = {
        "declaration_id": str(id_),
        "id": str(id_),
        "hold_id": str(query.id),
        "dispute_id": str(query.id),
        "diversion_id": str(query.id),
        "attempt_id": str(came(id_)[0].id),
        "cursor": str(events_of(id_)[0].cursor),
        "form": "wco",
        "number": number,
        "site": "0101-01",
        "unit": BOX,
        "table": "commodities",
        "channel": "review",
        "code": "DEC-001",
        "kind": "profile",
        "day": "2026-11-20",
    }
    return Case(id_, number, parts)


def pages(
    patterns: list[URLPattern | URLResolver] | None = None, before: str = "", names: str = ""
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the address of every page, with the kinds of its parts by name."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = str(one.pattern)
        if isinstance(one, URLResolver):
            if route in BESIDE:
                continue
            room = one.namespace or names
            assert room in WALKED, f"a new room of pages: {room}"
            yield from pages(one.url_patterns, before + route, room)
        elif route not in BESIDE:
            kinds = one.pattern.converters
            yield f"/{before}{route}", {name: type(kind).__name__ for name, kind in kinds.items()}


def filled(route: str, parts: dict[str, str]) -> str:
    """Return an address with the case's own names in it; a part nobody knows fails."""
    found = route
    while "<" in found:
        start, end = found.index("<"), found.index(">")
        name = found[start + 1 : end].rpartition(":")[2]
        value = "1" if found[start + 1 : end].startswith("int:") else parts[name]
        found = found[:start] + value + found[end + 1 :]
    return found


def page_addresses(case: Case) -> list[str]:
    return [filled(route, case.parts) for route, _kinds in pages()]


def calls(case: Case) -> Iterator[tuple[str, str, bytes]]:
    """Yield every call of the API about the case: method, address, body."""
    schema = api.get_openapi_schema()
    for path, operations in schema["paths"].items():
        address = path
        for name, value in case.parts.items():
            address = address.replace(f"{{{name}}}", value)
        assert "{" not in address, f"a new part: {path}"
        for method, operation in operations.items():
            yield method.upper(), address, _body(operation, schema)


def _body(operation: Any, schema: Any) -> bytes:
    content = operation.get("requestBody", {}).get("content", {})
    wanted = content.get("application/json", {}).get("schema", {})
    if "$ref" not in wanted:
        return b"{}"
    shape = schema["components"]["schemas"][wanted["$ref"].rpartition("/")[2]]
    return json.dumps({name: VALUES[name] for name in shape["properties"]}).encode()


def signed_in(name: str) -> Client:
    client = Client(raise_request_exception=True)
    assert client.login(username=name, password=PASSWORD)
    return client


def told(answer: Any) -> str:
    """Return all that an answer says, without what the caller himself had said."""
    return str(answer.getvalue().decode() + json.dumps(dict(answer.headers)))


@pytest.mark.parametrize("stranger", STRANGERS)
def test_no_page_shows_anothers_declaration(case: Case, stranger: str) -> None:
    browser = signed_in(stranger)

    for address in page_addresses(case):
        answer = browser.get(address)
        assert answer.status_code in {200, 302, 403, 404, 405}, address
        assert SECRET not in told(answer), address
        assert case.number not in told(answer).replace(address, ""), address
        if str(case.id) in address:
            assert answer.status_code != 200, address


@pytest.mark.parametrize("stranger", STRANGERS)
def test_searching_finds_nothing_of_others(case: Case, stranger: str) -> None:
    browser = signed_in(stranger)
    home = "/portal/" if stranger in {"rival", "agent", "lines"} else "/desk/"

    for wanted in (case.number, BOX, case.number[:6]):
        answer = browser.get(f"{home}search", {"q": wanted}, follow=True)
        assert answer.status_code in {200, 403}
        assert SECRET not in told(answer)
        assert str(case.id) not in told(answer)


@pytest.mark.parametrize("stranger", STRANGERS)
def test_no_page_lets_strangers_act_on_anothers_declaration(case: Case, stranger: str) -> None:
    browser = signed_in(stranger)
    before = entries(case.id)

    for address in page_addresses(case):
        if str(case.id) not in address:
            continue
        for act in (
            "",
            "close",
            "ask",
            "summon",
            "visit",
            "decide",
            "appoint",
            "prepare",
            "sign",
            "code",
            "absence",
            "supplement",
            "recall",
            *BY_HAND,
        ):
            answer = browser.post(address, {"act": act, "text": "x", "guarantee": "G-1"})
            assert answer.status_code in {403, 404, 405}, address
            assert SECRET not in told(answer), address

    assert entries(case.id) == before


@pytest.mark.parametrize("stranger", STRANGERS)
def test_no_call_of_the_api_tells_strangers_of_anothers_declaration(
    case: Case, stranger: str
) -> None:
    client = signed_in(stranger)
    before = entries(case.id)

    for method, address, body in calls(case):
        answer = client.generic(method, address, body, "application/json")
        assert answer.status_code < 500, address
        said = told(answer).replace(f"{SECRET}B", "")  # the number of the bill was sent
        assert SECRET not in said, (method, address)
        if case.number in address:
            assert answer.status_code in {403, 404}, (method, address, said)
        else:
            assert case.number not in said, (method, address)

    assert entries(case.id) == before


@pytest.mark.parametrize("insider", ["trader", "broker"])
def test_those_whom_it_is_for_see_every_page_of_it(case: Case, insider: str) -> None:
    browser = signed_in(insider)
    own = [one for one in page_addresses(case) if str(case.id) in one and "/portal/" in one]

    seen = {address: browser.get(address).status_code for address in own}

    refused = {address for address, status in seen.items() if status not in {200, 405}}
    # Our own JSON is kept as a version, and no licence is missing.
    assert refused == {one for one in own if "/came/" in one or "/licence/" in one}
    assert SECRET in told(browser.get(f"/portal/declarations/{case.id}"))


@pytest.mark.parametrize("insider", ["trader", "broker", "reviewer", "inspector"])
def test_those_whom_it_is_for_see_it_by_the_api(case: Case, insider: str) -> None:
    client = signed_in(insider)

    for method, address, _body in calls(case):
        if method == "GET" and case.number in address:
            # Without an open examination there is none of whose officers one could be replaced.
            wanted = 409 if address.endswith("/inspection/replacement") else 200
            assert client.get(address).status_code == wanted, address


@pytest.mark.parametrize("terms", BOUNDS, ids=lambda terms: ",".join(terms) or "own only")
def test_a_mandate_of_the_same_principal_shows_no_more_than_it_covers(
    scene: Scene, case: Case, terms: dict[str, Any]
) -> None:
    mandate(scene, **terms)
    browser = signed_in("agent")
    before = entries(case.id)

    for address in page_addresses(case):
        answer = browser.get(address)
        assert SECRET not in told(answer), address
        assert case.number not in told(answer).replace(address, ""), address
        if str(case.id) in address:
            assert answer.status_code != 200, address
            acted = browser.post(address, {"text": "x", "guarantee": "G-1"})
            assert acted.status_code in {403, 404, 405}, address
    for method, address, body in calls(case):
        answer = browser.generic(method, address, body, "application/json")
        assert answer.status_code < 500, address
        said = told(answer).replace(f"{SECRET}B", "")  # the number of the bill was sent
        assert SECRET not in said, (method, address)
        if case.number in address:
            assert answer.status_code in {403, 404}, (method, address, said)
        else:
            assert case.number not in said, (method, address)

    assert entries(case.id) == before


def mandate(scene: Scene, *, revoked: bool = False, **terms: Any) -> int:
    """Let the trader give the other broker a mandate; return its row."""
    span = {"valid_from": TODAY - timedelta(days=9), "valid_until": TODAY + timedelta(days=99)}
    id_ = parties.grant_mandate(
        principal_id=scene.firms["trader"],
        broker_id=scene.firms["agent"],
        by=SYSTEM,
        now=utc_now() - timedelta(days=5),
        **{**span, **terms},
    )
    if revoked:
        parties.revoke_mandate(mandate_id=id_, by=SYSTEM, now=utc_now())
    return id_


def test_a_broker_sees_by_delegation_and_no_longer_than_it_runs(scene: Scene, case: Case) -> None:
    agent = signed_in("agent")
    address = f"/portal/declarations/{case.id}"
    assert agent.get(address).status_code == 404
    given = mandate(scene, sees_others=True)

    assert agent.get(address).status_code == 200

    parties.revoke_mandate(mandate_id=given, by=SYSTEM, now=utc_now())
    assert agent.get(address).status_code == 404


def test_nobody_sees_anything_without_signing_in(case: Case) -> None:
    browser = Client()

    for address in page_addresses(case):
        answer = browser.get(address)
        open_to_all = address.startswith(
            ("/style", "/theme", "/public/", "/problems/", "/api/v1/openapi.json")
        )
        assert answer.status_code in {302, 405} or open_to_all, address
    for method, address, body in calls(case):
        answer = browser.generic(method, address, body, "application/json")
        assert answer.status_code == 401 or address.endswith("/keys/release"), address
