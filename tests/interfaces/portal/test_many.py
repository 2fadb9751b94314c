"""Lists that are longer than a page: every row on one of the pages, the most urgent first."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import pytest
from django.test import Client

from tests.interfaces.scene import PASSWORD, Scene, declared, hold
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.models import Hold
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.time import utc_now
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.values import Incoming

MANY: Final = 103
ROW: Final = re.compile(r'<a class="number" href="/portal/declarations/([0-9a-f-]{36})"')
NEXT: Final = re.compile(r'rel="next" href="(\?[^"]+)"')

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def many(scene: Scene) -> tuple[DeclarationId, ...]:
    """Declarations that all have to be paid, and whose goods have not arrived."""
    batch = [
        Incoming(declared(f"R-{at}", bill=f"M-{at}", containers=()), None, bytes(32), "json")
        for at in range(MANY)
    ]
    answers = lodge(batch, by=SYSTEM, now=utc_now())
    assert {str(one.outcome) for one in answers} == {"accepted"}
    return tuple(DeclarationId(one.declaration_id) for one in answers if one.declaration_id)


def pages(address: str) -> Iterator[list[str]]:
    """Return the declarations that each page of a list names, as one turns them."""
    client = Client()
    assert client.login(username="broker", password=PASSWORD)
    at: str | None = address
    while at is not None:
        html = client.get(at, follow=True).content.decode()
        yield list(dict.fromkeys(ROW.findall(html.partition('aria-labelledby="others"')[0])))
        following = NEXT.search(html)
        at = None if following is None else address + following[1].replace("&amp;", "&")


@pytest.mark.parametrize(
    "address",
    ["/portal/", "/portal/declarations", "/portal/goods", "/portal/payments"],
)
def test_a_list_has_fifty_rows_a_page_and_each_row_once(
    many: tuple[DeclarationId, ...], address: str
) -> None:
    found = list(pages(address))

    assert [len(page) for page in found] == [50, 50, 3]
    assert sorted(id_ for page in found for id_ in page) == sorted(map(str, many))


def test_inspections_are_told_page_by_page_too(many: tuple[DeclarationId, ...]) -> None:
    for id_ in many:
        hold(id_, HoldKind.INSPECTION, Why.SELECTED_GOODS)

    assert [len(page) for page in pages("/portal/inspections")] == [50, 50, 3]


def test_what_is_due_in_all_is_told_whatever_page_is_open(many: tuple[DeclarationId, ...]) -> None:
    client = Client()
    client.login(username="broker", password=PASSWORD)
    told = re.compile(r"<strong>(.*?)</strong> \((\d+)\)")
    first = client.get("/portal/payments").content.decode()
    last = client.get("/portal/payments?after=2100-01-01," + str(many[0])).content.decode()

    assert told.findall(first) == told.findall(last) != []
    assert told.findall(first)[0][1] == str(MANY)


def test_the_most_urgent_stands_first_however_late_it_came(
    many: tuple[DeclarationId, ...],
) -> None:
    urgent = many[-1]
    Hold.objects.filter(declaration=urgent, kind="PAYMENT").update(
        due_at=utc_now() + timedelta(minutes=5)
    )

    assert next(pages("/portal/"))[0] == str(urgent)
