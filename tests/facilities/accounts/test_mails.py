"""Mails about accounts, as a mail server gets them."""

import logging
import re
import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from tests.facilities.accounts.factories import ADMINISTRATOR, PASSWORD, PersonFactory
from tongguan.facilities.accounts import mails
from tongguan.facilities.accounts.credentials import give_password
from tongguan.facilities.accounts.models import Person
from tongguan.facilities.ledger.models import Entry
from tongguan.kernel.time import utc_now
from tongguan.settings.mail import mail_settings

pytestmark = pytest.mark.django_db(transaction=True)

ENGLISH, CHINESE = "wang.fang@example.cn", "li.guan@example.cn"
NEW = "quite another sentence"


class Session(socketserver.StreamRequestHandler):
    """Takes mails as RFC 5321 says, and keeps them."""

    def handle(self) -> None:
        """Greet, answer each command, keep what follows DATA."""
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            command = line[:4].upper().strip()
            if command == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                said = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.kept.append(message_from_bytes(said, policy=policy.default))  # type: ignore[attr-defined]
            self.wfile.write(b"250 ok\r\n")


@pytest.fixture
def arrived(settings: Settings, tmp_path: Path) -> Iterator[list[EmailMessage]]:
    """The mails that a server gets to which this installation sends them."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        server.kept = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        said = f"smtp://127.0.0.1:{server.server_address[1]}/?from=customs@clearance.example"
        for name, value in mail_settings(said, home=tmp_path).items():
            setattr(settings, name, value)
        PersonFactory.create(username="wang.fang", email=ENGLISH, language="en")
        PersonFactory.create(username="li.guan", email=CHINESE, name_zh="李管", language="zh-hans")
        yield server.kept  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()


def ask(email: str, *, tongue: str = "en") -> bytes:
    """Ask for a link to reset the password of an address; return the page."""
    client = Client(headers={"accept-language": tongue})
    answer = client.post("/accounts/password/reset/", {"email": email}, follow=True)
    assert mails.settle()
    return answer.content.split(b"<main")[1]


def link_in(mail: EmailMessage) -> str:
    [found] = re.findall(r"http://\S+", mail.get_content())
    return str(found)


def test_a_password_is_reset_by_a_link_that_a_mail_server_carries(
    arrived: list[EmailMessage],
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    stayed = Client()
    stayed.post("/accounts/login/", {"login": "wang.fang", "password": PASSWORD})
    ask(ENGLISH.upper())
    ask(CHINESE)

    english, chinese = arrived
    assert (english["From"], english["To"]) == ("customs@clearance.example", ENGLISH)
    assert english["Subject"] == "Choose another password"
    assert chinese["Subject"] == "重设密码"
    assert "李管：" in chinese.get_content()
    assert [one.get_content_type() for one in arrived] == ["text/plain", "text/plain"]

    client = Client()
    form = client.get(link_in(english), follow=True).request["PATH_INFO"]
    client.post(form, {"password1": NEW, "password2": NEW})

    assert Person.objects.get(username="wang.fang").check_password(NEW)
    assert "_auth_user_id" not in client.session
    assert stayed.get("/accounts/email/").status_code == 302  # its session has ended
    assert "_auth_user_id" not in stayed.session
    assert b"password1" not in Client().get(link_in(english), follow=True).content
    assert Entry.objects.filter(kind="PASSWORD_CHANGED", by="wang.fang").exists()
    assert mails.settle()
    assert arrived[-1]["Subject"] == "Your password was changed"
    secret = link_in(english).rsplit("-", 1)[1].strip("/")
    shown = capsys.readouterr()
    assert secret not in shown.out + shown.err + caplog.text


def test_a_mail_is_in_the_language_that_was_chosen_else_in_that_of_the_request(
    arrived: list[EmailMessage],
) -> None:
    PersonFactory.create(username="wu.jing", email="wu.jing@example.cn")

    ask("wu.jing@example.cn", tongue="zh-hans")
    ask("wu.jing@example.cn", tongue="en")
    client = Client(headers={"accept-language": "zh-hans"})
    client.post("/accounts/login/", {"login": "wu.jing", "password": PASSWORD})
    client.post("/language", {"language": "en"})
    client.post("/language", {"language": "xx"})
    ask("wu.jing@example.cn", tongue="zh-hans")
    client.post("/language", {"language": "zh-hans"})
    Client().post("/language", {"language": "en"})  # nobody's choice
    cache.clear()  # so many links are sent to one address within ten minutes, and no more
    ask("wu.jing@example.cn", tongue="en")

    english, chinese = "Choose another password", "重设密码"
    assert [one["Subject"] for one in arrived] == [chinese, english, english, chinese]


def test_the_page_does_not_tell_whether_an_account_has_an_address(
    arrived: list[EmailMessage],
) -> None:
    PersonFactory.create(username="gone", email="gone@example.cn", is_active=False)

    pages = {ask(one) for one in (ENGLISH, "nobody@example.cn", "gone@example.cn")}

    assert len(pages) == 1
    assert [one["To"] for one in arrived] == [ENGLISH]


def test_an_address_is_changed_by_its_own_person_through_a_link_to_the_new_one(
    arrived: list[EmailMessage],
) -> None:
    client, thief = Client(), Client()
    client.post("/accounts/login/", {"login": "wang.fang", "password": PASSWORD})
    thief.post("/accounts/login/", {"login": "li.guan", "password": PASSWORD})
    asked = client.post("/accounts/email/", {"email": "new@example.cn"})
    assert asked["Location"].startswith("/accounts/reauthenticate/")  # the password again
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"email": "New@Example.cn"})
    assert mails.settle()
    [mail] = arrived
    assert mail["To"] == "new@example.cn"

    assert not signs_in("new@example.cn")
    ask("new@example.cn")
    assert len(arrived) == 1  # not yet the address of anybody
    assert thief.post(link_in(mail)).status_code == 409
    assert client.get(link_in(mail)).status_code == 200
    assert client.post(link_in(mail)).status_code == 302
    assert client.post(link_in(mail)).status_code == 409

    assert signs_in("new@example.cn")
    assert not signs_in(ENGLISH)
    entry = Entry.objects.get(kind="ADDRESS_CHANGED")
    assert (entry.by, entry.facts["account"]) == ("wang.fang", "wang.fang")
    assert "new@example.cn" not in str(entry.facts)
    assert mails.settle()
    assert (arrived[-1]["To"], arrived[-1]["Subject"]) == (ENGLISH, "Your address was changed")


def test_nobody_gets_the_address_of_another(arrived: list[EmailMessage]) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": "wang.fang", "password": PASSWORD})
    client.get("/accounts/email/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD}, follow=True)
    told = client.post("/accounts/email/", {"email": CHINESE}, follow=True)
    free = client.post("/accounts/email/", {"email": "free@example.cn"}, follow=True)
    assert mails.settle()

    words = [one.content.decode().split('id="toasts"')[1] for one in (told, free)]
    assert words[0].replace(CHINESE, "X") == words[1].replace("free@example.cn", "X")
    [mail] = arrived
    assert mail["To"] == "free@example.cn"
    PersonFactory.create(username="quicker", email="free@example.cn")
    assert client.post(link_in(mail)).status_code == 409
    assert Person.objects.get(username="wang.fang").email == ENGLISH


def test_who_is_helped_by_an_administrator_is_told(arrived: list[EmailMessage]) -> None:
    give_password(username="wang.fang", password=NEW, by=ADMINISTRATOR, now=utc_now())

    assert mails.settle()
    [mail] = arrived
    assert mail["Subject"] == "Your password was changed"
    assert NEW not in mail.get_content()
    assert Person.objects.get(username="wang.fang").check_password(NEW)


def test_a_mail_that_cannot_be_sent_is_one_line_without_what_it_said(
    arrived: list[EmailMessage], settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_PORT = 9  # nobody listens there

    assert b"Look into your mail" in ask(ENGLISH)

    assert caplog.messages[-1] == "mail for account wang.fang not sent: ConnectionRefusedError"


def test_where_there_are_no_mails_the_page_says_whom_to_ask(
    arrived: list[EmailMessage], settings: Settings
) -> None:
    settings.MAIL_OFFERED = False

    page = Client().get("/accounts/password/reset/", headers={"accept-language": "en"})
    ask(ENGLISH)

    assert b"Ask your administrator" in page.content
    assert b'name="email"' not in page.content
    assert arrived == []


def test_mails_of_a_demonstration_are_files_for_its_owner_alone(
    arrived: list[EmailMessage], settings: Settings, tmp_path: Path
) -> None:
    for name, value in mail_settings("files", home=tmp_path).items():
        setattr(settings, name, value)

    ask(ENGLISH)

    assert (tmp_path / "mail").stat().st_mode & 0o077 == 0
    [kept] = (tmp_path / "mail").iterdir()
    assert "/accounts/password/reset/key/" in kept.read_text()


def test_every_mail_that_is_sent_has_words_in_both_languages() -> None:
    for kind in mails.MAILS:
        told = [
            mails.compose(kind, "a@example.cn", {"user": Person(username="x", language=language)})
            for language in ("en", "zh-hans")
        ]
        assert told[0].subject != told[1].subject
        assert "\n" not in told[0].subject


def signs_in(login: str) -> bool:
    client = Client()
    client.post("/accounts/login/", {"login": login, "password": PASSWORD})
    return "_auth_user_id" in client.session
