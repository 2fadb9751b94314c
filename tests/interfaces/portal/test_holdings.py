"""The pages and calls that show certificates and licences: balances, uses, in both languages."""

import re

import pytest
from django.test import Client

from tests.domain.permits.test_certificates import claiming, grant, sent
from tests.interfaces.pages.barriers import barriers
from tests.interfaces.pages.test_look import WIDER
from tests.interfaces.portal.conftest import PHONE, Open
from tests.interfaces.scene import PASSWORD, Scene
from tongguan.domain.permits.models import Certificate

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LIST = "/portal/certificates"


@pytest.fixture
def address(scene: Scene) -> str:
    """Let one declaration draw on the trader's certificate; return the page of it."""
    grant(scene)
    sent(claiming())
    return f"{LIST}/relief/{Certificate.objects.get().pk}"


def signed_in(name: str) -> Client:
    client = Client()
    assert client.login(username=name, password=PASSWORD)
    return client


def words(client: Client, at: str) -> str:
    html = client.get(at, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<main")[2]).split())


def test_the_holder_reads_what_is_left_and_opens_what_drew_on_it(address: str) -> None:
    trader = signed_in("trader")

    listed, opened = words(trader, LIST), words(trader, address)

    assert "Z02020000001" in listed
    assert "914.5" in listed
    assert "Declarations that drew on it" in opened
    assert "85.5" in opened
    assert "R-1" in opened


def test_others_find_no_such_page(address: str) -> None:
    for name in ("rival", "agent", "lines"):
        assert signed_in(name).get(address).status_code == 404
        assert "Z02020000001" not in words(signed_in(name), LIST)
    assert "balance is for its holder" in words(signed_in("broker"), address)
    assert signed_in("trader").get(f"{LIST}?kind=other").status_code == 404


def test_both_pages_fit_a_phone_in_both_languages(visit: Open, address: str) -> None:
    for tongue in ("en-GB", "zh-CN"):
        for at in (LIST, address):
            page = visit(at, who="trader", size=PHONE, locale=tongue, bypass_csp=True)
            assert page.evaluate(WIDER) == []
            assert list(barriers(page)) == []
