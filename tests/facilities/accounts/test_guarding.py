"""Wrong passwords: who is heard no more, and that nobody shuts another out."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from tests.facilities.accounts.factories import ADMINISTRATOR, PASSWORD, PersonFactory
from tongguan.facilities.accounts import guarding, mails
from tongguan.facilities.accounts.credentials import lift_lock
from tongguan.facilities.accounts.models import Person
from tongguan.facilities.accounts.tries import network
from tongguan.facilities.ledger.models import Entry
from tongguan.kernel.time import utc_now

Try = Callable[..., int]
OWNERS, OTHERS = "203.0.113.9", "198.51.100.7"


@pytest.fixture
def person(db: None, settings: Settings) -> Person:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    return PersonFactory.create(username="wang.fang", email="wang.fang@example.cn")


def tries(
    password: str = "a guess",
    *,
    at: str = OTHERS,
    name: str = "wang.fang",
    by: Client | None = None,
) -> int:
    """Try to sign in; return the status: 302 in, 200 wrong, 429 not heard."""
    answer = (by or Client()).post(
        "/accounts/login/",
        {"login": name, "password": password},
        headers={"X-Forwarded-For": at},
    )
    return answer.status_code


def from_everywhere() -> None:
    """Try the account from so many addresses that it is heard nowhere else any more."""
    for place in range(guarding.OF_ACCOUNT.most + 1):
        tries(at=f"192.0.2.{place}")


def test_five_wrong_tries_shut_out_their_address_and_no_other(person: Person) -> None:
    by_name = [tries() for _ in range(3)]
    by_address = [tries(name="Wang.Fang@example.cn") for _ in range(3)]

    assert [*by_name, *by_address] == [200, 200, 200, 200, 200, 429]
    assert tries(PASSWORD) == 429
    assert tries(PASSWORD, at=OWNERS) == 302


def test_who_waits_is_told_how_long_and_what_else_there_is_to_do(person: Person) -> None:
    answers = [
        Client().post(
            "/accounts/login/",
            {"login": "wang.fang", "password": "x"},
            headers={"X-Forwarded-For": OTHERS, "accept-language": "en"},
        )
        for _ in range(6)
    ]

    page = answers[-1].content.decode()
    assert 0 < int(answers[-1]["Retry-After"]) <= guarding.AT_ACCOUNT.seconds
    assert "Wait 5 minutes" in page
    assert "/accounts/password/reset/" in page


def test_tries_at_many_accounts_from_one_address_are_stopped(person: Person) -> None:
    answers = [tries(name=f"guess{place}") for place in range(guarding.AT_ADDRESS.most + 1)]

    assert (answers[-2], answers[-1]) == (200, 429)
    assert tries(PASSWORD, at=OWNERS) == 302


def test_one_account_that_is_not_heard_does_not_shut_out_all_at_its_address(
    person: Person,
) -> None:
    PersonFactory.create(username="li.guan")
    for _ in range(guarding.AT_ADDRESS.most + 5):
        tries()

    assert tries(PASSWORD, name="li.guan") == 302


def test_tries_that_are_not_heard_count_nowhere_else(person: Person) -> None:
    for _ in range(guarding.OF_ACCOUNT.most + 5):
        tries()

    assert tries(PASSWORD, at="192.0.2.200") == 302


def test_many_addresses_together_reach_a_limit_that_does_not_hold_for_the_owner(
    person: Person,
) -> None:
    browser = Client()
    assert tries(PASSWORD, at=OWNERS, by=browser) == 302
    from_everywhere()

    assert tries(PASSWORD, at="192.0.2.200") == 429
    assert tries(PASSWORD, at=OWNERS) == 302
    browser.cookies.pop("tongguan_session")
    assert tries(PASSWORD, at="192.0.2.201", by=browser) == 302


def test_who_has_a_second_factor_is_heard_from_everywhere(person: Person) -> None:
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    from_everywhere()

    assert tries(PASSWORD, at="192.0.2.200") == 302  # on to the second factor


def test_guesses_at_an_office_do_not_shut_out_a_colleague_in_a_browser_used_before(
    person: Person,
) -> None:
    browser = Client()
    tries(PASSWORD, at=OWNERS, by=browser)
    browser.cookies.pop("tongguan_session")
    for _ in range(9):
        tries(at=OWNERS)

    assert tries(PASSWORD, at=OWNERS) == 429
    assert tries(PASSWORD, at=OWNERS, by=browser) == 302


def test_the_cookie_of_a_browser_opens_no_other_account_and_can_be_made_by_nobody(
    person: Person,
) -> None:
    PersonFactory.create(username="li.guan")
    browser = Client()
    tries(PASSWORD, at=OWNERS, name="li.guan", by=browser)
    browser.cookies.pop("tongguan_session")
    for _ in range(6):
        tries(at=OWNERS)

    assert tries(PASSWORD, at=OWNERS, by=browser) == 429
    said = browser.cookies[guarding.BROWSER_COOKIE].value
    browser.cookies[guarding.BROWSER_COOKIE] = said.replace(" ", f" {person.pk} ", 1)
    assert tries(PASSWORD, at=OWNERS, by=browser) == 429
    assert browser.cookies[guarding.BROWSER_COOKIE]["path"] == "/accounts/"


def test_a_browser_used_before_is_no_way_to_guess_without_end(person: Person) -> None:
    browser = Client()
    tries(PASSWORD, by=browser)
    browser.cookies.pop("tongguan_session")

    answers = [tries(by=browser) for _ in range(guarding.OF_BROWSER.most + 1)]

    assert (answers[-2], answers[-1]) == (200, 429)


def test_an_administrator_and_a_reset_by_mail_are_ways_back(person: Person) -> None:
    from_everywhere()
    assert tries(PASSWORD, at=OWNERS) == 429

    assert lift_lock(username="wang.fang", by=ADMINISTRATOR, now=utc_now())
    assert tries(PASSWORD, at=OWNERS) == 302
    assert Entry.objects.filter(kind="LOCK_LIFTED", by="admin").count() == 1
    assert not lift_lock(username="wang.fang", by=ADMINISTRATOR, now=utc_now())
    assert Entry.objects.filter(kind="LOCK_LIFTED", by="admin").count() == 1

    from_everywhere()
    client = Client(headers={"X-Forwarded-For": "192.0.2.250"})
    client.post("/accounts/password/reset/", {"email": "wang.fang@example.cn"})
    assert mails.settle()
    [link] = [one for one in mail.outbox[-1].body.split() if one.startswith("http://")]
    page = client.get(link, follow=True)
    chosen = {"password1": "another long sentence", "password2": "another long sentence"}
    client.post(page.request["PATH_INFO"], chosen)
    assert tries("another long sentence", at="192.0.2.250") == 302


def test_a_try_at_no_account_takes_the_same_statements_and_answer_as_one_at_an_account(
    person: Person,
) -> None:
    def asked(name: str) -> tuple[list[str], str, int]:
        with CaptureQueriesContext(connection) as found:
            answer = Client().post(
                "/accounts/login/",
                {"login": name, "password": "a guess"},
                headers={"X-Forwarded-For": OTHERS},
            )
        page = re.sub('value="[^"]{64}"', "", answer.content.decode().replace(name, "NAME"))
        page = page.split("<main")[1]
        said = [one["sql"].split("WHERE")[0] for one in found.captured_queries]
        beside = [one.split()[0] for one in said if "ledger" not in one and "emit" not in one]
        return beside, page, sum("pg_advisory_xact_lock" in one for one in said)

    asked("warm.up")

    assert asked("wang.fang") == asked("wang.feng")


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("192.0.2.1", "192.0.2.1"),
    ],
)
def test_an_address_counts_with_all_that_one_line_has(address: str, counted: str) -> None:
    assert network(address) == counted
