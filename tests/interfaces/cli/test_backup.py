"""A backup that comes back: dumped while in use, restored elsewhere, and work goes on there."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp

import psycopg
import pytest

from tongguan.facilities.database import running, stop

from .conftest import Run

pytestmark = pytest.mark.slow


@pytest.fixture
def work(environment: Mapping[str, str]) -> Callable[..., list[int]]:
    """Enter an act and announce an event; return how many came after one, and the last of them."""

    def run(home: Path, *, transactions: int = 0, after: int = 0) -> list[int]:
        done = subprocess.run(
            [sys.executable, "-m", "tests.interfaces.cli.working", str(transactions), str(after)],
            env={**environment, "TONGGUAN_HOME": str(home)},
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return [int(word) for word in done.stdout.split()]

    return run


def test_what_was_dumped_is_restored_elsewhere_and_readers_go_on_where_they_were(
    alone: Run, work: Callable[..., list[int]], furnished: Path
) -> None:
    elsewhere = Path(mkdtemp(prefix="tg-"))
    elsewhere.chmod(0o711)
    count, last = work(furnished, transactions=3_000)
    assert count == 1

    dumped = alone("database", "dump", str(furnished / "all.dump"))
    assert (dumped.returncode, dumped.stderr) == (0, "")
    copytree(furnished / "keys", elsewhere / "keys")
    where = {"TONGGUAN_HOME": str(elsewhere)}
    restored = alone("database", "restore", str(furnished / "all.dump"), **where)

    assert (restored.returncode, restored.stderr) == (0, "")
    whole = alone("ledger", "verify", "--json", **where)
    assert whole.returncode == 0
    told = json.loads(whole.stdout)
    assert (told["entries"], told["checkpoints"], told["broken"]) == (1, 1, [])
    came, newest = work(elsewhere, after=last)
    assert came == 1
    assert newest > last
    assert json.loads(alone("ledger", "verify", "--json", **where).stdout)["checkpoints"] == 2

    again = alone("database", "restore", str(furnished / "all.dump"), **where)
    assert again.returncode == 1
    assert "The database is not empty" in again.stderr
    assert stop(elsewhere)
    rmtree(elsewhere)


def test_what_is_no_dump_is_told_and_leaves_nothing(alone: Run, home: Path) -> None:
    (home / "other.txt").write_text("no dump")

    told = alone("database", "restore", str(home / "other.txt"))

    assert told.returncode == 3
    assert "does not appear to be a valid archive" in told.stderr
    with running(home) as url, psycopg.connect(url) as connection:
        left = connection.execute(
            "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        )
        assert left.fetchall() == [(0,)]
