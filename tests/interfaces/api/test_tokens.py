"""Tokens of software: how many wrong secrets are heard, and what an answer tells."""

from base64 import b64encode
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from oauth2_provider.models import Application
from pytest_django.fixtures import Settings

from tests.facilities.accounts.factories import ADMINISTRATOR, EMPLOYER, MONDAY
from tongguan.facilities.accounts import commands
from tongguan.facilities.accounts.values import NewPosting, Role
from tongguan.facilities.ledger.models import Entry
from tongguan.interfaces.api.tokens import AT_ADDRESS, MOST_BYTES, OF_CLIENT

pytestmark = pytest.mark.django_db

OWN, OTHER = "203.0.113.9", "198.51.100.7"
HOSTILE = ("\0", "a\0b", "\ud800", "x" * 5000, "é\u202e", "'", " ", "", "\n", "%00", "😀")


@pytest.fixture
def erp(db: None, settings: Settings) -> tuple[str, str]:
    """Software, as its id and secret."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    postings = [NewPosting(Role.TRADER, employer=EMPLOYER)]
    return commands.register_client(
        name="erp", label="ERP", postings=postings, by=ADMINISTRATOR, now=MONDAY
    )


def ask(client_id: str, secret: str, *, at: str = OWN, **more: str) -> Any:
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    return post({**form, **more}, at=at)


def post(form: Any, *, at: str = OWN, **headers: str) -> Any:
    return Client().post("/oauth/token", form, headers={"X-Forwarded-For": at, **headers})


def test_wrong_secrets_are_heard_ten_times_a_minute_from_one_address(
    erp: tuple[str, str],
) -> None:
    answers = [ask(erp[0], f"wrong{count}", at=OTHER) for count in range(60)]

    assert [one.status_code for one in answers] == [401] * OF_CLIENT.most + [429] * 50
    assert 0 < int(answers[-1]["Retry-After"]) <= OF_CLIENT.seconds
    assert answers[-1].json()["error"] == "slow_down"
    assert ask(*erp, at=OTHER).status_code == 429
    assert ask(*erp).status_code == 200


def test_software_with_a_wrong_secret_does_not_shut_out_others_at_its_address(
    erp: tuple[str, str],
) -> None:
    for _ in range(AT_ADDRESS.most + 5):
        ask("another", "wrong")

    assert ask(*erp).status_code == 200


def test_right_secrets_are_never_too_many(erp: tuple[str, str]) -> None:
    answers = {ask(*erp).status_code for _ in range(AT_ADDRESS.most + 5)}

    assert answers == {200}


def test_guesses_at_many_clients_from_one_address_are_stopped(erp: tuple[str, str]) -> None:
    answers = [ask(f"client{count}", "x", at=OTHER) for count in range(AT_ADDRESS.most + 1)]

    assert [one.status_code for one in answers[-2:]] == [401, 429]
    assert ask(*erp).status_code == 200


def test_a_client_that_is_not_known_costs_and_tells_as_much_as_a_wrong_secret(
    erp: tuple[str, str],
) -> None:
    def asked(client_id: str) -> tuple[int, bytes, list[str]]:
        with CaptureQueriesContext(connection) as found:
            answer = ask(client_id, "wrong")
        words = [one["sql"].split("WHERE")[0] for one in found.captured_queries]
        return answer.status_code, answer.content, words

    assert asked(erp[0]) == asked("nobody")


def test_a_secret_is_kept_as_a_hash_that_is_quick_for_it_is_random(erp: tuple[str, str]) -> None:
    kept = Application.objects.get().client_secret

    assert kept.startswith("sha256_of_random$")
    assert erp[1] not in kept


def test_a_secret_that_an_earlier_release_hashed_is_good_and_hashed_anew(
    erp: tuple[str, str],
) -> None:
    earlier = make_password(erp[1])
    Application.objects.update(client_secret=earlier)
    assert not earlier.startswith("sha256_of_random$")

    assert ask(erp[0], "wrong").status_code == 401
    assert Application.objects.get().client_secret == earlier
    assert ask(*erp).status_code == 200
    assert Application.objects.get().client_secret.startswith("sha256_of_random$")
    assert ask(*erp).status_code == 200
    assert Entry.objects.filter(kind="SECRET_HASHED_ANEW").count() == 1


def test_credentials_in_the_header_count_as_those_in_the_body(erp: tuple[str, str]) -> None:
    said = b64encode(f"{erp[0]}:{erp[1]}".encode()).decode()
    right = post({"grant_type": "client_credentials"}, Authorization=f"Basic {said}")
    wrong = post({"grant_type": "client_credentials"}, Authorization="Basic !!!")

    assert (right.status_code, wrong.status_code) == (200, 401)
    small = post({"grant_type": "client_credentials"}, Authorization=f"basic {said}")
    form = {"grant_type": "client_credentials", "client_id": erp[0], "client_secret": erp[1]}
    twice = post(form, Authorization=f"Basic {said}")

    assert small.status_code == 200
    assert (twice.status_code, twice.json()["error"]) == (400, "invalid_request")
    assert wrong["WWW-Authenticate"].startswith("Basic")
    assert {right["Cache-Control"], wrong["Cache-Control"]} == {"no-store"}


@pytest.mark.parametrize("place", ["client_id", "client_secret", "grant_type", "scope", "header"])
def test_whatever_stands_in_a_request_it_is_refused_and_no_fault_of_ours(
    erp: tuple[str, str], place: str
) -> None:
    for count, value in enumerate(HOSTILE):
        form = {"grant_type": "client_credentials", "client_id": erp[0], "client_secret": erp[1]}
        headers = {}
        if place == "header":
            headers = {
                "Authorization": f"Basic {b64encode(value.encode(errors='replace')).decode()}"
            }
        else:
            form[place] = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        answer = post(form, at=f"192.0.2.{count}", **headers)
        allowed = {200, 400} if place == "scope" else {400, 401}
        assert (value[:9], answer.status_code in allowed) == (value[:9], True)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"client_id": "x", "client_secret": "y"},
        {"grant_type": ""},
        {"grant_type": ["client_credentials", "client_credentials"]},
        {"grant_type": "client_credentials", "client_id": ["x", "y"]},
    ],
)
def test_a_request_that_lacks_its_grant_or_repeats_a_parameter_is_malformed(form: Any) -> None:
    answer = post(form)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_a_secret_is_sent_in_one_way(erp: tuple[str, str]) -> None:
    said = b64encode(":".join(erp).encode()).decode()

    answer = post(
        {"grant_type": "client_credentials", "client_id": erp[0], "client_secret": erp[1]},
        Authorization=f"Basic {said}",
    )

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_other_grants_and_large_bodies_are_refused_before_anything_is_looked_up(
    erp: tuple[str, str],
) -> None:
    with CaptureQueriesContext(connection) as found:
        device = ask(*erp, grant_type="urn:ietf:params:oauth:grant-type:device_code")
        large = ask("x" * MOST_BYTES, "y")

    assert (device.status_code, large.status_code) == (400, 413)
    assert device.json()["error"] == "unsupported_grant_type"
    assert len(found.captured_queries) == 0
