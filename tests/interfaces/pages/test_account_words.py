"""The pages of one's account speak with one voice, in both languages."""

import re
from html import unescape
from typing import Final

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.template.loader import get_template
from django.test import Client

from tests.facilities.accounts.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db

A: Final = "/accounts/"
FOR_STRANGERS: Final = (
    "login/",
    "signup/",
    "inactive/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "password/reset/key/1-x/",
)
SIGNED_IN: Final = (
    "logout/",
    "email/",
    "confirm-email/",
    "confirm-email/x/",
    "password/change/",
    "reauthenticate/",
    "2fa/",
    "2fa/recovery-codes/",
    "2fa/recovery-codes/generate/",
    "2fa/reauthenticate/",
    "2fa/totp/activate/",
    "2fa/totp/deactivate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
)
BY_THE_LIBRARY: Final = re.compile(
    r"Two-Factor|two-factor|[Rr]eauthenticate\b|verification code|Sign In|Remember Me|out of 10"
    r"|Confirm Access|Forgot your|Authenticator App|Recovery Codes|Security Keys|Master key"
    r"|Are you sure|Deactivate|Generate\b|Current Password|Alternative options|Username"
)
IN_CHINESE: Final = re.compile(
    r"双因素(?!认证)|双因素认证[码器]|帐户|账号|帐号|(?<!身份)(?<!\w)认证器"
)
LEFT_ENGLISH: Final = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    cache.clear()


def words(page: bytes) -> str:
    """Return what somebody reads in the main part of a page."""
    main = page.decode().split("<main", 1)[1].split("</main>", 1)[0]
    main = re.sub(r"(?s)<script.*?</script>|<noscript.*?</noscript>", " ", main)
    shown = re.findall(r'(?:placeholder|title|alt|aria-label)="([^"]*)"', main)
    return unescape("\n".join([re.sub(r"<[^>]+>", "\n", main), *shown]))


def read(tongue: str) -> dict[str, str]:
    """Walk all pages as a stranger, as somebody with an app, and with wrong tries between."""
    client = Client(headers={"accept-language": tongue})
    found = {path: words(client.get(A + path, follow=True).content) for path in FOR_STRANGERS}
    wrong = client.post(f"{A}login/", {"login": "wang.fang", "password": "x"})
    found["wrong password"] = words(wrong.content)
    assert client.post(f"{A}login/", sign_in()).status_code == 302

    client.get(f"{A}2fa/totp/activate/")
    again = client.post(f"{A}reauthenticate/", {"password": "x"})
    found["wrong again"] = words(again.content)
    found["2fa/ without"] = words(client.get(f"{A}2fa/").content)
    client.post(f"{A}reauthenticate/", {"password": PASSWORD})
    found["2fa/totp/activate/ without"] = words(client.get(f"{A}2fa/totp/activate/").content)
    found["wrong code"] = words(client.post(f"{A}2fa/totp/activate/", {"code": "x"}).content)
    add_app(client)
    for path in SIGNED_IN:
        answer = client.get(A + path, follow=True)
        found[path] = words(answer.content)
    form = {"oldpassword": "x", "password1": "short", "password2": "other"}
    found["wrong change"] = words(client.post(f"{A}password/change/", form).content)
    found["signed out"] = words(client.post(f"{A}logout/", follow=True).content)
    found["factor"] = words(client.post(f"{A}login/", sign_in(), follow=True).content)
    found["wrong factor"] = words(client.post(f"{A}2fa/authenticate/", {"code": "x"}).content)
    return found


def sign_in() -> dict[str, str]:
    return {"login": "wang.fang", "password": PASSWORD}


def add_app(client: Client) -> None:
    """Add an app; the code of a moment may end on its way."""
    secret = str(client.session["mfa.totp.secret"])
    for _ in range(3):
        counter = next(totp.yield_hotp_counters_from_time())
        code = str(totp.format_hotp_value(totp.hotp_value(secret, counter)))
        if client.post(f"{A}2fa/totp/activate/", {"code": code}).status_code == 302:
            return
    pytest.fail("no code was taken")


def test_in_english_no_page_has_the_words_of_the_library() -> None:
    PersonFactory.create(username="wang.fang")

    found = read("en")

    said = {page: BY_THE_LIBRARY.findall(text) for page, text in found.items()}
    assert {page: hits for page, hits in said.items() if hits} == {}
    assert "Second factor" in found["2fa/"]
    assert "10 of 10 are left." in found["2fa/"]
    assert "recovery code" in found["factor"]
    assert "Forgotten your password?" in found["login/"]
    assert "Forgotten your password?" in found["reauthenticate/"]


def test_in_chinese_no_page_has_english_and_each_thing_one_name() -> None:
    PersonFactory.create(username="wang.fang")

    found = read("zh-hans")

    english = {page: LEFT_ENGLISH.findall(text) for page, text in found.items()}
    assert {page: hits for page, hits in english.items() if hits} == {}
    others = {page: IN_CHINESE.findall(text) for page, text in found.items()}
    assert {page: hits for page, hits in others.items() if hits} == {}
    assert "双因素认证" in found["2fa/"]
    assert "恢复代码" in found["factor"]
    assert "忘记密码？" in found["login/"]


def test_a_security_key_is_offered_to_those_who_have_one() -> None:
    person = PersonFactory.create(username="wang.fang")
    client = Client(headers={"accept-language": "en"})
    client.post(f"{A}login/", sign_in())
    client.get(f"{A}2fa/totp/activate/")
    client.post(f"{A}reauthenticate/", {"password": PASSWORD})
    client.get(f"{A}2fa/totp/activate/")
    add_app(client)
    client.post(f"{A}logout/")

    page = client.post(f"{A}login/", sign_in(), follow=True).content.decode()

    assert Authenticator.objects.filter(user=person, type="totp").exists()
    assert 'name="code"' in page
    assert "security key" not in page
    assert "webauthn" not in page


def test_every_page_of_accounts_that_people_reach_is_a_template_of_ours() -> None:
    ours = (
        *("account/login", "account/logout", "account/reauthenticate", "account/email"),
        *("account/password_change", "account/password_set", "account/password_reset"),
        *("account/password_reset_done", "account/password_reset_from_key"),
        *("account/password_reset_from_key_done", "account/account_inactive"),
        *("account/signup_closed", "account/verification_sent"),
        *("mfa/index", "mfa/authenticate", "mfa/reauthenticate", "mfa/totp/activate_form"),
        *("mfa/totp/deactivate_form", "mfa/recovery_codes/index", "mfa/recovery_codes/generate"),
        *("mfa/webauthn/add_form", "mfa/webauthn/edit_form", "mfa/webauthn/reauthenticate"),
        *("mfa/webauthn/authenticator_list", "mfa/webauthn/authenticator_confirm_delete"),
    )

    origins = {name: get_template(f"{name}.html").template.origin.name for name in ours}  # type: ignore[attr-defined]

    assert [name for name, path in origins.items() if "tongguan/interfaces/pages" not in path] == []
