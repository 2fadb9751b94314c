"""How the page of all parts behaves in a browser: at the desk and on a phone, in both languages."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.interfaces.pages.barriers import barriers

pytestmark = [pytest.mark.journey, pytest.mark.urls("tests.interfaces.pages.routes")]

Look = Callable[..., Page]

DESK: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
WIDTHS = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
TONGUES = pytest.mark.parametrize("tongue", ["en-GB", "zh-CN"])
WIDER = """document.documentElement.scrollWidth <= window.innerWidth ? [] : [
    document.documentElement.scrollWidth,
    ...[...document.querySelectorAll("*")]
        .filter(one => one.getBoundingClientRect().right > window.innerWidth + 1)
        .map(one => one.outerHTML.slice(0, 120))]"""
"""How wide the page is and what sticks out, where it is wider than the screen."""


@pytest.fixture
def look(browser: Browser, address: str) -> Iterator[Look]:
    """Open a path as a reader of a language, screen and scheme would."""
    opened = []

    def open_(path: str = "/style", size: ViewportSize = DESK, **reader: Any) -> Page:
        context = browser.new_context(**{"viewport": size, "locale": "en-GB", **reader})
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
def test_every_part_is_open_to_everybody(
    look: Look, size: ViewportSize, tongue: str, scheme: str
) -> None:
    page = look(size=size, locale=tongue, color_scheme=scheme, bypass_csp=True)

    assert barriers(page) == []


@TONGUES
@WIDTHS
def test_nothing_is_wider_than_the_screen(look: Look, size: ViewportSize, tongue: str) -> None:
    page = look(size=size, locale=tongue)

    assert page.evaluate(WIDER) == []


def test_the_browser_finds_no_fault_and_no_other_host(browser: Browser, address: str) -> None:
    faults: list[str] = []
    asked: set[str] = set()
    page = browser.new_page()
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))

    page.goto(f"{address}/style", wait_until="load")

    assert faults == []
    assert asked == {address.removeprefix("http://")}
    page.close()


def test_what_a_finger_presses_is_44_pixels_high(look: Look) -> None:
    page = look(size=PHONE, has_touch=True, is_mobile=True)

    small = page.evaluate(
        """[...document.querySelectorAll("a, button, select, summary, .check")]
        .filter(one => one.checkVisibility() && one.getBoundingClientRect().width > 2)
        .filter(one => one.getBoundingClientRect().height < 43.9)
        .map(one => one.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_the_top_bar_stays_at_the_desk(look: Look) -> None:
    page = look()

    page.evaluate("window.scrollTo(0, 3000)")

    assert page.locator(".top").bounding_box() == {"x": 0, "y": 0, "width": 1366, "height": 52}


def test_single_keys_walk_the_rows_and_open_help_and_search(look: Look) -> None:
    page = look()

    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("tr.here a")).to_have_text("0117 2026 1 000009871")
    page.keyboard.press("k")
    expect(page.locator("tr.here a")).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("j?")
    expect(page.locator("#search")).to_have_value("j?")


def test_single_keys_can_be_switched_off(look: Look) -> None:
    page = look()
    page.keyboard.press("?")
    page.locator("[data-keys-switch]").uncheck()
    page.keyboard.press("Escape")

    page.keyboard.press("j")

    expect(page.locator("tr.here")).to_have_count(0)


def test_the_theme_changes_without_a_reload_and_is_kept(look: Look) -> None:
    page = look()
    page.evaluate("window.kept = true")

    page.get_by_role("button", name="Dark").click()

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert page.evaluate("window.kept")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_an_act_is_not_done_before_the_answer_is_given(look: Look) -> None:
    page = look()

    page.get_by_role("button", name="Recall the release").click()
    expect(page.get_by_role("dialog", name="Recall the release of TGHU 123456 7?")).to_be_visible()
    page.get_by_role("button", name="Not now").click()

    expect(page.locator("#recall")).to_be_hidden()
    assert page.url.endswith("/style")


def test_an_amount_tells_how_it_came_about_and_closes_again(look: Look) -> None:
    page = look()

    page.locator(".derivation summary").click()
    expect(page.get_by_text("213,156.00 × 15 %")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_text("213,156.00 × 15 %")).to_be_hidden()


def test_what_is_typed_survives_a_lost_page(look: Look) -> None:
    page = look()
    page.get_by_label("Note").fill("two seals")

    page.reload()

    expect(page.get_by_label("Note")).to_have_value("two seals")


def test_the_map_and_the_chart_are_drawn(look: Look) -> None:
    page = look(locale="zh-CN")

    expect(page.locator("#region-map canvas").first).to_be_visible()
    expect(page.locator("#style-chart canvas").first).to_be_visible()


def test_a_message_shows_and_can_be_dismissed(look: Look) -> None:
    page = look()
    page.evaluate("htmx.trigger(document.body, 'toast', {words: 'Released', kind: 'success'})")
    expect(page.get_by_role("status").get_by_text("Released")).to_be_visible()

    page.locator(".toast-line").get_by_role("button", name="Close").click()

    expect(page.locator(".toast-line")).to_have_count(0)
