"""Whatever is sent to the API, the answer is an answer: never trouble on our side."""

import json
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.json import encode

from tests.interfaces.bodies import VALUES
from tests.interfaces.scene import PASSWORD, Scene, declared, enterprise, lodged, number_of
from tongguan.domain.declarations.values import Party
from tongguan.domain.parties.queries import employer
from tongguan.domain.parties.values import EnterpriseKind
from tongguan.facilities.accounts.commands import admit_person
from tongguan.facilities.accounts.values import SYSTEM, NewPosting, Post, Role
from tongguan.facilities.announcements.queries import of as events_of
from tongguan.interfaces.api.application import api
from tongguan.kernel.identifiers import credit_code
from tongguan.kernel.time import utc_now

pytestmark = pytest.mark.django_db(transaction=True)

ODD: Final = [
    "",
    "0",
    "-1",
    "1-1",
    "9" * 40,
    "９-９",
    "\0",
    "..",
    "%",
    "'",
    "0101-01",
    "XMPU0000013",
]
TEXTS: Final = st.text(max_size=40) | st.sampled_from(ODD)
JSONS: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
MANY: Final = settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


HOUSE: Final = Party(scc=credit_code("91120116FAKE00073"), code="1207900073", name="示例银行")
MINISTRY: Final = Party(scc=credit_code("91110101FAKE00081"), code="1111900081", name="示例窗口")
WORKS_FOR: Final = {
    Role.TRADER: "broker",
    Role.BROKER: "broker",
    Role.CARRIER: "lines",
    Role.BANK: "bank",
    Role.AGENCY: "ministry",
}


@pytest.fixture
def everybody(scene: Scene) -> Client:
    """Return a browser of somebody to whom every role is given, so that every act is reached."""
    admit_person(
        username="everybody",
        password=PASSWORD,
        name_zh="每人",
        name_en="everybody",
        postings=list(_postings(scene)),
        by=SYSTEM,
        now=utc_now(),
    )
    client = Client()
    assert client.login(username="everybody", password=PASSWORD)
    return client


def _postings(scene: Scene) -> Iterator[NewPosting]:
    firms = scene.firms | {
        "bank": enterprise(HOUSE, EnterpriseKind.BANK),
        "ministry": enterprise(MINISTRY, EnterpriseKind.AGENCY),
    }
    for role in Role:
        if role in WORKS_FOR:
            at = employer(firms[WORKS_FOR[role]], utc_now().date())
            yield NewPosting(role, employer=at)
        elif role.post is Post.SITE:
            yield NewPosting(role, site="0202-01")
        elif role.post is Post.OFFICE:
            yield NewPosting(role)


def operations() -> list[tuple[str, str, list[str]]]:
    """Return every operation: method, address, and the names of what its body holds."""
    schema = api.get_openapi_schema()
    found = []
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            wanted = content.get("application/json", {}).get("schema", {})
            shape = wanted.get("$ref", "").rpartition("/")[2]
            names = schema["components"]["schemas"][shape]["properties"] if shape else {}
            found.append((method.upper(), path, list(names)))
    return found


OPERATIONS: Final = operations()


def mutated(draw: Any, whole: Any) -> Any:
    """Return plain data with one place in it replaced by anything."""
    if isinstance(whole, dict) and whole and draw(st.integers(0, 9)):
        name = draw(st.sampled_from(sorted(whole)))
        return {**whole, name: mutated(draw, whole[name])}
    if isinstance(whole, list) and whole and draw(st.integers(0, 9)):
        at = draw(st.integers(0, len(whole) - 1))
        return [*whole[:at], mutated(draw, whole[at]), *whole[at + 1 :]]
    return draw(JSONS)


@MANY
@given(data=st.data())
def test_no_call_whatever_makes_trouble(everybody: Client, data: st.DataObject) -> None:
    known = _known()
    method, address, names = data.draw(st.sampled_from(OPERATIONS))
    fitting = {name: VALUES[name] for name in names}
    for name in {part.partition("}")[0] for part in address.split("{")[1:]}:
        value = data.draw(st.just(known[name]) | TEXTS if name in known else TEXTS)
        address = address.replace(f"{{{name}}}", quote(value, safe=""))
    if address.endswith(("/events", "/receipts")):
        address += f"?after={quote(data.draw(TEXTS), safe='')}"
    body = data.draw(st.binary(max_size=60) | JSONS.map(lambda one: json.dumps(one).encode()))
    fits: bool = data.draw(st.booleans())
    if fitting and fits:
        body = json.dumps(mutated(data.draw, fitting)).encode()

    answer = everybody.generic(method, address, body, "application/json")

    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json"
        errors = json.loads(answer.content)["errors"]
        assert all(error["code"] and error["detail"] for error in errors)


_CASE: dict[str, str] = {}


def _known() -> dict[str, str]:
    """Return names that are really there, made once a test."""
    if not _CASE:
        id_ = lodged(declared())
        _CASE.update(
            number=number_of(id_),
            cursor=str(events_of(id_)[0].cursor),
            site="0202-01",
            unit="XMPU0000013",
        )
    return _CASE


@MANY
@given(data=st.data())
def test_no_declaration_whatever_makes_trouble(everybody: Client, data: st.DataObject) -> None:
    sent = mutated(data.draw, json.loads(encode(declared())))
    lines = data.draw(st.sampled_from(["", "/check", "/batch"]))

    answer = everybody.generic(
        "POST", f"/api/v1/declarations{lines}", json.dumps(sent).encode(), "application/json"
    )

    assert answer.status_code in {200, 201, 400, 413, 415, 422}
    assert b"".join(answer) if answer.streaming else answer.content
