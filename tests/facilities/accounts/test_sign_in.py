"""Signing in over HTTP: people by name or address, software by client credentials."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
from allauth.mfa.adapter import get_adapter
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from oauth2_provider.models import AccessToken, Application

from tests.facilities.accounts.factories import (
    ADMINISTRATOR,
    EMPLOYER,
    MONDAY,
    PASSWORD,
    PersonFactory,
)
from tongguan.facilities.accounts import commands, queries
from tongguan.facilities.accounts.models import Person
from tongguan.facilities.accounts.values import NewPosting, Role
from tongguan.facilities.ledger.models import Entry
from tongguan.kernel.time import utc_now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_tried_before(db: None) -> None:
    cache.clear()


def sign_in(client: Client, login: str, password: str = PASSWORD) -> bool:
    client.post("/accounts/login/", {"login": login, "password": password})
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("login", ["wang.fang", "Wang.Fang", "wang.fang@example.cn"])
def test_a_person_signs_in_by_name_or_address(client: Client, login: str) -> None:
    PersonFactory.create(username="wang.fang", email="wang.fang@example.cn")

    assert sign_in(client, login)

    entry = Entry.objects.get()
    assert (entry.kind, entry.by) == ("SIGNED_IN", "wang.fang")


@pytest.mark.parametrize(
    ("tongue", "label"), [("en", "Account name or e-mail address"), ("zh-hans", "账户名或电子邮箱")]
)
def test_the_form_says_what_to_type_in_the_readers_language(
    client: Client, tongue: str, label: str
) -> None:
    page = client.get("/accounts/login/", headers={"accept-language": tongue}).content.decode()

    assert f'<label class="form-label" for="id_login">{label}</label>' in page
    assert "placeholder" not in page.split('id="id_login"')[0].split("id_login")[-1]


def test_a_failed_try_is_in_the_ledger_without_what_was_typed(client: Client) -> None:
    PersonFactory.create(username="wang.fang")

    assert not sign_in(client, "wang.fang", "a password of another place")

    entry = Entry.objects.get()
    assert (entry.kind, entry.by, entry.facts) == (
        "SIGN_IN_FAILED",
        "wang.fang",
        {"channel": "portal"},
    )


def test_a_try_under_no_account_leaves_no_trace_of_what_was_typed(client: Client) -> None:
    assert not sign_in(client, "my-password-by-mistake")

    assert not Entry.objects.exists()


def test_who_guesses_is_stopped(client: Client) -> None:
    PersonFactory.create(username="wang.fang")
    for _ in range(6):
        sign_in(client, "wang.fang", "a guess")

    assert not sign_in(client, "wang.fang")


def test_guesses_are_counted_by_all_processes_together(client: Client) -> None:
    PersonFactory.create(username="wang.fang")
    for _ in range(6):
        sign_in(client, "wang.fang", "a guess")
    assert not sign_in(client, "wang.fang")

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_tried")

    assert sign_in(client, "wang.fang")


@pytest.mark.parametrize(("trusted", "stopped"), [(0, True), (1, False)])
def test_behind_a_proxy_each_address_is_counted_by_itself(
    client: Client, trusted: int, stopped: bool
) -> None:
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=trusted):
        answers = [
            client.post(
                "/accounts/login/",
                {"login": f"guess{place}", "password": "a guess"},
                headers={"X-Forwarded-For": f"192.0.2.{place}"},
            ).status_code
            for place in range(40)
        ]

    assert (answers[-1] == 429) is stopped


def test_a_dismissed_person_cannot_sign_in(client: Client) -> None:
    PersonFactory.create(username="wang.fang", is_active=False)

    assert not sign_in(client, "wang.fang")


def test_nobody_makes_an_account_for_himself(client: Client) -> None:
    answer = client.get("/accounts/signup/")
    client.post(
        "/accounts/signup/",
        {"username": "intruder", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert b"<form" not in answer.content or b"password1" not in answer.content
    assert not Person.objects.exists()


def test_secrets_of_second_factors_are_sealed_in_the_database() -> None:
    adapter = get_adapter()

    sealed = adapter.encrypt("JBSWY3DPEHPK3PXP")

    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert adapter.decrypt(sealed) == "JBSWY3DPEHPK3PXP"


def test_what_an_earlier_key_sealed_stays_readable(settings: pytest.FixtureRequest) -> None:
    adapter = get_adapter()
    sealed = adapter.encrypt("secret")

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another key of fifty characters or more, as demanded"  # type: ignore[attr-defined]

    assert adapter.decrypt(sealed) == "secret"


def token_of(client: Client) -> str:
    client_id, secret = commands.register_client(
        name="erp",
        label="ERP",
        postings=[NewPosting(Role.TRADER, employer=EMPLOYER)],
        by=ADMINISTRATOR,
        now=MONDAY,
    )
    answer = client.post(
        "/oauth/token",
        {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret},
    )
    return str(answer.json()["access_token"])


def test_software_gets_a_token_that_leads_to_its_duties(client: Client) -> None:
    token = token_of(client)

    client_id = queries.client_of_token(token, now=utc_now())

    assert client_id is not None
    duties = queries.duties_of_client(client_id, now=utc_now())
    assert duties is not None
    assert duties.name == "client:erp"


def test_a_token_is_kept_as_a_hash_and_ends(client: Client) -> None:
    token = token_of(client)
    kept = AccessToken.objects.get()

    assert token not in {kept.token, kept.token_checksum}
    assert queries.client_of_token(token, now=kept.expires + timedelta(seconds=1)) is None
    assert queries.client_of_token("forged", now=utc_now()) is None


def test_a_wrong_secret_gets_no_token(client: Client) -> None:
    token_of(client)
    client_id = AccessToken.objects.get().application.client_id

    answer = client.post(
        "/oauth/token",
        {"grant_type": "client_credentials", "client_id": client_id, "client_secret": "wrong"},
    )

    assert answer.status_code == 401


def written_token(token: str, client_id: str) -> AccessToken:
    """Write a token into the database, as whoever has it can."""
    owner = Application.objects.get(client_id=client_id)
    ends = utc_now() + timedelta(days=9)
    made: AccessToken = AccessToken.objects.create(application=owner, token=token, expires=ends)
    return made


@pytest.mark.parametrize("token", ["mine", "mine.1.00", ".1.", "x.99999999999." + "0" * 64])
def test_a_token_that_somebody_wrote_into_the_database_leads_nowhere(
    client: Client, token: str
) -> None:
    token_of(client)
    written_token(token, AccessToken.objects.get().application.client_id)

    assert queries.client_of_token(token, now=utc_now()) is None


def test_a_token_is_neither_passed_on_to_other_software_nor_prolonged_by_the_database(
    client: Client,
) -> None:
    token = token_of(client)
    AccessToken.objects.update(expires=utc_now() + timedelta(days=9))
    other, _secret = commands.register_client(
        name="other", label="x", postings=[], by=ADMINISTRATOR, now=utc_now()
    )

    assert queries.client_of_token(token, now=utc_now()) is not None
    assert queries.client_of_token(token, now=utc_now() + timedelta(hours=2)) is None
    AccessToken.objects.update(application=Application.objects.get(client_id=other))
    assert queries.client_of_token(token, now=utc_now()) is None


def test_a_password_that_was_changed_is_in_the_ledger_and_told_to_nobody(client: Client) -> None:
    person = PersonFactory.create(username="wang.fang")
    sign_in(client, "wang.fang")
    before = person.password

    client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "another-good-one", "password2": "another-good-one"},
    )

    person.refresh_from_db()
    entry = Entry.objects.get(kind="PASSWORD_CHANGED")
    said = json.loads(entry.facts["rows"])["accounts_person"][str(person.pk)]
    assert person.password != before
    assert entry.by == "wang.fang"
    assert said == {"password": f"sha256:{sha256(person.password.encode()).hexdigest()}"}


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"])
def test_signing_in_does_not_hash_a_password_anew(client: Client) -> None:
    person = PersonFactory.create(username="wang.fang")
    Person.objects.filter(pk=person.pk).update(
        password=PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1000)
    )
    before = Person.objects.get().password

    assert sign_in(client, "wang.fang")
    assert Person.objects.get().password == before
