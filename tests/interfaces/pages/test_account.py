"""Pages of signed-in people: kept by nobody, left for good, and unmoved by hostile forms."""

import json
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from tests.facilities.accounts.factories import PASSWORD, PersonFactory, PostingFactory
from tongguan.facilities.accounts.models import Person
from tongguan.interfaces.pages.limits import FORM_BYTES

pytestmark = pytest.mark.django_db

HOSTILE = ("\0", "a\0b@example.cn", "x" * 50_000, "\u202e", "%00", "[" * 20_000, "1" * 5_000, "{}")
FORMS = {
    "/accounts/login/": ("login", "password", "next", "remember"),
    "/accounts/password/reset/": ("email", "next"),
    "/accounts/password/reset/key/1-set-password/": ("password1", "password2"),
    "/accounts/password/change/": ("oldpassword", "password1", "password2"),
    "/accounts/reauthenticate/": ("password", "next"),
    "/accounts/email/": ("email",),
    "/accounts/2fa/totp/activate/": ("code",),
    "/accounts/2fa/webauthn/add/": ("credential", "name"),
    "/accounts/2fa/webauthn/reauthenticate/": ("credential",),
    "/accounts/2fa/reauthenticate/": ("code",),
    "/accounts/2fa/authenticate/": ("code", "credential"),
    "/accounts/logout/": ("next",),
}


@pytest.fixture
def officer() -> Person:
    person = PersonFactory.create(username="chu.min")
    PostingFactory.create(person=person)
    return person


def signed_in() -> Client:
    client = Client(raise_request_exception=True)
    client.post("/accounts/login/", {"login": "chu.min", "password": PASSWORD})
    return client


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/desk/review",
        "/accounts/2fa/",
        "/api/v1/declarations/1",
        "/nowhere",
        "/public/commitments",
    ],
)
def test_what_is_answered_to_who_signed_in_is_kept_by_nobody(officer: Person, path: str) -> None:
    assert signed_in().get(path)["Cache-Control"] == "no-store"


def test_answers_to_software_are_kept_by_nobody() -> None:
    answer = Client().get("/api/v1/declarations/1", headers={"Authorization": "Bearer x"})

    assert (answer.status_code, answer["Cache-Control"]) == (401, "no-store")


def test_public_pages_of_strangers_and_files_say_themselves_how_long_they_are_good(
    officer: Person,
) -> None:
    assert "no-store" not in Client().get(reverse("public:commitments")).get("Cache-Control", "")
    assert "no-store" not in signed_in().get("/static/pages/tongguan.css").get("Cache-Control", "")


def test_signing_in_gives_another_session_than_the_one_brought_along(officer: Person) -> None:
    client = Client()
    client.get("/accounts/login/")
    session = client.session
    session["brought"] = "along"
    session.save()
    brought = str(session.session_key)
    client.cookies["tongguan_session"] = brought

    client.post("/accounts/login/", {"login": "chu.min", "password": PASSWORD})

    assert client.cookies["tongguan_session"].value != brought
    stranger = Client()
    stranger.cookies["tongguan_session"] = brought
    assert stranger.get("/desk/review").status_code == 302


def test_signing_out_ends_the_session_for_every_copy_of_its_cookie(officer: Person) -> None:
    client, copy = signed_in(), Client()
    copy.cookies["tongguan_session"] = client.cookies["tongguan_session"].value
    assert copy.get("/desk/review").status_code == 200

    client.post("/accounts/logout/")

    assert copy.get("/desk/review").status_code == 302
    assert client.get("/desk/review").status_code == 302


@pytest.mark.parametrize("path", FORMS)
def test_whatever_stands_in_a_form_of_an_account_it_is_refused_and_no_fault_of_ours(
    officer: Person, path: str
) -> None:
    for client in clients():
        for field in FORMS[path]:
            for value in HOSTILE:
                answer = client.post(path, {field: value, **rest(path, field)})
                assert (field, value[:9], answer.status_code < 500) == (field, value[:9], True)
    raw = Client().post(path, b"login=%ff%fe&password=%ff", "application/x-www-form-urlencoded")
    odd = Client().post(path, b"login=x", "application/x-www-form-urlencoded; charset=utf-7")
    assert (raw.status_code < 500, odd.status_code < 500) == (True, True)


def key_said(data: str, attested: str) -> str:
    """Return what a browser sends of a key, with these as what it signed."""
    said = {"clientDataJSON": data, "attestationObject": attested}
    return json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": said})


def clients() -> Iterator[Client]:
    yield Client()
    client = signed_in()
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.get("/accounts/2fa/webauthn/add/")
    yield client


def rest(path: str, field: str) -> dict[str, str]:
    """Return what else stands in the form, so that the field is looked at."""
    filled = {"login": "chu.min", "password": "x", "credential": "{}"}
    return {one: filled.get(one, "x") for one in FORMS[path] if one not in {field, "next"}}


@pytest.mark.parametrize(
    "said",
    [
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
        '{"id": 1, "response": {"clientDataJSON": "AA", "attestationObject": "AA"}}',
        key_said("e30", "oA"),
        key_said(
            "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQUEiLCJvcmlnaW4iOiJ4In0",
            "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YUA",
        ),
        *("null", "true", "false", "0", "-0", "[]", "{}", '"x"', "1e400"),
    ],
)
def test_what_no_security_key_says_is_refused(officer: Person, said: str) -> None:
    *_, client = clients()

    answer = client.post("/accounts/2fa/webauthn/add/", {"credential": said, "name": "x"})

    assert answer.status_code == 200
    assert not Authenticator.objects.exists()
    assert b"problem-form" in answer.content or b"problem-at" in answer.content


def test_a_form_that_is_larger_than_any_is_refused_unread() -> None:
    answer = Client().post("/accounts/login/", {"login": "x" * FORM_BYTES, "password": "x"})

    assert answer.status_code == 413
