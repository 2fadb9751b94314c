"""Officers at work in a browser: desks open to everybody, whole cases by key and finger."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.domain.cargo.factories import BillFactory
from tests.domain.holding import BOXES, hold_of
from tests.interfaces.pages.barriers import barriers
from tests.interfaces.pages.conftest import address
from tests.interfaces.workbench.conftest import DESK, House, local, open_kinds, state
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.declarations.queries import heads
from tongguan.domain.declarations.values import Inland, Transport
from tongguan.domain.inspection.queries import prepared, records_of
from tongguan.domain.release import commands as release
from tongguan.domain.transit import commands as transit
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.commands import record
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.time import utc_now

__all__ = ["address"]
pytestmark = pytest.mark.journey
Look = Callable[..., Page]
WIDE: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
JUDGED = ((WIDE, "en-GB"), (PHONE, "zh-CN"))
"""Barriers are looked for once a language, width and scheme; English is longest on a phone."""
REVIEW, INSPECTION = HoldKind.REVIEW, HoldKind.INSPECTION
SMALL = """[...document.querySelectorAll("main button, main select, main input:not([type=hidden])")]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().width > 2)
    .filter(one => !one.closest("label, .drop-zone"))
    .filter(one => one.getBoundingClientRect().height < 43.9)
    .map(one => one.outerHTML.slice(0, 80))"""

CUT = """[...document.querySelectorAll(".tabs, .desks, .bottom a, .bottom summary, .side")]
    .filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
    .map(one => one.outerHTML.slice(0, 80))"""
"""Menus of which a part lies outside of what is seen."""


@pytest.fixture
def look(open_house: House, browser: Browser, address: str) -> Iterator[Look]:
    """Open a path as somebody of the house would see it; a fault of the page fails the test."""
    opened, faults, hosts = [], list[str](), set[str]()

    def open_(path: str, name: str, size: ViewportSize = WIDE, **reader: Any) -> Page:
        cookie = open_house.at(name).cookies["tongguan_session"].value
        context = browser.new_context(
            **{"viewport": size, "locale": "en-GB", "bypass_csp": True, **reader}
        )
        context.add_cookies([{"name": "tongguan_session", "value": cookie, "url": address}])
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        page.goto(address + DESK + path, wait_until="load")
        return page

    yield open_
    for context in opened:
        context.close()
    assert faults == []
    assert hosts <= {address.removeprefix("http://")}


def fill(house: House) -> DeclarationId:
    """Let something stand on every page; return a case with everything in it."""
    ship = Transport(mode="2", name="S", voyage="1", inland=Inland("4", "D1"))
    moving = house.held(HoldKind.TRANSIT, office="0115", transport=ship)
    here = {"arrived_at": utc_now(), "arrived_site": "0202-01"}
    BillFactory.create(number=heads([moving])[moving].bill, **here)
    transit.depart(
        declaration_id=moving, carrier="", vehicle="D1", seals="S", by=SYSTEM, now=utc_now()
    )
    BillFactory.create(number="B-1", site="0202-01")
    BillFactory.create(number="B-2", here=True)
    out = house.held(units=BOXES[:1])
    release.make_orders([out], by=SYSTEM, now=utc_now())
    case: DeclarationId = house.held(REVIEW, INSPECTION, HoldKind.PAYMENT, units=BOXES[1:])
    return case


PAGES = [
    ("/review?open={id}", "reviewer"),
    ("/case/{id}", "reviewer"),
    ("/inspection", "inspector"),
    ("/inspection/{id}", "inspector"),
    ("/revenue", "revenue"),
    (f"/gate?unit={BOXES[0]}&site=0202-01", "gate"),
    (f"/gate?unit={BOXES[1]}&site=0202-01", "inspector"),
    ("/cargo", "terminal"),
    ("/cargo?view=lying", "terminal"),
    ("/cargo?view=transit", "inspector"),
    ("/cargo?view=manifests", "carrier"),
    ("/coordination", "coordinator"),
    ("/region", "coordinator"),
    ("/ledger/{id}", "auditor"),
    ("/ledger?number=0128", "auditor"),
    ("/search?q=0128", "auditor"),
]


@pytest.mark.parametrize(
    ("size", "tongue", "scheme"),
    [(WIDE, "en-GB", "light"), (PHONE, "zh-CN", "dark"), (PHONE, "en-GB", "light")],
    ids=["desk English light", "phone Chinese dark", "phone English light"],
)
def test_every_desk_is_open_to_everybody_and_no_wider_than_the_screen(
    open_house: House, look: Look, size: ViewportSize, tongue: str, scheme: str
) -> None:
    id_ = fill(open_house)
    open_house.post("reviewer", f"/case/{id_}", act="ask", question="Contract?", ground="price")
    with transaction.atomic():
        record("RECORD_PREPARED", id_, by=SYSTEM, at=utc_now(), sha256="6a" * 32)
    wrong: list[tuple[str, str, Any]] = []
    for path, name in PAGES:
        page = look(path.format(id=id_), name, size, locale=tongue, color_scheme=scheme)
        if (size, tongue) in JUDGED:
            wrong += [(path, rule, place) for rule, place in barriers(page)]
        if page.evaluate("document.documentElement.scrollWidth - window.innerWidth") != 0:
            wrong.append((path, "wider than the screen", ""))
        wrong += [(path, "cut", one) for one in page.evaluate(CUT)]
        if size is PHONE:
            wrong += [(path, "small", one) for one in page.evaluate(SMALL)]
        page.close()

    assert wrong == []


def test_a_reviewer_works_through_the_queue_by_keys(open_house: House, look: Look) -> None:
    first, second = open_house.held(REVIEW), open_house.held(REVIEW, HoldKind.PAYMENT)
    third = open_house.held(REVIEW)
    page = look("/review", "reviewer")

    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#beside")).to_be_visible()
    expect(page.locator("#queue tr[aria-current]")).to_have_count(1)
    assert f"open={first}" in page.url
    page.keyboard.press("n")
    page.wait_for_url(f"**open={second}")
    page.locator("#beside").get_by_role("button", name="Close the review").click()
    expect(page.get_by_text("The review is closed.")).to_be_visible()
    expect(page.locator("#queue tbody tr")).to_have_count(2)
    page.keyboard.press("n")
    page.wait_for_url(f"**open={first}")
    page.keyboard.press("n")
    page.wait_for_url(f"**open={third}")

    assert open_kinds(second) == {HoldKind.PAYMENT}
    page.go_back()
    expect(page.locator("#beside")).to_be_visible()


def test_on_a_phone_a_case_takes_the_place_of_its_list(open_house: House, look: Look) -> None:
    open_house.held(REVIEW)
    page = look("/review", "reviewer", PHONE, has_touch=True, is_mobile=True)

    page.locator("#queue tbody tr a").first.click()

    expect(page.locator("#beside")).to_be_visible()
    expect(page.locator("#queue")).to_be_hidden()
    page.get_by_role("link", name="Back to the list").click()
    expect(page.locator("#queue")).to_be_visible()


def test_words_of_a_refused_form_stay_and_the_summary_leads_to_the_field(
    open_house: House, look: Look
) -> None:
    id_ = open_house.held(REVIEW)
    page = look(f"/case/{id_}", "reviewer")
    page.get_by_text("Summon the declarant").click()
    page.get_by_label("What stays unclear").fill("origin of line 2")
    page.get_by_label("When").fill("2020-01-01T10:00")
    page.get_by_role("button", name="Summon").click()

    expect(page.locator("#problems")).to_be_focused()
    expect(page.get_by_label("What stays unclear")).to_have_value("origin of line 2")
    page.locator("#problems a").first.click()
    expect(page.get_by_label("When")).to_be_visible()


def test_a_gate_lets_out_once_however_often_the_page_is_loaded(
    open_house: House, look: Look
) -> None:
    id_ = open_house.held(units=BOXES[:1])
    release.make_orders([id_], by=SYSTEM, now=utc_now())
    page = look("/gate", "gate", PHONE, has_touch=True, is_mobile=True)

    page.get_by_placeholder("Container or bill").fill(BOXES[0].lower())
    page.keyboard.press("Enter")
    expect(page.locator(".answer strong")).to_have_text("YES")
    box = page.locator(".answer").bounding_box()
    assert box is not None
    assert box["height"] > PHONE["height"] / 2
    page.get_by_role("button", name="It left").click()
    expect(page.locator(".answer strong")).to_have_text("LEFT")
    page.reload()

    expect(page.locator(".answer strong")).to_have_text("LEFT")
    assert state(id_) == "CLOSED"


def test_an_inspector_works_through_one_inspection_on_the_phone(
    open_house: House, look: Look
) -> None:
    open_house.at("colleague")
    id_ = open_house.held(INSPECTION)
    for name in ("inspector", "colleague"):
        open_house.post(name, "/inspection/duty", office="0202", officer=name, present="yes")
    page = look("/inspection", "inspector", PHONE, has_touch=True, is_mobile=True)

    page.get_by_role("link", name="Appoint").click()
    page.get_by_label("When").fill(local(utc_now())[:-2] + "59")
    page.get_by_label("Place", exact=True).fill("bay 3")
    page.get_by_role("button", name="Appoint and tell the enterprise").click()
    page.get_by_role("button", name="Draw two officers").click()
    page.get_by_label("Attending person of the enterprise").fill("Li Si")
    page.get_by_role("button", name="Record it").click()
    portal = f"/portal/declarations/{id_}/examination"
    open_house.at("trader").post(portal, {"act": "early"})
    page.reload()
    expect(page.get_by_text("The enterprise agreed that it begins earlier.")).to_be_visible()
    page.get_by_label("Seals found, before opening").fill("S1")
    page.get_by_role("button", name="Begin to unpack").click()
    page.get_by_label("What was seen").fill("as declared")
    page.get_by_role("button", name="Write it down; then each signs").click()
    page.get_by_role("button", name="Sign as officer").click()
    expect(page.get_by_role("button", name="Sign as officer")).to_have_count(0)
    [made] = prepared([hold_of(id_, INSPECTION)]).values()
    open_house.post("colleague", f"/inspection/{id_}", act="sign", sha256=made.sha256)
    given = open_house.at("trader").post(portal, {"act": "code"}).content.decode()
    [code] = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}(?=</code>)", given)
    page.reload()
    page.get_by_label("One-time code of the enterprise").fill(code)
    page.get_by_role("button", name="Sign as attending person").click()

    expect(page.get_by_text("No examination is open here")).to_be_visible()
    [record] = records_of(id_)
    assert set(record.signed.officers) == {"inspector", "colleague"}
    assert state(id_) == "RELEASED"


def test_sums_of_millions_stay_within_their_tiles_on_a_phone(open_house: House, look: Look) -> None:
    fill(open_house)
    page = look("/revenue", "revenue", PHONE)

    page.evaluate(
        """document.querySelectorAll(".figure dd").forEach(one => {
            (one.querySelector("a") || one).textContent = "9,412,784,183.75 CNY"})"""
    )

    wider = "one => one.scrollWidth > one.clientWidth"
    assert page.locator(".figure dd").count() == 3
    assert (
        page.evaluate(f"[...document.querySelectorAll('.figure dd')].filter({wider}).length") == 0
    )
