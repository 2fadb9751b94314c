"""Whatever stands in an address, a header, a cookie or a form, the answer is an answer.

Walked are all pages, by somebody to whom every role is given: every name that a page reads from its
address, every field of every form that it shows. Each role alone is tried with what is no text.
"""

import inspect
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import cycle
from typing import Any, Final

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import resolve

from tests.interfaces.everybody import admit, postings
from tests.interfaces.scene import PASSWORD
from tests.interfaces.test_foreign_or_unknown import Stage, addresses, stage
from tongguan.facilities.accounts.values import Role
from tongguan.interfaces.wsgi import application

__all__ = ["stage"]
pytestmark = pytest.mark.django_db(transaction=True)

NO_TEXT: Final = ("%00", "A%00B", "%FF", "%ED%A0%80", "%C0%AF")
"""NUL, a byte that begins nothing, a lone surrogate, a form that is too long."""
ODD: Final = (
    "9" * 40,
    "9223372036854775808",
    "9" * 5000,
    "-1",
    "1e999",
    "NaN",
    "-Infinity",
    "٣",
    "0001-01-01",
    "9999-12-31",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "2026-11-24T00:00:00+23:59,00000000-0000-0000-0000-000000000000",
    "9999-12-31T23:59:59-14:00,00000000-0000-0000-0000-000000000000",
    "0001-01-01,9223372036854775808",
    "x" * 20_000,
    "//[",
)
PAGES_READ: Final = re.compile(r'(?:GET|asked)(?:\.get|\.getlist)?[(\[]"(\w+)"')
BEGINNINGS: Final = (*ODD[:2], *ODD[12:15])
"""What is tried where the address says with which row a page begins."""
FILTERS: Final = (ODD[0], "0001-01-01")
"""What is tried in each other name that a page reads from its address."""
TYPED: Final = cycle(("1e999", "9999-12-31T23:59"))
"""What is typed into all fields of a form at once: every fault is told at once."""
HIDDEN: Final = cycle(ODD)
"""What is tried in each hidden field of a form, one after the other."""
TYPES: Final = (
    "text/plain; charset=hex",
    "text/plain; charset=a\0b",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset*=nothing''x",
    "multipart/form-data",
    "multipart/form-data; boundary=\xff",
    "multipart/form-data; boundary=B; charset=idna",
)


@dataclass
class Form:
    """A form of a page: where it is sent, how, what stands in its hidden fields, what is typed."""

    to: str
    method: str
    hidden: dict[str, str] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)

    @property
    def kind(self) -> tuple[str, ...]:
        """Return what two forms of a kind have in common."""
        return self.to, self.method, self.hidden.get("act", ""), *sorted(self.typed)

    def filled(self) -> Iterator[dict[str, str]]:
        """Yield what is sent: one value in all fields, and one in each hidden field alone."""
        yield {**dict.fromkeys(self.typed, next(TYPED)), **self.hidden}
        for name in self.hidden:
            if name != "csrfmiddlewaretoken":
                yield {**self.hidden, name: next(HIDDEN)}


class Forms(HTMLParser):
    """The forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._page = page
        self.found: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            to, method = given.get("action", ""), given.get("method", "get").upper()
            self.found.append(Form(self._page if to in {"", "#"} else to, method))
        elif name and self.found and (given.get("type") == "hidden" or tag == "button"):
            self.found[-1].hidden.setdefault(name, given.get("value", ""))
        elif name and self.found and tag in {"input", "select", "textarea"}:
            self.found[-1].typed.add(name)


@pytest.fixture
def world(stage: Stage) -> Stage:
    """Let somebody have every role, and somebody each role alone."""
    every = postings(stage.scene.firms)
    admit("everybody", *every)
    for one in every:
        admit(f"only-{one.role}".lower(), one)
    return stage


def signed_in(name: str) -> Client:
    browser = Client(raise_request_exception=False)
    assert browser.login(username=name, password=PASSWORD)
    return browser


def read_by(page: str) -> list[str]:
    """Return the names that the view of a page reads from its address."""
    view = resolve(page.partition("?")[0]).func
    module = inspect.getmodule(inspect.unwrap(view))
    return [] if module is None else sorted(set(PAGES_READ.findall(inspect.getsource(module))))


def queries(pages: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield a page, a name that it reads from its address, and what is to stand there."""
    for page in pages:
        for name in read_by(page):
            for value in BEGINNINGS if name == "after" else FILTERS:
                yield page, name, value


def forms_of(answers: Mapping[str, Any]) -> list[Form]:
    """Return the forms of pages, each kind once; signing out is left out."""
    found: dict[tuple[str, ...], Form] = {}
    for page, answer in answers.items():
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            shown = Forms(page)
            shown.feed(answer.content.decode())
            found |= {form.kind: form for form in shown.found}
    return [form for form in found.values() if not form.to.startswith("/accounts/")]


def test_no_value_in_an_address_or_a_form_makes_trouble(world: Stage) -> None:
    browser = signed_in("everybody")
    shown = {page: browser.get(page) for page in addresses(world.foreign)}
    asked = [
        (page, name, value[:40], browser.get(page, {name: value}).status_code)
        for page, name, value in queries(shown)
    ]
    sent = [
        (
            form.kind,
            str(fields)[:200],
            (browser.post if form.method == "POST" else browser.get)(form.to, fields).status_code,
        )
        for form in forms_of(shown)
        for fields in form.filled()
    ]

    assert {page for page, answer in shown.items() if answer.status_code >= 500} == set()
    assert [one for one in asked if one[-1] >= 500] == []
    assert [one for one in sent if one[-1] >= 500] == []
    assert min(len(asked), len(sent)) > 50


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_is_no_text_is_refused_at_the_door_whoever_sends_it(
    world: Stage, language: str
) -> None:
    headers = {"Accept-Language": language}
    people = [None, *(f"only-{role}".lower() for role in Role if role is not Role.SYSTEM)]
    known = [
        name for name in people if name is None or Client().login(username=name, password=PASSWORD)
    ]
    words = "could not be read" if language == "en" else "无法读取"

    for name in known:
        browser = Client(raise_request_exception=False) if name is None else signed_in(name)
        for value in NO_TEXT[: 1 if name else None]:
            page = browser.get(f"/portal/search?q={value}", headers=headers)
            call = browser.get(f"/api/v1/events?after={value}", headers=headers)
            body = f"login={value}&password=x"
            sign_in = browser.generic(
                "POST", "/accounts/login/", body, "application/x-www-form-urlencoded"
            )
            token = browser.generic(
                "POST", "/oauth/token", body, "application/x-www-form-urlencoded"
            )
            assert (page.status_code, words in page.content.decode()) == (400, True)
            assert (call.status_code, call["Content-Type"]) == (400, "application/problem+json")
            assert sign_in.status_code == 400
            assert (token.status_code, token.json()) == (400, {"error": "invalid_request"})


def test_nul_is_refused_in_path_cookie_header_credentials_file_and_field() -> None:
    client = Client(raise_request_exception=False)
    session = settings.SESSION_COOKIE_NAME
    basic = b64encode(b"a%00b:c").decode()
    raw = b64encode(b"a\0b:c").decode()
    part = b'--B\r\nContent-Disposition: form-data; name="a\0"\r\n\r\nx\r\n--B--\r\n'
    broken = b'--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\r\n--B--\r\n'
    several = "multipart/form-data; boundary=B"

    answers = [
        client.get("/portal/declarations/%00"),
        client.get("/", headers={"Cookie": f'{session}="a\\000b"'}),
        client.get("/", headers={"Accept": "*/*;q*=nothing''x"}),
        client.get("/", headers={"X-Anything": "a\0b"}),
        client.get("/api/v1/events", headers={"Authorization": f"Basic {basic}"}),
        client.post("/oauth/token", {}, headers={"Authorization": f"Basic {raw}"}),
        client.generic("POST", "/accounts/login/", part, several),
        client.generic("POST", "/accounts/login/", broken, several),
    ]

    assert [answer.status_code for answer in answers] == [400] * len(answers)


def test_a_sign_that_stands_for_none_is_taken_where_somebody_typed_it() -> None:
    form = "application/x-www-form-urlencoded"

    answer = Client().generic("POST", "/theme", "theme=dark&next=/?q=%EF%BF%BD", form)

    assert answer.status_code == 302


@pytest.mark.parametrize("given", TYPES)
def test_a_type_of_content_that_cannot_be_read_is_refused_and_troubles_nobody(given: str) -> None:
    for path in ("/accounts/login/", "/api/v1/events"):
        assert 400 <= served("POST", path, given) < 500


def test_a_path_that_is_no_text_is_refused() -> None:
    assert served("GET", "/portal/\xff", "") == 400
    assert served("GET", "/api/v1/gate/0202-01/\xff", "") == 400


def served(method: str, path: str, kind: str) -> int:
    """Ask the product as a web server does; return the status."""
    told: list[str] = []
    request = RequestFactory()._base_environ(  # type: ignore[attr-defined]
        REQUEST_METHOD=method, PATH_INFO=path, QUERY_STRING="q=%41", CONTENT_TYPE=kind
    )
    list(application(request, lambda status, _headers: told.append(status)))
    return int(told[0].partition(" ")[0])
