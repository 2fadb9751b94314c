"""Every page of the portal: for everybody, on every screen, whole in both languages."""

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Final

import pytest
from django.test import Client
from playwright.sync_api import Page, ViewportSize, expect

from tests.counting import statements
from tests.domain.cargo.factories import BillFactory
from tests.domain.declarations.samples import TRADER
from tests.interfaces.pages.barriers import barriers
from tests.interfaces.pages.test_look import WIDER
from tests.interfaces.portal.conftest import DESK, PHONE, Open
from tests.interfaces.scene import PASSWORD, Scene, declared, end_all, hold, lodged, number_of
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.declarations.queries import heads
from tongguan.domain.declarations.values import Inland, Offices, Transport
from tongguan.domain.inspection import commands as inspection
from tongguan.domain.revenue import registers
from tongguan.domain.review import commands as review
from tongguan.domain.review.cases import decide_case
from tongguan.domain.transit import commands as transit
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.time import utc_now
from tongguan.processes import sandbox
from tongguan.processes.jobs import follow

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LISTS: Final = (
    "/portal/",
    "/portal/declarations",
    "/portal/lodge",
    "/portal/lodge/form",
    "/portal/goods",
    "/portal/payments",
    "/portal/certificates",
    "/portal/certificates?kind=origin",
    "/portal/certificates?kind=licence",
    "/portal/inspections",
    "/portal/messages",
    "/portal/company",
    "/portal/search?q=000",
)
MANY: Final = 12

JUDGED: Final = ((DESK, "en-GB"), (PHONE, "zh-CN"))
"""Barriers are looked for once a language, width and scheme; English is longest on a phone."""


@pytest.fixture
def busy(scene: Scene) -> DeclarationId:
    """Let something happen on every page; return the declaration on which most has."""
    now = utc_now()
    most = lodged(declared("R-MOST"))
    kept = hold(most, HoldKind.INSPECTION, Why.SELECTED_GOODS)
    inspection.appoint(
        declaration_id=most,
        hold_id=kept,
        at=now + timedelta(days=1),
        place="3号查验台",
        by=scene.actor("inspector"),
        now=now,
    )
    for question, document in (("哪一份合同？", "00000004"), ("何种用途？", "")):
        review.ask(
            declaration_id=most,
            question=question,
            ground="价格核对",
            document=document,
            by=scene.actor("reviewer"),
            now=now,
        )
    moving = lodged(
        declared(
            "R-MOVING",
            containers=(),
            offices=Offices(declaration="0115", goods="0202", payment="0115", inspection="0115"),
            transport=Transport(
                mode="2", name="示例之星", voyage="020W", inland=Inland(mode="4", name="津D1")
            ),
        )
    )
    here = {"arrived_at": now, "arrived_site": "0202-01"}
    BillFactory.create(number=heads([moving])[moving].bill, **here)
    transit.depart(
        declaration_id=moving,
        carrier="",
        vehicle="津D1",
        seals="S1",
        by=SYSTEM,
        now=now,
    )
    registers.register_guarantee(
        number="G-1",
        enterprise_id=scene.firms["trader"],
        limit_cny=Decimal(10_000_000),
        valid_from=date(2026, 1, 1),
        valid_until=date(2030, 1, 1),
        by=SYSTEM,
        now=now,
    )
    paid = lodged(declared("R-PAID", containers=()))
    sandbox.pay(declaration_id=paid, by=scene.actor("broker"), now=utc_now())
    end_all(paid)
    follow(now=utc_now())
    return most


def addresses(id_: DeclarationId) -> list[str]:
    of_it = f"/portal/declarations/{id_}"
    return [*LISTS, of_it, f"{of_it}/pay"]


@pytest.mark.parametrize(
    ("size", "tongue", "scheme"),
    [
        (DESK, "en-GB", "light"),
        (PHONE, "zh-CN", "dark"),
        (PHONE, "en-GB", "light"),
    ],
    ids=["desk English light", "phone Chinese dark", "phone English light"],
)
def test_every_page_is_open_to_everybody_and_fits_its_screen(
    visit: Open, busy: DeclarationId, size: ViewportSize, tongue: str, scheme: str
) -> None:
    page = visit("/portal/", size=size, locale=tongue, color_scheme=scheme, bypass_csp=True)
    origin = page.url.split("/portal/")[0]
    faults: list[str] = []
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)

    for address in addresses(busy):
        page.goto(origin + address, wait_until="load")
        faults += [f"{address} is too wide: {one}" for one in page.evaluate(WIDER)]
        if (size, tongue) in JUDGED:
            faults += [f"{address} {rule}: {place}" for rule, place in barriers(page)]
        if tongue == "zh-CN":
            faults += [f"{address} is in English: {word}" for word in english_on(page)]

    assert not faults, "\n".join(faults)


def test_the_longest_names_of_offices_fit_a_small_laptop(visit: Open, busy: DeclarationId) -> None:
    page = visit("/portal/declarations", size={"width": 1280, "height": 800})

    page.evaluate(
        """document.querySelectorAll(".offices [lang=en]").forEach(one => {
            one.textContent = "Dongjiang Bonded Port (port area)"})"""
    )

    assert page.locator(".offices [lang=en]").count() > 1
    assert page.evaluate(WIDER) == []


def english_on(page: Page) -> list[str]:
    """Return the English words on a page, but for names, codes and what is marked as English."""
    text = page.evaluate(
        """() => {
            const copy = document.querySelector("main").cloneNode(true);
            const beside = '[lang="en"], .code, code, time, datalist';
            copy.querySelectorAll(beside).forEach(one => one.remove());
            return copy.textContent;
        }"""
    )
    named = {"DecMessage", "broker", "reviewer", "inspector", "lines", "trader", "pdf"}
    return [word for word in re.findall(r"[A-Za-z]*[a-z]{3,}", text) if word not in named]


@pytest.mark.parametrize("address", LISTS)
def test_a_page_asks_as_much_for_one_as_for_many(scene: Scene, address: str) -> None:
    client = Client()
    assert client.login(username="broker", password=PASSWORD)
    first = lodged(declared("R-0", containers=()))
    number_of(first)
    few = statements(partial(client.get, address))
    for at in range(1, MANY):
        lodged(declared(f"R-{at}", containers=()))

    assert client.get(address).status_code == 200
    assert statements(partial(client.get, address)) <= few


def test_what_came_in_and_what_went_out_can_be_kept(visit: Open, busy: DeclarationId) -> None:
    page = visit(f"/portal/declarations/{busy}#messages")
    messages = page.locator("#messages")

    expect(messages.get_by_text("Duty and taxes due")).to_be_visible()
    with page.expect_download() as saved:
        messages.get_by_role("link", name="single window XML").first.click()
    assert b"<DEC_RESULT>" in saved.value.path().read_bytes()
    with page.expect_download() as read:
        messages.get_by_role("link", name="As it was read").click()
    assert TRADER.scc is not None
    assert TRADER.scc.encode() in read.value.path().read_bytes()


def test_paying_at_the_bank_is_one_press_and_the_next_step_follows(
    visit: Open, busy: DeclarationId
) -> None:
    page = visit(f"/portal/declarations/{busy}/pay")

    page.get_by_role("button", name="Pay at the sandbox bank").click()

    expect(page.get_by_text("The bank has confirmed the payment.")).to_be_visible()
    expect(page.get_by_role("link", name="Answer").first).to_be_visible()


def test_a_question_is_answered_and_an_empty_answer_is_told_at_its_field(
    visit: Open, busy: DeclarationId
) -> None:
    page = visit(f"/portal/declarations/{busy}")
    page.get_by_role("link", name="Answer").first.click()

    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator(".problems")).to_be_visible()
    page.get_by_label("Your answer").fill("合同第7号")
    page.get_by_role("button", name="Send the answer").click()

    expect(page.get_by_text("Your answer has reached the reviewer.")).to_be_visible()
    expect(page.get_by_text("合同第7号")).to_be_visible()


def test_the_examinations_page_says_when_and_where_to_be(visit: Open, busy: DeclarationId) -> None:
    page = visit("/portal/inspections")

    expect(page.get_by_text("3号查验台")).to_be_visible()
    expect(page.get_by_text("Be there when the goods are unpacked")).to_be_visible()


@pytest.mark.parametrize("by", ["number", "bill", "container"])
def test_search_opens_what_is_meant(visit: Open, busy: DeclarationId, by: str) -> None:
    page = visit("/portal/")
    wanted = {"number": number_of(busy), "bill": "billR-most", "container": "XMPU0000013"}

    page.get_by_role("searchbox").fill(wanted[by])
    page.get_by_role("searchbox").press("Enter")

    page.wait_for_url(f"**/portal/declarations/{busy}")


def test_what_has_to_be_declared_anew_is_said_before_anything_is_paid(
    visit: Open, scene: Scene
) -> None:
    id_ = lodged(declared("R-ANEW", containers=()))
    lodged(declared("R-PAYS", containers=()))
    case = hold(id_, HoldKind.CASE, Why.FINDING, finding="数量不符")
    decide_case(
        declaration_id=id_,
        hold_id=case,
        consequence="AMENDMENT",
        words="数量",
        by=scene.actor("reviewer"),
        now=utc_now(),
    )
    anew = "Customs requires a correction (数量). The declaration cannot be amended here yet"

    page = visit(f"/portal/declarations/{id_}")
    progress = page.locator("section[aria-labelledby=s-progress]")

    expect(progress.get_by_text(anew)).to_be_visible()
    expect(progress.get_by_text("Your turn: case")).to_be_visible()
    expect(page.locator("#holds").get_by_text(anew)).to_be_visible()
    expect(page.locator(".page-head").get_by_role("link", name="Pay")).to_have_count(0)
    page.goto(page.url.split("/portal/")[0] + "/portal/")
    expect(page.locator("#waiting tbody tr").first).to_contain_text(anew)
    page.goto(page.url + "search?q=R-")
    expect(page.get_by_text("Your turn: case and")).to_be_visible()
