"""Declared in one district, released in another: whole cases over HTTP, each act by its user.

The five ways of clearing, one scenario each; the product runs as an operator starts it.
"""

import time
from pathlib import Path
from typing import Any

import pytest
from msgspec.json import encode
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from tests.domain.declarations.samples import HEBEI_TRADER, TRADER
from tests.journeys.clearing import (
    RECORD,
    announce,
    arrive,
    declared,
    end_checks,
    leave,
    open_holds,
    pay,
    unit,
)
from tests.journeys.region import CHOSEN, GUARANTEE, PASSWORD, TIANJIN
from tests.journeys.users import Product, eventually
from tongguan.domain.declarations.values import Inland, Mode, Offices, Submission, Transport

pytestmark = pytest.mark.journey

AIR = Transport(mode="5", name="ZZ0002")
LOCAL_RELEASE: dict[str, Any] = {
    "offices": Offices(declaration="0401", goods="0202"),
    "mode_asked": Mode.LOCAL_RELEASED,
}


def test_port_clearance_by_the_pages(product: Product, window: Page, tmp_path: Path) -> None:
    one = declared(offices=Offices(declaration="0202"))
    own = replace(one, parties=replace(one.parties, declarant=TRADER))
    announce(product, one, "0202-01")
    arrive(product, one, "0202-01")
    file = tmp_path / "declaration.json"
    file.write_bytes(encode(own))

    sign_in(window, product, "trader")
    window.goto(f"{product.address}/portal/lodge")
    window.locator("input[type=file]").set_input_files(file)
    window.get_by_role("button", name="Lodge", exact=True).click()
    window.locator("article a.number").click()
    number = "".join(window.locator("h1").inner_text().split())
    end_checks(product, number, by=product.person("trader"))
    window.reload()
    window.get_by_role("link", name="Pay", exact=True).first.click()
    window.get_by_role("button", name="Pay at the sandbox bank").click()
    expect(window.get_by_text("The bank has confirmed the payment.")).to_be_visible()
    window.context.clear_cookies()
    sign_in(window, product, "gate")
    gate_opens(window, product, unit(one))
    window.get_by_role("button", name="It left").click()
    expect(window.locator(".answer")).to_contain_text("Has left already")

    told = product.person("trader").get(f"/declarations/{number}")
    assert (told["mode"], told["state"]) == ("port", "CLOSED")


def test_transit_moved_under_seal_and_cleared_inland(product: Product) -> None:
    sea = Transport(
        mode="2", name="EXAMPLE STAR", voyage="020W", inland=Inland(mode="4", name="D1")
    )
    offices = Offices(declaration="0115", goods="0202", payment="0115", inspection="0115")
    one = declared(offices=offices, transport=sea)
    announce(product, one, "0202-01")
    arrive(product, one, "0202-01")

    told = lodge(product, one)
    path = f"/declarations/{told['number']}/transit"
    carrier = product.software("carrier")
    carrier.post(f"{path}/departure", {"vehicle": "D1", "seals": "S1"})
    there = {"intact": True, "site": "0115-01", "seals": "S1"}
    product.software("gate-0202-01").post(f"{path}/arrival", there, wants=404)
    carrier.post(f"{path}/arrival", there, wants=403)
    # Nobody drives from Tianjin to Beijing in a second: an inspector there confirms it.
    inspector = product.person("inspector-0115")
    inspector.post(f"{path}/arrival", there, wants=409)
    inspector.post(f"{path}/arrival", {**there, "reason": "the departure was reported late"})
    end_checks(product, told["number"])
    pay(product, told)

    assert {"TRANSIT", "PAYMENT"} <= {hold["kind"] for hold in told["holds"]}
    assert leave(product, one, "0115-01")["declaration_office"] == "0115"
    closed = status(product, told["number"])
    assert (closed["mode"], closed["state"]) == ("transit", "CLOSED")


def test_declared_locally_and_examined_at_the_port(product: Product) -> None:
    offices = Offices(declaration="0117", goods="0202")
    one = declared(offices=offices, mode_asked=Mode.LOCAL_DECLARED)
    announce(product, one, "0202-01")
    arrive(product, one, "0202-01")

    told = lodge(product, one)
    number = told["number"]
    held = open_holds(product, number)
    stranger = product.person("inspector-0101")
    stranger.post(f"/declarations/{number}/inspection/record", RECORD, wants=404)
    end_checks(product, number)
    pay(product, told)

    assert held["INSPECTION"] == "0202"
    assert leave(product, one, "0202-01")["declaration_office"] == "0117"
    closed = status(product, number)
    assert (closed["mode"], closed["state"]) == ("local_declared", "CLOSED")


def test_released_locally_the_order_opens_the_gate_of_the_port(product: Product) -> None:
    one = declared(HEBEI_TRADER, **LOCAL_RELEASE)
    announce(product, one, "0202-01")
    arrive(product, one, "0202-01")

    told = lodge(product, one)
    pay(product, told)

    assert {hold["kind"] for hold in told["holds"]} == {"PAYMENT"}
    assert leave(product, one, "0202-01")["declaration_office"] == "0401"
    closed = status(product, told["number"])
    assert (closed["mode"], closed["state"]) == ("local_released", "CLOSED")


def test_released_locally_falls_back_to_the_port_with_a_hit(product: Product) -> None:
    one = declared(CHOSEN, **LOCAL_RELEASE)
    announce(product, one, "0202-01")
    arrive(product, one, "0202-01")

    told = lodge(product, one)
    number = told["number"]
    held = open_holds(product, number)
    pay(product, told)
    still = product.software("gate-0202-01").get(f"/gate/0202-01/{unit(one)}")
    end_checks(product, number)

    assert held["INSPECTION"] == "0202"
    assert not still["may_leave"]
    leave(product, one, "0202-01")
    closed = status(product, number)
    assert (closed["mode"], closed["state"]) == ("local_declared", "CLOSED")


def test_the_region_as_one_opens_the_gate_within_a_second(product: Product) -> None:
    offices = Offices(declaration="0207", goods="0101", payment="0202", inspection="0101")
    one = declared(TIANJIN, offices=offices, transport=AIR, containers=())
    announce(product, one, "0101-01")
    gate, at = product.software("gate-0101-01"), f"/gate/0101-01/{unit(one)}"

    told = lodge(product, one)
    number = told["number"]
    held = open_holds(product, number)
    arrive(product, one, "0101-01")
    eventually(lambda: "ARRIVAL" not in open_holds(product, number))
    end_checks(product, number)
    left = open_holds(product, number)
    waits = gate.get(at)
    began = time.monotonic()
    product.software("broker").post(f"/declarations/{number}/security", {"text": GUARANTEE})
    eventually(lambda: bool(gate.get(at)["may_leave"]))
    seconds = time.monotonic() - began

    # Declared in Tianjin, reviewed by Hebei, secured in Tianjin, examined and let out in Beijing.
    assert held == {"ARRIVAL": "0101", "REVIEW": "0207", "INSPECTION": "0101", "PAYMENT": "0202"}
    assert left == {"PAYMENT": "0202"}
    assert [one["office"] for one in waits["waiting"]] == ["0202"]
    print(f"the gate opened {seconds:.3f} s after the last hold's end was asked for")
    assert seconds < 1
    assert leave(product, one, "0101-01")["declaration_office"] == "0207"
    assert status(product, number)["state"] == "DEPARTED"
    pay(product, told)
    closed = status(product, number)
    assert (closed["mode"], closed["state"]) == ("regional", "CLOSED")


def test_a_gate_is_told_of_its_own_site_only(product: Product) -> None:
    elsewhere = product.software("gate-0101-01")

    refused = elsewhere.post("/gate/0202-01/XMPU0000013/out", {}, wants=403)

    assert [error["code"] for error in refused["errors"]] == ["ACC-011"]


def lodge(product: Product, one: Submission) -> dict[str, Any]:
    """Lodge as the broker does."""
    told: dict[str, Any] = product.software("broker").post("/declarations", encode(one), wants=201)
    return told


def status(product: Product, number: str) -> Any:
    """Return how far a declaration has come."""
    return product.software("broker").get(f"/declarations/{number}")


def sign_in(window: Page, product: Product, username: str) -> None:
    """Sign in by the page."""
    window.goto(f"{product.address}/accounts/login/")
    window.locator("input[name=login]").fill(username)
    window.locator("input[name=password]").fill(PASSWORD)
    window.locator("input[name=password]").press("Enter")
    expect(window.get_by_role("heading", level=1)).to_be_visible()


def gate_opens(window: Page, product: Product, asked: str) -> None:
    """Ask at the gate's page until the release order is there."""

    def answered() -> bool:
        window.goto(f"{product.address}/desk/gate?unit={asked}&site=0202-01")
        return window.locator(".answer-yes").count() == 1

    eventually(answered)
