"""Ending a mandate on the company's page: by whom, after a second look, and what goes on."""

from datetime import timedelta
from typing import Any, Final

import pytest
from django.test import Client
from msgspec.json import encode

from tests.interfaces.pages.barriers import barriers
from tests.interfaces.portal.conftest import PHONE, Open
from tests.interfaces.scene import PASSWORD, Scene, declared
from tongguan.domain.clearance.queries import holds_of, state_of
from tongguan.domain.declarations.queries import by_number
from tongguan.domain.parties.models import Mandate
from tongguan.domain.parties.queries import mandates_of
from tongguan.facilities.ledger.models import Entry
from tongguan.kernel.time import utc_now

COMPANY: Final = "/portal/company"


def signed_in(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    assert client.login(username=name, password=PASSWORD)
    return client


def lodge(browser: Client, reference: str) -> Any:
    """Lodge a declaration for the trader through the API; return status and answer."""
    answer = browser.post(
        "/api/v1/declarations", encode(declared(reference)), content_type="application/json"
    )
    return answer.status_code, answer.json()


@pytest.fixture
def page(scene: Scene) -> str:
    """Return the address of the mandate that the trader gave the broker."""
    [row] = mandates_of(viewer=scene.actor("trader"))
    return f"{COMPANY}/mandates/{row.id}"


def test_a_trader_revokes_after_a_second_look_and_what_was_lodged_goes_on(page: str) -> None:
    trader, broker = signed_in("trader"), signed_in("broker")
    status, answer = lodge(broker, "R-BEFORE")
    id_ = by_number(answer["number"])
    assert id_ is not None
    before = state_of(id_), holds_of(id_)

    listed = trader.get(COMPANY).content.decode()
    asked = trader.get(page).content.decode()
    ran = Mandate.objects.filter(revoked_at=None).count()
    done = trader.post(page, follow=True)

    assert status == 201
    assert f'href="{page}">Revoke<' in listed
    assert "Revoke this mandate?" in asked
    assert ran == 2
    assert "The mandate has ended." in done.content.decode()
    assert page not in done.content.decode()
    assert Entry.objects.get(kind="MANDATE_REVOKED").by == "trader"
    assert (state_of(id_), holds_of(id_)) == before
    assert broker.get(f"/portal/declarations/{id_}").status_code == 200
    status, answer = lodge(broker, "R-AFTER")
    assert status == 422
    assert [one["code"] for one in answer["errors"]] == ["PAR-012"]


def test_a_broker_lays_his_down_and_can_lodge_no_more_under_it(scene: Scene, page: str) -> None:
    broker = signed_in("broker")

    listed = broker.get(COMPANY).content.decode()
    asked = broker.get(page).content.decode()
    done = broker.post(page)

    assert f'href="{page}">Lay down<' in listed
    assert "Lay down this mandate?" in asked
    assert (done.status_code, done["location"]) == (302, COMPANY)
    assert Mandate.objects.get(principal=scene.firms["trader"]).revoked_by == "broker"
    assert lodge(broker, "R-AFTER")[0] == 422


def test_what_has_ended_is_shown_as_such_and_ends_once(page: str) -> None:
    trader = signed_in("trader")
    trader.post(page)

    again = trader.post(page)

    assert again.status_code == 422
    assert "PAR-024" in again.content.decode()
    shown = trader.get(page).content.decode()
    assert "This mandate has ended" in shown
    assert '<form method="post">' not in shown.split("s-mandate")[1]
    assert Entry.objects.filter(kind="MANDATE_REVOKED").count() == 1


def test_a_mandate_that_ran_out_has_nothing_to_end(page: str) -> None:
    today = utc_now().date()
    Mandate.objects.update(valid_until=today - timedelta(days=1))
    trader = signed_in("trader")

    assert page not in trader.get(COMPANY).content.decode()
    assert "This mandate has ended" in trader.get(page).content.decode()


@pytest.mark.parametrize("stranger", ["rival", "agent", "lines", "reviewer"])
def test_nobody_else_sees_or_ends_it(page: str, stranger: str) -> None:
    browser = signed_in(stranger)
    missing = {403} if stranger == "reviewer" else {404}

    answers = browser.get(page), browser.post(page), browser.get(f"{COMPANY}/mandates/{10**30}")

    assert {one.status_code for one in answers} == missing
    assert not Mandate.objects.exclude(revoked_at=None).exists()


@pytest.mark.journey
def test_it_can_be_ended_on_a_phone_without_barriers(visit: Open, page: str) -> None:
    found = barriers(visit(page, who="trader", size=PHONE))
    shown = visit(page, who="trader", size=PHONE)

    shown.get_by_role("button", name="Revoke the mandate").click()

    assert found == []
    shown.wait_for_url(f"**{COMPANY}")
    assert shown.get_by_text("The mandate has ended.").is_visible()
