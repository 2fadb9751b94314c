"""One PostgreSQL cluster on disk: its layout, its settings, its making and its server process."""

import logging
import os
import pwd
import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from tongguan.facilities import processes
from tongguan.facilities.private_files import private_file

from . import address
from .binaries import Account, programs
from .locks import is_held

OWN_ACCOUNT: Final = "tongguan-db"
"""Whom the server of a home of root's runs as: an account that nothing else uses."""
FALL_BACK: Final = "nobody"
"""Whom it runs as where no account can be made."""
MAKE_ACCOUNT: Final = "useradd"
_LOG: Final = logging.getLogger(__name__)
HERE: Final = "/proc/self/cwd"
"""The data directory, for a server without rights in the directories above it."""
ENVIRONMENT: Final = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
LOG_BYTES: Final = 10_000_000

STATUS_LINE: Final = 7
"""Where postmaster.pid says whether the server is ready (miscadmin.h, LOCK_FILE_LINE_PM_STATUS)."""

# To PostgreSQL: INT ends connections and writes all out, QUIT just ends, as a crash does.
FAST: Final = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))
AT_ONCE: Final = ((signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))

OPERATORS: Final = "operator.conf"
SETTINGS: Final = f"""\
# Written at every start. Put settings of your own into {OPERATORS} beside this file.
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 16MB
maintenance_work_mem = 128MB
max_parallel_workers_per_gather = 1
wal_buffers = 16MB
min_wal_size = 256MB
max_wal_size = 2GB
max_wal_senders = 2
checkpoint_timeout = 15min
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%a '
log_lock_waits = on
log_checkpoints = off
"""
NOT_DURABLE: Final = """\
fsync = off
synchronous_commit = off
full_page_writes = off
"""


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of the embedded database of a home."""

    home: Path

    @property
    def data(self) -> Path:
        """The rows, and the socket where its path is short enough."""
        return address.data_dir(self.home)

    @property
    def folder(self) -> Path:
        """What holds the rows, the locks and the log."""
        return self.data.parent

    @property
    def note(self) -> Path:
        """What the server writes about itself while it runs."""
        return self.data / "postmaster.pid"

    @property
    def socket(self) -> Path:
        """The directory with the socket."""
        return address.socket_dir(self.home)

    @property
    def log(self) -> Path:
        """What server and keeper have to say."""
        return self.folder / "server.log"

    @property
    def users(self) -> Path:
        """A lock that all users share: nobody holds it when nobody needs the server."""
        return self.folder / "users.lock"

    @property
    def starting(self) -> Path:
        """A lock of whoever looks whether a keeper has to be started."""
        return self.folder / "starting.lock"

    @property
    def keeper(self) -> Path:
        """A lock of the one keeper, with its process number in it, and its server's."""
        return self.folder / "keeper.lock"

    def server(self) -> int | None:
        """Return the process number of the server that works on the rows, kept or not."""
        lines = _lines(self.note)
        number = int(lines[0]) if lines and lines[0].isdecimal() else None
        return number if number and processes.works_in(number, self.data) else None

    def is_ready(self) -> bool:
        """Say whether the server takes connections and has a keeper."""
        number = self.server()
        if number is None or self.kept()[1:] != [number] or not is_held(self.keeper):
            return False
        lines = _lines(self.note)
        return len(lines) > STATUS_LINE and lines[STATUS_LINE].strip() == "ready"

    def kept(self) -> list[int]:
        """Return the process numbers of the last keeper and its last server, if there were any."""
        return [int(word) for line in _lines(self.keeper) for word in line.split()]


class Cluster:
    """The cluster of a home, as its keeper handles it."""

    def __init__(self, layout: Layout, *, durable: bool) -> None:
        """Look whom the server runs as, and where its programs are.

        Raises:
            PermissionError: the rows belong to another account.
        """
        self._layout = layout
        self._durable = durable
        self._account = _account(layout.data)
        self._programs = programs(self._account)

    def prepare(self) -> None:
        """Make the cluster if there is none, write its settings, and end what a crash left.

        A cluster is made aside, then renamed: half of one, left by a crash, is thrown away.
        """
        for unfinished in self._layout.folder.glob("new-*"):
            shutil.rmtree(unfinished)
        if not self._layout.data.exists():
            self._make()
        self._end_orphan()
        self._write_settings()
        self._prepare_socket()

    def start(self) -> "subprocess.Popen[bytes]":
        """Start the server. It ends with the calling process, should nobody stop it."""
        self._clear_notes()
        data = self._layout.data
        return self._run("postgres", "-D", self._named(data), cwd=data)

    def stop(self, server: "subprocess.Popen[bytes]") -> None:
        """Stop the server that `start` returned, with all connections."""
        for step, seconds in self._ending:
            server.send_signal(step)
            with suppress(subprocess.TimeoutExpired):
                server.wait(seconds)
                break
        if self._layout.socket != self._layout.data:
            with suppress(OSError):
                self._layout.socket.rmdir()

    @property
    def _ending(self) -> tuple[tuple[signal.Signals, float], ...]:
        return FAST if self._durable else AT_ONCE

    def _make(self) -> None:
        made = Path(mkdtemp(prefix="new-", dir=self._layout.folder))
        self._hand_over(made)
        options = (
            f"--username={address.OWNER}",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums",
            "--auth=peer",
            "--no-instructions",
            *(() if self._durable else ("--no-sync",)),
        )
        place = ("-D", self._named(made))
        _finish(self._run("initdb", *place, *options, cwd=made))
        alone = ("postgres", "--single", *place, "postgres")
        single = self._run(*alone, cwd=made, stdin=subprocess.PIPE)
        _finish(single, f"CREATE DATABASE {address.DATABASE}\n")
        made.rename(self._layout.data)
        _sync(self._layout.folder)

    def _run(
        self, program: str, *options: str, cwd: Path, stdin: int = subprocess.DEVNULL
    ) -> "subprocess.Popen[bytes]":
        account = self._account
        return subprocess.Popen(
            [self._programs / program, *options],
            cwd=cwd,
            env=ENVIRONMENT,
            stdin=stdin,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            # The keeper has one thread, so the child may run Python before its program.
            preexec_fn=processes.end_with_parent(signal.SIGINT),  # noqa: PLW1509
        )

    def _named(self, data: Path) -> str:
        return HERE if self._account else str(data)

    def _write_settings(self) -> None:
        data, socket = self._layout.data, self._layout.socket
        folder = "." if socket == data else str(socket)
        user = pwd.getpwuid(os.geteuid()).pw_name
        settings = (
            SETTINGS,
            f"unix_socket_directories = '{folder}'\n",
            "" if self._durable else NOT_DURABLE,
            f"include = '{OPERATORS}'\n",
        )
        self._write(data / "postgresql.conf", "".join(settings))
        if not (data / OPERATORS).exists():
            self._write(data / OPERATORS, "# Settings of yours; they win.\n")
        self._write(data / "pg_hba.conf", "local all all peer map=owner\n")
        self._write(data / "pg_ident.conf", f'owner "{user}" {address.OWNER}\n')

    def _write(self, path: Path, text: str) -> None:
        partial = path.with_suffix(".partial")
        with private_file(partial) as file:
            file.write(text.encode())
        self._hand_over(partial)
        partial.replace(path)

    def _prepare_socket(self) -> None:
        """Make the short directory of the socket; refuse one that somebody else made first."""
        folder = self._layout.socket
        if folder == self._layout.data:
            return
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            found = folder.lstat()
            owner = os.geteuid() if self._account is None else self._account.uid
            if found.st_uid != owner or found.st_mode & 0o077 or folder.is_symlink():
                raise PermissionError(f"{folder} belongs to somebody else") from None
        else:
            self._hand_over(folder)

    def _end_orphan(self) -> None:
        """Stop a server that outlived its keeper."""
        number = self._layout.server()
        if number is not None:
            processes.stop(number, self._ending)

    def _clear_notes(self) -> None:
        """Remove what a killed server noted, for its number may be another process's by now.

        The keeper's lock says that there is no other server; and PostgreSQL does not start while
        anything of an old one still has its shared memory.
        """
        socket = self._layout.socket / address.SOCKET_NAME
        for path in (self._layout.note, socket, socket.with_name(f"{socket.name}.lock")):
            path.unlink(missing_ok=True)

    def _hand_over(self, path: Path) -> None:
        if self._account is not None:
            os.chown(path, self._account.uid, self._account.gid, follow_symlinks=False)


def _account(data: Path) -> Account | None:
    """Return whom the server runs as, if that is another account than this process's."""
    owner = data.stat() if data.exists() else None
    user = os.geteuid()
    if user == 0:
        if owner is not None and owner.st_uid != 0:
            return Account(owner.st_uid, owner.st_gid)
        return _own_account()
    if owner is not None and owner.st_uid != user:
        raise PermissionError(f"{data} belongs to another account")
    return None


def _own_account() -> Account:
    """Return the account of the server, made where it is missing; the log tells if it cannot be."""
    found = _account_of(OWN_ACCOUNT)
    if found is not None:
        return found
    why = _made(OWN_ACCOUNT)
    found = _account_of(OWN_ACCOUNT)
    if found is not None:
        return found
    told = "no account %s can be made (%s): it runs as %s, as other programs may"
    _LOG.warning(told, OWN_ACCOUNT, why, FALL_BACK)
    found = _account_of(FALL_BACK)
    if found is None:
        raise PermissionError(f"there is no account {OWN_ACCOUNT} or {FALL_BACK} for the database")
    return found


def _account_of(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid)


def _made(name: str) -> str:
    """Make an account of the system without a home, a shell and a password; return what failed."""
    options = ("--system", "--no-create-home", "--home-dir", "/nonexistent")
    try:
        done = subprocess.run(
            (MAKE_ACCOUNT, *options, "--shell", "/usr/sbin/nologin", "--user-group", name),
            check=False,
            capture_output=True,
            text=True,
            env=ENVIRONMENT | {"PATH": "/usr/sbin:/sbin:/usr/bin:/bin"},
        )
    except OSError as error:
        return f"{MAKE_ACCOUNT}: {error.strerror}"
    return " ".join(done.stderr.split())


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []


def _finish(making: "subprocess.Popen[bytes]", said: str = "") -> None:
    making.communicate(said.encode() or None)
    if making.returncode != 0:
        raise RuntimeError("the database could not be made")


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
