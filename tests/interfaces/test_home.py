"""Where a person begins after signing in."""

import pytest
from django.test import Client

from tests.interfaces.scene import PASSWORD
from tongguan.facilities.accounts.commands import admit_person
from tongguan.facilities.accounts.values import SYSTEM, NewPosting, Role
from tongguan.kernel.time import utc_now

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("tongue", "words"), [("en", "command line"), ("zh-hans", "命令行")], ids=["English", "Chinese"]
)
def test_an_administrator_is_told_where_he_works(tongue: str, words: str) -> None:
    admit_person(
        username="root.li",
        password=PASSWORD,
        name_zh="李管理",
        name_en="Li",
        postings=[NewPosting(Role.ADMINISTRATOR)],
        password_is_own=True,
        by=SYSTEM,
        now=utc_now(),
    )
    browser = Client(headers={"accept-language": tongue})
    assert browser.login(username="root.li", password=PASSWORD)

    home = browser.get("/")

    assert home.status_code == 200
    page = home.content.decode()
    assert words in page
    assert "--by root.li" in page
