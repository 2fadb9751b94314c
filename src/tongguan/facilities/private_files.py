"""Files and folders for their owner alone, from the moment they are made and whatever the umask."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp
from typing import IO

FILE_MODE = 0o600
FOLDER_MODE = 0o700


def private_folder(path: Path) -> Path:
    """Make a folder, and those above it that are missing, for its owner alone; return it."""
    for missing in reversed([one for one in (path, *path.parents) if not one.exists()]):
        with suppress(FileExistsError):  # made by another process meanwhile
            missing.mkdir(mode=FOLDER_MODE)
            missing.chmod(FOLDER_MODE)
    return path


def private_file(path: Path) -> IO[bytes]:
    """Open a file for writing that its owner alone reads.

    One that is there is closed to others first, then emptied.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT, FILE_MODE)
    os.fchmod(handle, FILE_MODE)
    os.ftruncate(handle, 0)
    return os.fdopen(handle, "wb")


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
    """Write a file whole and durably, in the place of one that is there."""
    _written(path.parent, content).replace(path)
    _keep(path.parent)


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
