"""The risk desk in a browser: open to everybody, whole on a phone, tried while one types."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.interfaces.pages.barriers import barriers
from tests.interfaces.workbench.risk.scene import Desk

pytestmark = pytest.mark.journey
Look = Callable[..., Page]
DESK: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
SMALL = """[...document.querySelectorAll("main a, main button, main select, main summary")]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().width > 2)
    .filter(one => !one.closest("td, dd, p, li, label") || one.matches("button, select"))
    .filter(one => one.getBoundingClientRect().height < 43.9)
    .map(one => one.outerHTML.slice(0, 80))"""


@pytest.fixture
def look(desk: Desk, browser: Browser, address: str) -> Iterator[Look]:
    """Open a path as somebody of the desk would see it."""
    opened = []

    def open_(path: str, name: str = "analyst2", size: ViewportSize = DESK, **reader: Any) -> Page:
        cookie = desk.signed_in(name).cookies["tongguan_session"].value
        context = browser.new_context(
            **{"viewport": size, "locale": "en-GB", "bypass_csp": True, **reader}
        )
        context.add_cookies([{"name": "tongguan_session", "value": cookie, "url": address}])
        opened.append(context)
        page = context.new_page()
        page.goto(address + path, wait_until="load")
        return page

    yield open_
    for context in opened:
        context.close()


@pytest.mark.parametrize(
    ("size", "tongue", "scheme"),
    [(DESK, "en-GB", "light"), (PHONE, "zh-CN", "dark")],
    ids=["desk English light", "phone Chinese dark"],
)
def test_every_page_is_open_to_everybody_and_no_wider_than_the_screen(
    desk: Desk, look: Look, size: ViewportSize, tongue: str, scheme: str
) -> None:
    for path in (
        "/desk/risk",
        "/desk/risk/profiles",
        f"/desk/risk/profiles/{desk.profile}",
        f"/desk/risk/profiles/{desk.profile}/edit",
        "/desk/risk/shares",
        "/desk/risk/models",
        "/desk/risk/outcomes?cut=officer",
        "/desk/risk/promises",
        f"/desk/risk/selection/{desk.declarations[0]}",
    ):
        page = look(path, size=size, locale=tongue, color_scheme=scheme)

        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") == 0, path
        if size is PHONE:
            assert page.evaluate(SMALL) == [], path
        page.close()


def test_the_trial_follows_what_is_typed(desk: Desk, look: Look) -> None:
    page = look("/desk/risk/profiles/new", "analyst")
    trial = page.locator("#trial-body")
    expect(trial).to_contain_text("Tried on all 3 declarations.")

    page.get_by_label("Field").select_option("line.origin")
    expect(page.get_by_label("Comparison")).to_contain_text("is none of")
    page.get_by_label("Operands").fill("Japan")
    page.get_by_label("Name").focus()

    expect(page.locator(".condition .form-hint")).to_contain_text("日本")
    expect(page.get_by_label("Operands")).to_have_value("JPN")
    expect(trial.locator(".figure dd").first).to_have_text("0")
    page.get_by_role("button", name="Another condition").click()
    expect(page.get_by_label("Field")).to_have_count(2)
    expect(page.get_by_label("Operands").first).to_have_value("JPN")


def test_a_profile_is_written_proposed_and_approved_by_keyboard(desk: Desk, look: Look) -> None:
    page = look("/desk/risk/profiles", "analyst")
    page.keyboard.press("n")
    page.wait_for_url("**/profiles/new")
    page.get_by_label("Name").fill("By keyboard")
    page.get_by_role("button", name="Propose").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("By keyboard")
    expect(page.get_by_text("You proposed it yourself")).to_be_visible()

    other = look("/desk/risk/profiles", "analyst2")
    card = other.locator(".asked", has_text="By keyboard")
    card.get_by_role("button", name="Approve").press("Enter")
    other.get_by_role("dialog").get_by_role("button", name="Approve").press("Enter")

    expect(other.locator("main .page-head .state-active")).to_be_visible()


def test_charts_are_drawn_and_say_the_same_as_their_tables(desk: Desk, look: Look) -> None:
    page = look("/desk/risk/outcomes?cut=officer")

    expect(page.locator("#rates-chart canvas").first).to_be_visible()
    option = page.evaluate("JSON.parse(document.getElementById('rates-chart-data').textContent)")
    assert option["series"][2]["data"] == [33.33, 33.33]
    expect(page.locator("table").first.locator("tbody tr")).to_have_count(2)
    expect(page.locator("table").first).to_contain_text("33.3%")
