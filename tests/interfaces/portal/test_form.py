"""Declaring by form, in a browser: problems at their fields, nothing typed is lost, accepted."""

import re
from typing import Final

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.domain.declarations.samples import BROKER, TRADER
from tests.interfaces.portal.conftest import PHONE, Open
from tests.interfaces.scene import PASSWORD, Scene
from tongguan.domain.declarations.queries import page as declarations_of
from tongguan.interfaces.portal.fields import HEADER as HEADER_FIELDS
from tongguan.interfaces.portal.fields import LINE as LINE_FIELDS
from tongguan.kernel.time import utc_now

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

CONFIRMED: Final = ("relationship", "price_effect", "royalties")
FORM: Final = "/portal/lodge/form"
HEADER: Final = {
    "reference": "FORM-1",
    "offices.declaration": "0128",
    "offices.goods": "0202",
    "parties.trader.scc": str(TRADER.scc),
    "parties.trader.name": str(TRADER.name),
    "parties.owner.scc": str(TRADER.scc),
    "parties.owner.name": str(TRADER.name),
    "parties.overseas.name": "EXAMPLE WAELZLAGER GMBH",
    "transport.mode": "2",
    "transport.name": "EXAMPLE STAR",
    "transport.voyage": "020W",
    "bill": "FORMBILL1",
    "place.name": "示例码头A区",
    "entry_date": f"{utc_now():%Y-%m-%d}",
    "place.port": "120001",
    "ports.departure": "DEU063",
    "ports.call": "DEU063",
    "countries.trading": "DEU",
    "countries.dispatch": "DEU",
    "terms": "1",
    "packages.count": "42",
    "packages.kind": "22",
    "packages.marks": "N/M",
    "mass.gross": "1,500",
    "mass.net": "1,320",
    "regime.supervision": "0110",
    "regime.levy": "101",
    "contract": "EX-1",
    "documents.invoice": "INVOICE.pdf",
    "documents.packing": "PACKING.pdf",
}
LINE: Final = {
    "commodity": "8482.10.20.00",
    "name": "深沟球轴承",
    "elements": "4|3|深沟球|EXAMPLE牌|EX-6204",
    "quantity.value": "2400",
    "quantity.unit": "006",
    "first.value": "2400",
    "first.unit": "006",
    "second.value": "1320",
    "second.unit": "035",
    "price": "6.85",
    "total": "16440.00",
    "currency": "eur",
    "origin": "DEU",
    "destination": "CHN",
    "region": "11119",
    "levy_mode": "1",
}


def fill(page: Page, values: dict[str, str]) -> None:
    for name, value in values.items():
        page.locator(f'[name="{name}"]').fill(value)


def whole(page: Page) -> None:
    """Type a whole declaration of one line."""
    fill(page, HEADER)
    fill(page, {f"lines.0.{name}": value for name, value in LINE.items()})
    for name in CONFIRMED:
        page.locator(f'[name="confirmations.{name}"]').select_option("no")


def test_a_declaration_typed_by_hand_is_accepted(visit: Open, scene: Scene) -> None:
    page = visit(FORM)
    whole(page)

    page.get_by_role("button", name="Check only").click()
    expect(page.get_by_role("heading", name="Nothing to correct")).to_be_visible()
    page.get_by_role("button", name="Lodge", exact=True).click()

    page.wait_for_url(re.compile(r"/portal/declarations/[0-9a-f-]{36}$"))
    expect(page.get_by_role("heading", name=re.compile(r"0128 \d{4} 1 \d{9}"))).to_be_visible()
    expect(page.get_by_text("FORM-1")).to_be_visible()


def test_problems_stand_at_their_fields_with_what_to_do(visit: Open) -> None:
    page = visit(FORM)
    whole(page)
    fill(page, {"mass.net": "9999", "lines.0.currency": "XYZ", "parties.trader.scc": "123"})

    page.get_by_role("button", name="Lodge", exact=True).click()

    summary = page.get_by_role("alert").or_(page.locator(".problems")).first
    expect(summary).to_be_visible()
    field = page.locator('[name="lines.0.currency"]')
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("XYZ")
    described = str(field.get_attribute("aria-describedby")).split()[0]
    expect(page.locator(f"#{described}")).to_contain_text("XYZ")
    summary.get_by_role("link").first.click()
    focused = page.evaluate("document.activeElement.name || document.activeElement.id")
    assert focused
    for name in ("bill", "lines.0.name", "reference"):
        wanted = {**HEADER, **{f"lines.0.{key}": value for key, value in LINE.items()}}[name]
        expect(page.locator(f'[name="{name}"]')).to_have_value(wanted)


def test_nothing_typed_is_lost_with_the_page(visit: Open) -> None:
    page = visit(FORM)
    whole(page)
    page.locator('[name="flow"]').select_option("export")
    page.get_by_role("button", name="Add a line").click()
    second = page.locator('[name="lines.1.name"]')
    second.fill("气动球阀")

    page.reload()

    expect(page.locator('[name="reference"]')).to_have_value("FORM-1")
    expect(page.locator('[name="flow"]')).to_have_value("export")
    expect(page.locator('[name="lines.1.name"]')).to_have_value("气动球阀")
    expect(page.locator('[name="lines.0.name"]')).to_have_value("深沟球轴承")


def test_what_was_refused_is_kept_and_what_was_accepted_is_forgotten(visit: Open) -> None:
    page = visit(FORM)
    whole(page)
    fill(page, {"mass.net": "9999"})
    page.get_by_role("button", name="Lodge", exact=True).click()
    expect(page.locator(".problems").first).to_be_visible()
    form = page.url
    page.goto(form.replace("/lodge/form", "/"))
    # No browser keeps the answer itself: it goes back to what was typed, not to what was told.
    page.goto(form)
    expect(page.locator('[name="mass.net"]')).to_have_value("9999")

    fill(page, {"mass.net": "1320"})
    page.get_by_role("button", name="Lodge", exact=True).click()
    page.wait_for_url(re.compile(r"/portal/declarations/[0-9a-f-]{36}$"))
    page.goto(page.url.split("/portal/")[0] + FORM)

    expect(page.locator('[name="reference"]')).to_have_value("")
    expect(page.locator('[name="parties.declarant.scc"]')).to_have_value(str(BROKER.scc))


def test_codes_are_offered_while_one_types(visit: Open) -> None:
    page = visit(FORM)

    page.locator('[name="lines.0.commodity"]').press_sequentially("8482.10")

    offered = page.locator("#list-commodities option").first
    expect(offered).to_have_attribute("value", re.compile(r"^848210"))
    assert page.locator('#list-offices option[value="0202"]').count() == 1


def test_a_line_can_be_dropped_and_the_others_stay(visit: Open) -> None:
    page = visit(FORM, size=PHONE, locale="zh-CN")
    page.locator('[name="lines.0.name"]').fill("第一项")
    page.get_by_role("button", name="增加一项").click()
    page.locator('[name="lines.1.name"]').fill("第二项")

    page.get_by_role("button", name="删除此项").first.click()

    expect(page.locator('[name="lines.1.name"]')).to_have_count(0)
    expect(page.locator('[name="lines.0.name"]')).to_have_value("第二项")


def test_nothing_is_lodged_by_checking(visit: Open, scene: Scene) -> None:
    page = visit(FORM)
    whole(page)

    page.get_by_role("button", name="Check only").click()

    expect(page.get_by_role("heading", name="Nothing to correct")).to_be_visible()
    assert not declarations_of(viewer=scene.actor("broker"))


@pytest.mark.parametrize("flow", ["import", "export"])
def test_what_has_to_be_filled_in_is_marked_so(scene: Scene, flow: str) -> None:
    client = Client()
    assert client.login(username="broker", password=PASSWORD)

    answer = client.post(FORM, {"act": "check", "flow": flow, "lines.0.name": "x"})

    missing = {
        one.pointer for one in answer.context["troubles"] if one.code in {"DEC-001", "DEC-002"}
    }
    marked = {
        f"#/{path}"
        for fields, prefix in ((HEADER_FIELDS, ""), (LINE_FIELDS, "lines/0/"))
        for field in fields
        if field.required or "Needed on" in field.hint
        for path in [prefix + field.path.replace(".", "/")]
    }
    confirmed = {f"#/confirmations/{name}" for name in CONFIRMED} if flow == "import" else set()
    assert missing
    assert missing - confirmed - marked == set()
