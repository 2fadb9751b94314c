"""Who got a password from an administrator chooses an own one before anything else."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from tests.facilities.accounts.factories import ADMINISTRATOR
from tongguan.facilities.accounts.commands import admit_person
from tongguan.facilities.accounts.credentials import give_password
from tongguan.facilities.accounts.models import Person
from tongguan.facilities.accounts.values import SYSTEM, NewPosting, Role
from tongguan.kernel.time import LOCAL, utc_now

pytestmark = pytest.mark.django_db(transaction=True)

GIVEN, OWN = "a first word of the house", "quite another sentence"
CHANGE = "/accounts/password/change/"


@pytest.fixture(autouse=True)
def _admitted() -> None:
    cache.clear()
    admit_person(
        username="wu.jing",
        password=GIVEN,
        name_zh="吴静",
        name_en="Wu Jing",
        postings=[NewPosting(Role.REVIEWER, office="0202")],
        by=SYSTEM,
        now=utc_now(),
    )


def signed_in(password: str = GIVEN) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.post("/accounts/login/", {"login": "wu.jing", "password": password})
    assert "_auth_user_id" in client.session
    return client


def choose(client: Client, present: str, new: str) -> int:
    form = {"oldpassword": present, "password1": new, "password2": new}
    return client.post(CHANGE, form).status_code


def test_a_given_password_leads_to_choosing_an_own_one_and_nowhere_else() -> None:
    client = signed_in()

    for path in ("/", "/desk/review", "/portal/", "/accounts/email/", "/accounts/2fa/", "/public/"):
        answer = client.get(path)
        assert (path, answer.status_code, answer.get("Location")) == (path, 302, CHANGE)
    told = client.get("/api/v1/declarations")
    assert (told.status_code, told.json()["errors"][0]["code"]) == (403, "ACC-021")
    assert b"An administrator gave you this password" in client.get(CHANGE).content

    assert choose(client, GIVEN, GIVEN) == 200  # the same one again is not an own one
    assert client.get("/desk/review")["Location"] == CHANGE
    assert choose(client, GIVEN, OWN) == 302

    assert client.get("/desk/review").status_code == 200
    assert signed_in(OWN).get("/desk/review").status_code == 200
    assert b"An administrator gave you" not in client.get(CHANGE).content


def test_a_password_given_again_ends_what_was_chosen_and_is_led_there_again() -> None:
    choose(signed_in(), GIVEN, OWN)

    give_password(username="wu.jing", password=GIVEN, by=ADMINISTRATOR, now=utc_now())

    assert signed_in().get("/desk/review")["Location"] == CHANGE


def test_an_officer_chooses_a_password_first_and_then_adds_a_second_factor(
    settings: Settings,
) -> None:
    settings.SECOND_FACTOR_FROM = utc_now().astimezone(LOCAL).date() - timedelta(days=1)
    client = signed_in()
    assert client.get("/accounts/2fa/")["Location"] == CHANGE
    assert client.get(CHANGE).status_code == 200

    choose(client, GIVEN, OWN)

    assert client.get("/desk/review")["Location"] == "/accounts/2fa/"


def test_whoever_is_led_there_can_still_sign_out_and_choose_the_language() -> None:
    client = signed_in()

    assert client.post("/language", {"language": "en", "next": CHANGE})["Location"] == CHANGE
    client.post("/accounts/logout/")

    assert "_auth_user_id" not in client.session


def test_people_who_are_admitted_with_their_own_password_are_not_asked() -> None:
    admit_person(
        username="played",
        password=OWN,
        name_zh="演示",
        password_is_own=True,
        by=SYSTEM,
        now=utc_now(),
    )

    assert not Person.objects.get(username="played").password_given
    assert Person.objects.get(username="wu.jing").password_given
