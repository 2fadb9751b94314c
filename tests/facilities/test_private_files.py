"""Files and folders that only their owner reads, whatever the umask of the process."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tongguan.facilities.keys import key_of
from tongguan.facilities.private_files import (
    private_file,
    private_folder,
    write_anew,
    write_once,
)
from tongguan.settings.stored import stored_secret


@pytest.fixture(autouse=True)
def _open_to_all() -> Iterator[None]:
    """Let the process make files that everybody may read, as some hosts do."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_folder_and_those_above_it_are_their_owners_alone(tmp_path: Path) -> None:
    made = private_folder(tmp_path / "one" / "two")

    assert [mode(path) for path in (made, made.parent)] == [0o700, 0o700]


def test_a_file_is_its_owners_alone_from_the_first_byte_on(tmp_path: Path) -> None:
    path = tmp_path / "all.dump"

    with private_file(path) as file:
        assert mode(path) == 0o600
        file.write(b"rows")

    assert path.read_bytes() == b"rows"


def test_a_file_that_others_could_read_is_closed_to_them_before_it_is_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / "all.dump"
    path.write_text("an older, longer content")
    path.chmod(0o644)

    with private_file(path) as file:
        assert (mode(path), path.read_bytes()) == (0o600, b"")
        file.write(b"rows")

    assert path.read_bytes() == b"rows"


def test_what_is_written_once_stays_and_what_is_written_anew_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "one.json"

    assert write_once(path, b"first")
    assert not write_once(path, b"second")
    assert path.read_bytes() == b"first"
    write_anew(path, b"third")
    assert (path.read_bytes(), mode(path)) == (b"third", 0o600)
    assert list(tmp_path.iterdir()) == [path]


def test_keys_and_secrets_are_their_owners_alone(tmp_path: Path) -> None:
    key_of(tmp_path / "witness" / "witness.pem")
    stored_secret(tmp_path / "home" / "secret_key")

    found = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert [(path.name, mode(path)) for path in found] == [
        ("secret_key", 0o600),
        ("witness.pem", 0o600),
    ]
    assert {mode(path.parent) for path in found} == {0o700}
