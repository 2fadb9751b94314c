"""One product for all journeys of a run: served by `tongguan serve`, in a home of its own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser, Page

from tests.homes import environment_of, furnish
from tests.interfaces.cli.test_serve import address_of, free_port
from tests.journeys.users import Product
from tongguan.facilities.database import stop
from tools.processes import started


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    """Serve a region that nobody has used yet, with everybody of `region` registered."""
    with TemporaryDirectory(prefix="tg-") as home:
        furnish(Path(home))
        environment = environment_of(Path(home)) | {"TONGGUAN_SILENT_SECONDS": "120"}
        try:
            with started(
                [sys.executable, "-m", "tongguan", "serve", "--port", str(free_port())],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
            ) as serving:
                address = address_of(serving).rstrip("/")
                told = subprocess.run(
                    [sys.executable, "-m", "tests.journeys.region"],
                    env=environment,
                    check=True,
                    capture_output=True,
                    text=True,
                )
                yield Product(address, json.loads(told.stdout), environment)
        finally:
            stop(Path(home))


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """Return a page of a browser that keeps to its own sign-in."""
    context = browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()
