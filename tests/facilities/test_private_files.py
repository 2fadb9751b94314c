"""Files and folders that only their owner reads, whatever the umask of the process."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tongguan.facilities.keys import key_of
from tongguan.facilities.private_files import (
    NotPlainError,
    private_file,
    private_folder,
    private_home,
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
        file.write(b"rows")
        file.flush()
        assert [mode(one) for one in tmp_path.iterdir()] == [0o600]
        assert not path.exists()

    assert (path.read_bytes(), mode(path)) == (b"rows", 0o600)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("before", [0o644, 0o666, 0o400, 0o000])
def test_who_holds_an_older_file_open_reads_nothing_of_the_new_one(
    tmp_path: Path, before: int
) -> None:
    path, other = tmp_path / "all.dump", tmp_path / "other name"
    path.write_text("an older, longer content")
    other.hardlink_to(path)
    with path.open("rb") as held:
        path.chmod(before)
        with private_file(path) as file:
            file.write(b"rows")

        assert held.read() == b"an older, longer content"
    assert (path.read_bytes(), mode(path)) == (b"rows", 0o600)
    assert path.stat().st_nlink == 1
    assert mode(other) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file to somebody else")
def test_a_file_of_somebody_else_becomes_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "all.dump"
    path.write_text("theirs")
    os.chown(path, 65_534, 65_534)

    with private_file(path) as file:
        file.write(b"rows")

    assert (path.stat().st_uid, mode(path)) == (0, 0o600)


def _whole(path: Path, content: bytes, meanwhile: Callable[[], object] = int) -> None:
    with private_file(path) as file:
        file.write(content)
        meanwhile()


def _link(path: Path, target: Path) -> None:
    target.write_text("of somebody else")
    path.symlink_to(target)


def _dangling(path: Path, target: Path) -> None:
    path.symlink_to(target / "nowhere")


def _pipe(path: Path, _target: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path, _target: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("stands", [_link, _dangling, _pipe, _folder])
@pytest.mark.parametrize("write", [_whole, write_anew])
def test_nothing_is_written_through_a_link_or_into_what_is_no_file(
    tmp_path: Path, stands: Callable[[Path, Path], None], write: Callable[[Path, bytes], None]
) -> None:
    path, target = tmp_path / "all.dump", tmp_path / "target"
    stands(path, target)
    before = path.lstat()

    with pytest.raises(NotPlainError, match=r"all\.dump is no plain file"):
        write(path, b"rows")

    assert path.lstat() == before
    assert not target.exists() or target.read_text() == "of somebody else"
    assert {one.name for one in tmp_path.iterdir()} <= {"all.dump", "target"}


def test_a_link_that_is_laid_while_a_file_is_written_is_not_followed(tmp_path: Path) -> None:
    path, target = tmp_path / "all.dump", tmp_path / "target"

    with pytest.raises(NotPlainError):
        _whole(path, b"rows", lambda: _link(path, target))

    assert target.read_text() == "of somebody else"


def test_a_file_that_could_not_be_written_whole_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "all.dump"
    path.write_text("before")

    with pytest.raises(ZeroDivisionError):
        _whole(path, b"ro", lambda: 1 // 0)

    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


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


@pytest.mark.parametrize("mode", [0o755, 0o711, 0o750, 0o700])
def test_a_home_is_closed_to_others_also_where_it_was_open_before(
    tmp_path: Path, mode: int
) -> None:
    found = tmp_path / "found"
    found.mkdir()
    found.chmod(mode)

    private_home(found)
    private_home(tmp_path / "new")

    assert found.stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
