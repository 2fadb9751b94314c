"""Backtests on the risk desk: asked for, run beside the house's work, read by whoever may."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.interfaces.pages.barriers import barriers
from tests.interfaces.workbench.risk.scene import Desk
from tongguan.domain.risk import backtests
from tongguan.domain.risk.backtests import State
from tongguan.domain.risk.policies import Asked
from tongguan.kernel.time import LOCAL, utc_now
from tongguan.processes.backtests import run

PATH = "/desk/risk/backtests"
DESK: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
Look = Callable[..., Page]


def form(**changes: str) -> dict[str, str]:
    """Return what the form sends for the last two days, with what a test changes."""
    today = utc_now().astimezone(LOCAL).date()
    return {
        "since": str(today - timedelta(days=1)),
        "until": str(today + timedelta(days=1)),
        "profiles": "in_force",
        "model": "none",
        "budget": "0",
        "exploration": "2.5",
        "slice": "20",
        "delay_days": "14",
        "retrain_days": "7",
        "cold_days": "28",
        "seed": "1",
        **changes,
    }


def run_next() -> None:
    taken = backtests.take_on(now=utc_now())
    assert taken is not None
    run(taken, clock=utc_now)


def test_what_is_asked_for_on_the_page_is_run_and_read_there(desk: Desk) -> None:
    client = desk.signed_in("analyst")

    answer = client.post(PATH, form())

    [row] = backtests.latest()
    assert (answer.status_code, answer["location"]) == (302, f"{PATH}/{row.id}")
    assert row.asked.exploration == Decimal("0.025")
    assert not row.asked.shares
    waiting = client.get(f"{PATH}/{row.id}").content.decode()
    assert 'hx-trigger="every 2s"' in waiting
    run_next()
    done = client.get(f"{PATH}/{row.id}", headers={"hx-request": "true"}).content.decode()
    assert "every 2s" not in done
    assert "<html" not in done
    assert "finds-chart" in done
    assert "profile" in done
    listed = client.get(PATH).content.decode()
    assert "33.3%" in listed  # of three looked at, one was found wrong
    assert row.settled.set_version in client.get(f"{PATH}/{row.id}").content.decode()


def test_in_chinese_nothing_is_left_in_english(desk: Desk) -> None:
    client = desk.signed_in("analyst", "zh-hans")
    client.post(PATH, form())
    run_next()
    [row] = backtests.latest()

    pages = [client.get(PATH), client.get(f"{PATH}/{row.id}")]

    assert "回测" in pages[0].content.decode()
    assert "查准率" in pages[1].content.decode()
    for page in pages:
        for word in ("Precision", "precision", "Budget", "inspections a day", "profile:"):
            assert word not in page.content.decode(), word


def test_what_cannot_be_run_is_told_at_its_place_and_kept(desk: Desk) -> None:
    client = desk.signed_in("analyst")

    answer = client.post(PATH, form(budget="many", until="2020-01-01", exploration="400"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="many"' in page
    for name in ("budget", "until", "exploration"):
        assert f'href="#f-{name}"' in page
        assert f'id="f-{name}-problem"' in page
    assert backtests.latest() == ()


def test_an_auditor_reads_and_only_an_analyst_asks_and_stops(desk: Desk) -> None:
    asked = Asked(since=utc_now().date(), until=utc_now().date() + timedelta(days=1), model="none")
    id_ = backtests.ask(asked=asked, by=desk.actors["analyst"], now=utc_now())
    auditor, analyst = desk.signed_in("auditor"), desk.signed_in("analyst2")

    assert auditor.get(f"{PATH}/{id_}").status_code == 200
    assert "<form" not in auditor.get(PATH).content.decode().split("<main")[1].split("</main")[0]
    assert auditor.post(PATH, form()).status_code == 422
    assert auditor.post(f"{PATH}/{id_}/stop").status_code == 403
    for name in ("inspector", "trader"):
        assert desk.signed_in(name).get(f"{PATH}/{id_}").status_code == 403

    assert analyst.post(f"{PATH}/{id_}/stop").status_code == 302
    found = backtests.get(id_)
    assert found is not None
    assert found.state is State.STOPPED
    assert analyst.post(f"{PATH}/{id_}/stop").status_code == 422
    assert len(backtests.latest()) == 1


def test_one_like_another_begins_with_its_parameters(desk: Desk) -> None:
    client = desk.signed_in("analyst")
    client.post(PATH, form(budget="7", slice="35", shares="on"))
    [row] = backtests.latest()

    page = client.get(f"{PATH}?like={row.id}").content.decode()

    assert 'name="budget" value="7"' in page
    assert 'name="slice" value="35"' in page
    assert client.get(f"{PATH}?like=nothing").status_code == 200
    assert client.get(f"{PATH}/{desk.declarations[0]}").status_code == 404


@pytest.fixture
def look(desk: Desk, browser: Browser, address: str) -> Iterator[Look]:
    """Open a path as an analyst would see it."""
    opened = []

    def open_(path: str, **reader: Any) -> Page:
        cookie = desk.signed_in("analyst").cookies["tongguan_session"].value
        context = browser.new_context(
            **{"viewport": DESK, "locale": "en-GB", "bypass_csp": True, **reader}
        )
        context.add_cookies([{"name": "tongguan_session", "value": cookie, "url": address}])
        opened.append(context)
        page = context.new_page()
        page.goto(address + path, wait_until="load")
        return page

    yield open_
    for context in opened:
        context.close()


@pytest.mark.journey
def test_an_analyst_asks_watches_and_reads_in_a_browser(desk: Desk, look: Look) -> None:
    page = look(PATH)
    page.get_by_label("First day", exact=True).fill(form()["since"])
    page.get_by_label("Up to, this day left out").fill(form()["until"])
    page.get_by_label("Model", exact=True).select_option("none")
    page.get_by_label("Examinations a day").fill("0")
    page.get_by_role("button", name="Run it").click()
    expect(page.get_by_role("status").filter(has_text="waits for its turn")).to_be_visible()

    run_next()

    expect(page.locator("#finds-chart canvas").first).to_be_visible()
    expect(page.get_by_role("heading", name="Weeks")).to_be_visible()
    expect(page.locator(".figure", has_text="Precision")).to_contain_text("33.3%")


@pytest.mark.journey
@pytest.mark.parametrize(
    ("size", "tongue", "scheme"),
    [(DESK, "en-GB", "light"), (PHONE, "zh-CN", "dark")],
    ids=["desk English light", "phone Chinese dark"],
)
def test_its_pages_are_open_to_everybody_and_no_wider_than_the_screen(
    desk: Desk, look: Look, size: ViewportSize, tongue: str, scheme: str
) -> None:
    desk.signed_in("analyst").post(PATH, form())
    run_next()
    [row] = backtests.latest()
    for path in (PATH, f"{PATH}/{row.id}"):
        page = look(path, viewport=size, locale=tongue, color_scheme=scheme)

        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") == 0, path
