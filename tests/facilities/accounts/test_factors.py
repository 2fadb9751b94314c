"""Second factors: what the ledger knows of them, and who must have one."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from tests.facilities.accounts.factories import (
    ADMINISTRATOR,
    PASSWORD,
    PersonFactory,
    PostingFactory,
)
from tongguan.facilities.accounts.credentials import lift_lock, withdraw_factors
from tongguan.facilities.accounts.models import Person
from tongguan.facilities.accounts.terminal import sign_in as sign_in_on_terminal
from tongguan.facilities.ledger.models import Entry
from tongguan.facilities.ledger.values import Difference
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import LOCAL, utc_now
from tongguan.processes.reconciliation import reconcile

pytestmark = pytest.mark.django_db(transaction=True)

FACTORS = "/accounts/2fa/"


@pytest.fixture(autouse=True)
def officer(settings: Settings) -> Person:
    """A reviewer in a house where officers must have a second factor since yesterday."""
    cache.clear()
    settings.SECOND_FACTOR_FROM = utc_now().astimezone(LOCAL).date() - timedelta(days=1)
    person = PersonFactory.create(username="chu.min")
    PostingFactory.create(person=person)
    return person


def signed_in(username: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.post("/accounts/login/", {"login": username, "password": PASSWORD})
    return client


def with_app(client: Client) -> str:
    """Activate an app as its owner does; return its secret."""
    client.get(f"{FACTORS}totp/activate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.get(f"{FACTORS}totp/activate/")
    secret = str(client.session["mfa.totp.secret"])
    # The code of a moment may end on its way.
    assert any(
        client.post(f"{FACTORS}totp/activate/", {"code": code(secret)}).status_code == 302
        for _ in range(3)
    )
    return secret


def code(secret: str) -> str:
    counter = next(totp.yield_hotp_counters_from_time())
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def kinds() -> list[str]:
    told = Entry.objects.filter(kind__startswith="FACTOR").order_by("number")
    return [f"{one.kind} {one.facts.get('factor', '')}".strip() for one in told]


def test_an_officer_without_a_second_factor_reaches_only_the_pages_to_activate_one() -> None:
    client = signed_in("chu.min")

    for path in ("/", "/desk/review", "/portal/", "/accounts/email/", "/accounts/password/change/"):
        answer = client.get(path)
        assert (path, answer.status_code, answer.get("Location")) == (path, 302, FACTORS)
    assert client.post("/desk/review", {"x": "y"}).status_code == 302
    called = client.get("/api/v1/declarations/1")
    assert (called.status_code, called.json()["errors"][0]["code"]) == (403, "ACC-018")
    page = client.get(FACTORS)
    assert b"no other page is open to you" in page.content
    assert client.get(f"{FACTORS}webauthn/").status_code == 200

    with_app(client)

    assert client.get("/desk/review").status_code == 200
    assert b"no other page is open to you" not in client.get(FACTORS).content
    assert client.post("/accounts/logout/").status_code == 302


def test_the_last_factor_of_an_officer_stays(officer: Person) -> None:
    client = signed_in("chu.min")
    with_app(client)

    client.post(f"{FACTORS}totp/deactivate/")

    assert Authenticator.objects.filter(user=officer, type="totp").exists()


@pytest.mark.parametrize("role", ["TRADER", "GATE", "ADMINISTRATOR"])
def test_administrators_must_have_one_too_and_enterprises_and_gates_need_not(role: str) -> None:
    places: dict[str, dict[str, Any]] = {
        "TRADER": {"enterprise_id": 7},
        "GATE": {"site": "0202-01"},
        "ADMINISTRATOR": {},
    }
    person = PersonFactory.create(username="somebody")
    PostingFactory.create(person=person, role=role, office="", **places[role])

    answer = signed_in("somebody").get("/accounts/email/")

    assert (answer["Location"] == FACTORS) is (role == "ADMINISTRATOR")


@pytest.mark.parametrize("tomorrow", [False, True])
def test_before_the_day_and_where_it_is_switched_off_nobody_must(
    settings: Settings, tomorrow: bool
) -> None:
    day = utc_now().astimezone(LOCAL).date() + timedelta(days=1)
    settings.SECOND_FACTOR_FROM = day if tomorrow else None

    assert signed_in("chu.min").get("/desk/review").status_code == 200


def test_on_the_command_line_an_officer_signs_in_with_the_factor_too(officer: Person) -> None:
    with pytest.raises(ProblemError, match="ACC-018"):
        sign_in_on_terminal(username="chu.min", password=PASSWORD, code="", now=utc_now())
    secret = with_app(signed_in("chu.min"))
    cache.clear()  # a code that was used once is of no use again

    with pytest.raises(ProblemError, match="ACC-017"):
        sign_in_on_terminal(username="chu.min", password=PASSWORD, code="000", now=utc_now())
    assert any(signs_in_on_terminal(code(secret)) for _ in range(3))


def signs_in_on_terminal(said: str) -> bool:
    with suppress(ProblemError):
        sign_in_on_terminal(username="chu.min", password=PASSWORD, code=said, now=utc_now())
        return True
    return False


def test_the_ledger_knows_each_factor_and_finds_one_that_was_written_or_changed_by_sql(
    officer: Person,
) -> None:
    client = signed_in("chu.min")
    with_app(client)
    client.get(f"{FACTORS}recovery-codes/")
    client.post(f"{FACTORS}recovery-codes/generate/")

    assert kinds() == [
        "FACTOR_ADDED totp",
        "FACTOR_ADDED recovery_codes",
        "FACTOR_CHANGED recovery_codes",
        "FACTOR_REMOVED recovery_codes",
        "FACTOR_ADDED recovery_codes",
    ]
    assert {one.by for one in Entry.objects.filter(kind__startswith="FACTOR")} == {"chu.min"}
    assert of_factors() == []

    with connection.cursor() as cursor:
        cursor.execute('UPDATE mfa_authenticator SET data = \'{"secret": "mine"}\'')
    assert {one.column for one in of_factors()} == {"data"}


def of_factors() -> list[Difference]:
    return [one for one in reconcile().listed if one.table == "mfa_authenticator"]


def test_an_administrator_takes_away_what_was_lost_and_the_person_begins_anew(
    officer: Person,
) -> None:
    client = signed_in("chu.min")
    with_app(client)

    withdraw_factors(username="chu.min", by=ADMINISTRATOR, now=utc_now())

    entry = Entry.objects.get(kind="FACTORS_WITHDRAWN")
    assert (entry.by, entry.facts["factors"]) == ("admin", "recovery_codes, totp")
    assert of_factors() == []
    assert client.get("/desk/review")["Location"] == FACTORS
    assert signed_in("chu.min").get("/desk/review")["Location"] == FACTORS
    with pytest.raises(ProblemError, match="ACC-019"):
        withdraw_factors(username="chu.min", by=ADMINISTRATOR, now=utc_now())


def test_a_password_alone_signs_nobody_in_who_has_a_factor_and_a_recovery_code_does_once(
    officer: Person,
) -> None:
    with_app(signed_in("chu.min"))
    codes = Authenticator.objects.get(user=officer, type="recovery_codes").wrap()
    spare = codes.get_unused_codes()[0]
    client, again = signed_in("chu.min"), signed_in("chu.min")
    assert "_auth_user_id" not in client.session

    client.post(f"{FACTORS}authenticate/", {"code": spare})
    again.post(f"{FACTORS}authenticate/", {"code": spare})

    assert "_auth_user_id" in client.session
    assert "_auth_user_id" not in again.session
    assert kinds()[-1] == "FACTOR_CHANGED recovery_codes"
    assert of_factors() == []


def test_wrong_codes_shut_out_their_address_and_neither_the_owner_nor_for_good(
    officer: Person, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    with_app(signed_in("chu.min"))
    codes = Authenticator.objects.get(user=officer, type="recovery_codes").wrap()

    def tries(given: str, *, at: str) -> int:
        client = Client(headers={"X-Forwarded-For": at})
        client.post("/accounts/login/", {"login": "chu.min", "password": PASSWORD})
        answer = client.post(f"{FACTORS}authenticate/", {"code": given})
        assert answer.status_code != 429 or 0 < int(answer["Retry-After"]) <= 300
        return answer.status_code

    wrong = [tries("no code", at="192.0.2.1") for _ in range(6)]
    first, second = codes.get_unused_codes()[:2]

    assert wrong == [200] * 5 + [429]
    assert tries(first, at="192.0.2.1") == 429
    assert tries(first, at="192.0.2.2") == 302
    assert lift_lock(username="chu.min", by=ADMINISTRATOR, now=utc_now())
    assert tries(second, at="192.0.2.1") == 302


def test_wrong_codes_of_a_confirmation_are_counted_too() -> None:
    client = signed_in("chu.min")
    with_app(client)

    answers = [client.post(f"{FACTORS}reauthenticate/", {"code": "no code"}) for _ in range(11)]

    assert [one.status_code for one in answers] == [200] * 10 + [429]  # in a browser used before
    assert int(answers[-1]["Retry-After"]) > 0
