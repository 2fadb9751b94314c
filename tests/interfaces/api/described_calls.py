"""Calls made from the API's own description, in process, by every role; what each has to answer."""

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import schemathesis
from django.conf import settings
from django.test import Client
from hypothesis import strategies as st
from msgspec.json import encode
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.domain.cargo.factories import MANIFEST
from tests.interfaces.bodies import VALUES
from tests.interfaces.everybody import admit, postings
from tests.interfaces.scene import PASSWORD, Scene, declared, lodged, number_of
from tongguan.facilities.announcements.queries import of as events_of
from tongguan.interfaces.wsgi import application

DESCRIPTION: Final = "/api/v1/openapi.json"
CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
BUSY: Final = frozenset({429, 503})
"""What no call is answered for what it says; the description leaves it to `default`."""
JSON: Final = "application/json"
EVERYBODY: Final = "everybody"
MODES: Final = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
FORGED: Final = "f" * 32
ODD: Final = (
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
    "1e999",
    "NaN",
    "0001-01-01",
    "2026-11-24T09:30:00+23:59,00000000-0000-0000-0000-000000000000",
    "9999-12-31T23:59:59-14:00,00000000-0000-0000-0000-000000000000",
)
TEXTS: Final = st.text(max_size=40) | st.sampled_from(ODD)
NUMBERS: Final = st.floats(allow_nan=False, allow_infinity=False)
JSONS: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
DOCUMENTS: Final[Mapping[str, Any]] = {
    **dict.fromkeys(
        (f"/api/v1/declarations{end}" for end in ("", "/check", "/batch")),
        json.loads(encode(declared())),
    ),
    "/api/v1/manifests": json.loads(encode(MANIFEST)),
}
"""Sound documents of the calls that take one; changed in a place, each is tried."""


def mutated(draw: Any, whole: Any) -> Any:
    """Return plain data with one place in it replaced by anything."""
    if isinstance(whole, dict) and whole and draw(st.integers(0, 9)):
        name = draw(st.sampled_from(sorted(whole)))
        return {**whole, name: mutated(draw, whole[name])}
    if isinstance(whole, list) and whole and draw(st.integers(0, 9)):
        at = draw(st.integers(0, len(whole) - 1))
        return [*whole[:at], mutated(draw, whole[at]), *whole[at + 1 :]]
    return draw(JSONS)


class Calls:
    """Everybody of the scene and somebody with every role, and all operations described."""

    def __init__(self, scene: Scene) -> None:
        """Admit one person a role and one with all, lodge a declaration, read the description."""
        every = postings(scene.firms)
        names = {str(one.role): admit(f"only-{one.role}".lower(), one) for one in every}
        self._people = {EVERYBODY: _signed_in(admit(EVERYBODY, *every))}
        self._people |= {role: _signed_in(name) for role, name in names.items()}
        id_ = lodged(declared("KNOWN"))
        self._known = {
            "number": number_of(id_),
            "cursor": str(events_of(id_)[0].cursor),
            "site": "0202-01",
            "unit": "XMPU0000013",
            "kind": "relief",
        }
        schema = schemathesis.openapi.from_wsgi(DESCRIPTION, application)
        found = [one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)]
        self._operations = {f"{one.method.upper()} {one.path}": one for one in found}
        self._strategies: dict[tuple[str, GenerationMode], st.SearchStrategy[Any]] = {}

    @property
    def operations(self) -> list[str]:
        """Return method and address of every operation."""
        return list(self._operations)

    @property
    def roles(self) -> list[str]:
        """Return the names of all who call."""
        return list(self._people)

    def tried(self, data: st.DataObject, operation: str, role: str) -> int:
        """Make a call of an operation in a role; return the status, which has to be described."""
        case = data.draw(self._cases(operation, data.draw(st.sampled_from(MODES))))
        self._fit(case, data.draw)
        case.cookies = {}
        for name in ("Authorization", "Cookie"):
            case.headers.pop(name, None)
        cookies = self._people[role]
        answer = case.call(headers={"X-CSRFToken": FORGED}, cookies=cookies)
        case.validate_response(answer, checks=CHECKS)
        described = case.operation.definition.raw["responses"]
        assert str(answer.status_code) in described or answer.status_code in BUSY, (
            f"{operation} was answered {answer.status_code}, which is not described"
        )
        status: int = answer.status_code
        return status

    def _cases(self, operation: str, mode: GenerationMode) -> st.SearchStrategy[Any]:
        if (operation, mode) not in self._strategies:
            one = self._operations[operation]
            document: Any = DOCUMENTS.get(one.path)
            given: dict[str, Any] = (
                {} if document is None else {"body": document, "media_type": JSON}
            )
            self._strategies[operation, mode] = one.as_strategy(generation_mode=mode, **given)
        return self._strategies[operation, mode]

    def _fit(self, case: Any, draw: Any) -> None:
        """Put names that are there, or odd ones, in the address; and a body that nearly fits."""
        for name in case.path_parameters:
            if draw(st.booleans()):
                others = TEXTS.filter(lambda one: one.strip(".") != "")
                known = st.just(self._known[name]) if name in self._known else others
                case.path_parameters[name] = quote(draw(known | others), safe="")
        if "after" in case.query and draw(st.booleans()):
            case.query["after"] = draw(TEXTS)
        document = DOCUMENTS.get(case.operation.path)
        if document is not None:
            case.media_type, case.body = JSON, mutated(draw, document)
        elif isinstance(case.body, dict) and draw(st.booleans()):
            fitting = {name: VALUES[name] for name in case.body if name in VALUES}
            case.body = mutated(draw, {**case.body, **fitting})


def _signed_in(name: str) -> dict[str, str]:
    """Return the cookies of somebody's browser, with the token against forgery."""
    client = Client()
    assert client.login(username=name, password=PASSWORD)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: FORGED}
