"""Files and folders for their owner alone, from the moment they are made and whatever the umask."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import IO

FILE_MODE = 0o600
FOLDER_MODE = 0o700
OF_OTHERS = 0o077


def private_folder(path: Path) -> Path:
    """Make a folder, and those above it that are missing, for its owner alone; return it."""
    for missing in reversed([one for one in (path, *path.parents) if not one.exists()]):
        with suppress(FileExistsError):  # made by another process meanwhile
            missing.mkdir(mode=FOLDER_MODE)
            missing.chmod(FOLDER_MODE)
    return path


def private_home(path: Path) -> Path:
    """Make the folder of an installation for its owner alone, or close it to others; return it.

    One that belongs to another account is left as it is.
    """
    private_folder(path)
    found = path.stat()
    if found.st_uid == os.geteuid() and found.st_mode & OF_OTHERS:
        path.chmod(stat.S_IMODE(found.st_mode) & ~OF_OTHERS)
    return path


class NotPlainError(OSError):
    """What stands under a name is a link, a device or another thing that is no plain file."""


@contextmanager
def private_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing that its owner alone reads; it has its name once it is whole.

    It is always a new one: what is there under the name stays as it is until then, and whoever
    holds it open, reads it by another name or owns it sees nothing of the new one. Where writing
    fails, nothing has changed.

    Raises:
        NotPlainError: a link stands there, or a device, a pipe or a folder.
    """
    require_plain(path)
    handle, name = mkstemp(dir=path.parent)  # 0600, whatever the umask
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        require_plain(path)
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    _keep(path.parent)


def require_plain(path: Path) -> None:
    """Refuse to write where something stands that is no plain file.

    Raises:
        NotPlainError: as `private_file`.
    """
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(path.lstat().st_mode):
            raise NotPlainError(f"{path} is no plain file")


def write_once(path: Path, content: bytes) -> bool:
    """Write a file whole and durably unless it is there; return whether it was written."""
    partial = _written(path.parent, content)
    try:
        os.link(partial, path)
    except FileExistsError:
        return False
    finally:
        partial.unlink()
    _keep(path.parent)
    return True


def write_anew(path: Path, content: bytes) -> None:
    """Write a file whole and durably, in the place of one that is there.

    Raises:
        NotPlainError: as `private_file`.
    """
    with private_file(path) as file:
        file.write(content)


def _written(folder: Path, content: bytes) -> Path:
    handle, name = mkstemp(dir=folder)  # 0600, whatever the umask
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def _keep(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
