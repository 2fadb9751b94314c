"""What the log says of requests that are refused, and of signing in."""

import json
import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.test.client import MULTIPART_CONTENT

from tests.facilities.accounts.factories import PASSWORD, PersonFactory, PostingFactory
from tongguan.facilities.log import Json
from tongguan.interfaces.server.work import Facts, answer
from tongguan.interfaces.wsgi import application
from tongguan.kernel.problems import Problem, codes_told
from tongguan.kernel.text import _

pytestmark = pytest.mark.django_db(transaction=True)

CSRF = "a" * 32
SECRET = "hunter2 and more"
Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(caplog: pytest.LogCaptureFixture) -> Ask:
    """Post to the product as its web server does; return the one event of the request."""
    cache.clear()
    caplog.set_level(logging.INFO, "tongguan.requests")

    def post(path: str, form: dict[str, str] | bytes, session: str = "") -> dict[str, Any]:
        cookie = f"csrftoken={CSRF}; tongguan_session={session}"
        headers = {"cookie": cookie, "accept-language": "en", "x-csrftoken": CSRF}
        kind = "application/json" if isinstance(form, bytes) else MULTIPART_CONTENT
        asked = RequestFactory(headers=headers).post(path, form, content_type=kind)
        caplog.clear()
        answer(
            application, asked.environ, Facts("r", "203.0.113.9", "POST", path, "l", monotonic())
        )
        [event] = [one for one in caplog.records if one.name == "tongguan.requests"]
        told = Json().format(event)
        assert "\n" not in told
        assert not any(word in told for word in (SECRET, PASSWORD))
        return dict(json.loads(told))

    return post


def sign_in(login: str, password: str) -> dict[str, str]:
    return {"login": login, "password": password}


def test_a_sign_in_names_the_account_and_a_refused_one_says_why(ask: Ask) -> None:
    PersonFactory.create(username="wang.fang", email="wang.fang@example.cn")
    PersonFactory.create(username="gone", is_active=False)

    right = ask("/accounts/login/", sign_in("Wang.Fang@example.cn", PASSWORD))
    assert (right["who"], "reason" in right) == ("wang.fang", False)

    wrong = ask("/accounts/login/", sign_in("wang.fang", SECRET))
    assert (wrong["account"], wrong["reason"], "who" in wrong) == (
        "wang.fang",
        "wrong password",
        False,
    )
    # People type their password where the name belongs.
    nobody = ask("/accounts/login/", sign_in(SECRET, "x"))
    assert ("account" in nobody, nobody["reason"]) == (False, "no such account")
    gone = ask("/accounts/login/", sign_in("gone", PASSWORD))
    assert (gone["account"], gone["reason"]) == ("gone", "account not in use")
    limited = [ask("/accounts/login/", sign_in("wang.fang", SECRET)) for _try in range(6)][-1]
    assert (limited["status"], limited["account"], limited["reason"]) == (
        429,
        "wang.fang",
        "too many tries",
    )


def test_a_refused_request_names_the_codes_of_its_refusal(ask: Ask) -> None:
    PostingFactory.create(person=PersonFactory.create(username="chu.min"))
    client = Client()
    client.force_login(PersonFactory._meta.model.objects.get(username="chu.min"))
    session = client.cookies["tongguan_session"].value

    told = ask("/api/v1/declarations", b"{", session)

    assert (told["status"] >= 400, told["who"]) == (True, "chu.min")
    assert told["reason"].split()[0][3] == "-"
    token = ask("/oauth/token", {"grant_type": "password"})
    assert (token["status"], token["reason"]) == (400, "unsupported_grant_type")
    assert ask("/nowhere", {})["reason"] == "Not Found: /nowhere"


def test_codes_are_told_once_each_few_of_them_and_no_warnings() -> None:
    def problem(number: int, *, warning: bool = False) -> Problem:
        code = f"XXX-{number:03}"
        return Problem(code, 422, _("x"), _("x"), _("x"), warning=warning)  # type: ignore[arg-type]

    with codes_told() as codes:
        for number in (1, 1, 0, *range(2, 90)):
            problem(number, warning=number == 0).at("#").told(str)

    assert list(codes) == [f"XXX-{number:03}" for number in range(1, 21)]
    problem(99).at("#").told(str)
    assert "XXX-099" not in codes
