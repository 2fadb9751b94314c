"""Security keys in a browser, with an authenticator that the browser pretends."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.fixtures import Settings

from tests.facilities.accounts.factories import PASSWORD, PersonFactory
from tests.interfaces.pages.barriers import barriers
from tongguan.facilities.ledger.models import Entry

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE: ViewportSize = {"width": 390, "height": 844}
KEY: dict[str, Any] = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(browser: Browser, address: str, settings: Settings) -> Iterator[Page]:
    """A phone in Chinese, signed in as 王芳, with a key in it; its console stays silent."""
    settings.ALLOWED_HOSTS = ["localhost"]
    PersonFactory.create(username="wang.fang")
    context = browser.new_context(locale="zh-CN", viewport=PHONE, bypass_csp=False)
    found = context.new_page()
    found.set_default_timeout(60_000)
    said: list[str] = []
    found.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    control = context.new_cdp_session(found)
    control.send("WebAuthn.enable")
    control.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    found.goto(f"{address.replace('127.0.0.1', 'localhost')}/accounts/login/?next=/accounts/2fa/")
    sign_in(found)
    yield found
    context.close()
    assert said == []


def sign_in(page: Page) -> None:
    page.fill("input[name=login]", "wang.fang")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")


def test_a_key_is_added_used_renamed_and_removed(page: Page) -> None:
    page.click("a[href$='/webauthn/add/']")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    page.fill("input[name=name]", "办公室密钥")
    page.click("#mfa_webauthn_add")
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    assert barriers(page) == []

    origin = page.url.split("/accounts")[0]
    page.goto(f"{origin}/accounts/2fa/webauthn/")
    expect(page.get_by_role("heading", name="办公室密钥")).to_be_visible()
    assert barriers(page) == []
    page.click("a[href$='/edit/']")
    page.fill("input[name=name]", "新密钥")
    page.click("#mfa_webauthn_edit")
    expect(page.get_by_role("heading", name="新密钥")).to_be_visible()

    page.goto(f"{origin}/accounts/logout/")
    page.click("main button")
    page.goto(f"{origin}/accounts/login/?next=/accounts/2fa/webauthn/")
    sign_in(page)
    page.click("#mfa_webauthn_authenticate")
    expect(page.get_by_role("heading", name="新密钥")).to_be_visible()

    page.click("a[href$='/remove/']")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    page.click(".public-card .btn-outline-danger")
    expect(page.get_by_text("您没有安全密钥。")).to_be_visible()
    assert not Authenticator.objects.exists()
    kinds = Entry.objects.filter(kind__startswith="FACTOR").values_list("kind", flat=True)
    assert {"FACTOR_ADDED", "FACTOR_CHANGED", "FACTOR_REMOVED"} == set(kinds)


def test_a_key_that_does_not_answer_is_told_in_words(page: Page) -> None:
    page.click("a[href$='/webauthn/add/']")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_selector("#mfa_webauthn_add")
    page.wait_for_load_state()
    expect(page.locator("#key-trouble")).to_be_hidden()
    page.evaluate(
        """() => {
            navigator.credentials.create = () => Promise.reject(new Error("no key"));
            document.addEventListener("allauth.error", one => one.preventDefault());
        }"""
    )

    page.click("#mfa_webauthn_add")

    expect(page.locator("#key-trouble")).to_be_visible()
