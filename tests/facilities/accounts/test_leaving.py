"""Whoever is let go is out at once: people with their sessions, software with its tokens."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from oauth2_provider.models import AccessToken, Application

from tests.facilities.accounts.factories import (
    ADMINISTRATOR,
    MONDAY,
    PASSWORD,
    PersonFactory,
    PostingFactory,
)
from tongguan.facilities.accounts import commands, problems, queries
from tongguan.facilities.accounts.models import ApiClient, Posting
from tongguan.facilities.accounts.values import NewPosting, Role
from tongguan.facilities.ledger.models import Entry
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now

LATER = MONDAY + timedelta(hours=1)
GATE = NewPosting(Role.GATE, site="0202-01")

pytestmark = pytest.mark.django_db


def software() -> dict[str, str]:
    """Admit software at a gate; return what it signs in with."""
    client_id, secret = commands.register_client(
        name="erp", label="ERP", postings=[GATE], by=ADMINISTRATOR, now=MONDAY
    )
    asked = {"grant_type": "client_credentials"}
    return {**asked, "client_id": client_id, "client_secret": secret}


def withdraw(name: str = "erp") -> None:
    commands.withdraw_client(name=name, by=ADMINISTRATOR, now=LATER)


def test_whoever_is_dismissed_while_signed_in_is_shown_nothing_more(client: Client) -> None:
    cache.clear()
    PersonFactory.create(username="wang.fang")
    commands.grant_posting(
        account="wang.fang", posting=NewPosting(Role.COORDINATOR), by=ADMINISTRATOR, now=MONDAY
    )
    client.post("/accounts/login/", {"login": "wang.fang", "password": PASSWORD})
    before = client.get("/desk/region"), client.get("/api/v1/events")

    commands.dismiss_person(username="wang.fang", by=ADMINISTRATOR, now=utc_now())

    after = client.get("/desk/region"), client.get("/api/v1/events")
    assert [one.status_code for one in before] == [200, 200]
    assert [one.status_code for one in after] == [302, 401]
    assert after[0]["location"].startswith("/accounts/login/")


def test_withdrawn_software_gets_no_token_and_those_it_has_are_worth_nothing(
    client: Client,
) -> None:
    credentials = software()
    token = str(client.post("/oauth/token", credentials).json()["access_token"])
    bearer = {"Authorization": f"Bearer {token}"}

    withdraw()

    assert queries.client_of_token(token, now=utc_now()) is None
    assert client.get("/api/v1/events", headers=bearer).status_code == 401
    assert client.post("/oauth/token", credentials).status_code == 401
    assert not AccessToken.objects.exists()
    assert not Application.objects.exists()


def test_withdrawn_software_has_no_duties_and_gets_none() -> None:
    credentials = software()

    withdraw()

    assert queries.duties_of_client(credentials["client_id"], now=LATER) is None
    assert Posting.objects.get().valid_until == LATER
    entry = Entry.objects.order_by("number").last()
    assert entry is not None
    assert (entry.kind, entry.facts["account"]) == ("CLIENT_WITHDRAWN", "client:erp")
    with pytest.raises(ProblemError) as refusal:
        commands.grant_posting(account="client:erp", posting=GATE, by=ADMINISTRATOR, now=LATER)
    assert refusal.value.faults == (problems.NO_ACCOUNT.at("", name="client:erp"),)


def test_one_posting_of_software_ends_and_the_ledger_says_whose() -> None:
    software()

    commands.end_posting(posting_id=Posting.objects.get().pk, by=ADMINISTRATOR, now=LATER)

    assert Entry.objects.get(kind="POSTING_ENDED").facts["account"] == "client:erp"


@pytest.mark.parametrize("name", ["erp", "nobody"])
def test_software_is_withdrawn_once_and_its_name_is_never_given_again(name: str) -> None:
    software()
    withdraw()

    with pytest.raises(ProblemError) as refusal:
        withdraw(name)
    assert refusal.value.faults == (problems.NO_ACCOUNT.at("", name=f"client:{name}"),)
    with pytest.raises(ProblemError) as refusal:
        software()
    assert refusal.value.faults == (problems.NAME_TAKEN.at("#/name", name="erp"),)
    assert ApiClient.objects.get().withdrawn_at == LATER


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["dismissed", "posting ended"])
def test_administrators_who_let_each_other_go_at_once_leave_one_in_force(way: str) -> None:
    names = [f"administrator{count}" for count in range(8)]
    posts = {
        name: PostingFactory.create(
            person=PersonFactory.create(username=name), role="ADMINISTRATOR", office=""
        ).pk
        for name in names
    }

    def let_go(name: str) -> list[str]:
        try:
            if way == "dismissed":
                commands.dismiss_person(username=name, by=ADMINISTRATOR, now=LATER)
            else:
                commands.end_posting(posting_id=posts[name], by=ADMINISTRATOR, now=LATER)
        except ProblemError as error:
            return [fault.problem.code for fault in error.faults]
        finally:
            connection.close()
        return []

    with ThreadPoolExecutor(len(names)) as pool:
        told = list(pool.map(let_go, names))

    assert sorted(told) == [[]] * 7 + [["ACC-024"]]
    assert Posting.objects.filter(valid_until=None).count() == 1
