"""The page of signing in, where the region is a demonstration and where it is not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tongguan.processes.demo.password import known, made
from tongguan.processes.demo.people import PLAYERS, admit

pytestmark = pytest.mark.django_db(transaction=True)

ENGLISH = {"accept-language": "en"}


def test_a_visitor_of_the_demonstration_becomes_one_of_its_people_by_one_press(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.DEMONSTRATION, settings.HOME = True, tmp_path
    password = made(tmp_path)
    admit(password=password, now=datetime.now(UTC))

    page = client.get("/accounts/login/", headers=ENGLISH).content.decode()
    answer = client.post("/accounts/login/", {"login": "reviewer", "password": password})

    assert page.count('name="login" value=') == len(PLAYERS)
    assert f'value="{password}"' in page
    assert answer.status_code == 302
    assert "_auth_user_id" in client.session


def test_who_is_no_demonstration_names_nobody(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.DEMONSTRATION, settings.HOME = False, tmp_path
    password = made(tmp_path)

    page = client.get("/accounts/login/", headers=ENGLISH).content.decode()

    assert password not in page
    assert "reviewer" not in page


def test_the_password_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    assert known(tmp_path) == ""

    password = made(tmp_path)

    assert made(tmp_path) == known(tmp_path) == password
    [kept] = tmp_path.iterdir()
    assert kept.stat().st_mode & 0o077 == 0
