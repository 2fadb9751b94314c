"""A browser before the portal: people of the scene sign in, on any screen, in both languages."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from tests.interfaces.scene import PASSWORD, Scene, play

Open = Callable[..., Page]
DESK: Final[ViewportSize] = {"width": 1366, "height": 768}
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    """Return two sides that know nothing of one another."""
    return play()


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer, scene: Scene) -> Iterator[Open]:
    """Open a page of the portal as somebody of the scene sees it."""
    opened = []

    def open_(path: str, *, who: str = "broker", size: ViewportSize = DESK, **reader: Any) -> Page:
        signed_in = Client()
        assert signed_in.login(username=who, password=PASSWORD)
        context = browser.new_context(**{"viewport": size, "locale": "en-GB", **reader})
        opened.append(context)
        name = settings.SESSION_COOKIE_NAME
        value = signed_in.cookies[name].value
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + path, wait_until="load")
        return page

    yield open_
    for context in opened:
        context.close()
