"""What all tests share: a database server of this run, and the sample data beside the project."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as examples
from playwright.sync_api import Browser, sync_playwright

from tests.homes import HOME_VARIABLE, SHARED, home_of_all_workers
from tongguan.domain.risk.active import KEPT
from tongguan.facilities.database import running, stop
from tongguan.facilities.database.address import DATABASE, django_database
from tongguan.processes.lodgement.record import NUMBERS
from tools import browser as tool
from tools import softhsm

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"


# A machine that is busy elsewhere refutes no rule: how long an example takes is not judged.
examples.register_profile(
    "rules",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)


def pytest_configure(config: pytest.Config) -> None:
    """Choose a place for server and keys of this run; the first test that needs them makes them."""
    examples.load_profile("rules")
    if HOME_VARIABLE not in os.environ:
        home = mkdtemp(prefix="tongguan-tests-")
        os.environ[HOME_VARIABLE] = home
        config.add_cleanup(lambda: _clear(home))
    settings.KEYS_DIR = Path(os.environ[HOME_VARIABLE]) / "keys"
    settings.HOME = Path(os.environ[HOME_VARIABLE]) / "home"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the very end too, below all dots, what was not tried in a browser or an HSM."""
    skipped = terminalreporter.stats.get("skipped", [])
    for told, place in ((tool.LEFT_OUT, "a browser"), (softhsm.LEFT_OUT, "an HSM")):
        left_out = sum(told in report.longrepr[-1] for report in skipped)
        if left_out:
            terminalreporter.section("NOT ALL TESTS RAN", red=True, bold=True)
            terminalreporter.line(told, red=True)
            terminalreporter.line(f"{left_out} tests in {place} were left out.", red=True)


def _clear(home: str) -> None:
    del os.environ[HOME_VARIABLE]
    for made in Path(home).glob(SHARED):
        stop(made)
    shutil.rmtree(home)


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """Return the address of the run's server; workers of a parallel run share it."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
    else:
        with running(home_of_all_workers(), durable=False) as url:
            yield url


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    database_url: str, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Let Django make its test database on that server, one for each worker.

    On a server of our own it is a copy of the database there, which has all tables.
    """
    found = django_database(database_url, statement_ms=settings.STATEMENT_MS)
    settings.DATABASES["default"].update(found)
    if not os.environ.get("DATABASE_URL"):
        settings.DATABASES["default"]["TEST"]["TEMPLATE"] = DATABASE


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the sample data that lies beside the project; where CI runs it has to be there."""
    if not SHARED_DATA.is_dir():
        told = f"no sample data at {SHARED_DATA}"
        pytest.fail(told) if os.environ.get("CI") else pytest.skip(told)
    return SHARED_DATA


@pytest.fixture(autouse=True)
def _numbers_of_this_test() -> None:
    """Take numbers anew: the blocks of the test before are gone with its tables."""
    NUMBERS.forget()


@pytest.fixture(scope="session", autouse=True)
def _criteria_renewed_at_once() -> None:
    """Compile changed criteria while one asks, however slow the machine has just been."""
    KEPT.at_once_seconds = 3600.0


@pytest.fixture
def short_dir() -> Iterator[Path]:
    """Return an empty directory with a short path that every account may pass through."""
    made = Path(mkdtemp(prefix="tg-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the browser; where CI runs there has to be one."""
    path = tool.found()
    if path is None and os.environ.get("CI"):
        pytest.fail(tool.LEFT_OUT)
    if path is None:
        pytest.skip(tool.LEFT_OUT)
    return path


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Return the one browser of this run; whoever looks through it opens a context of his own."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        # The browser's own loop runs in this thread, where tests ask the database too.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        found = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield found
        found.close()
