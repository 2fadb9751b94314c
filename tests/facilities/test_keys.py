"""Keys of an installation: made once, readable by their owner, kept when they are replaced."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.test import override_settings

from tongguan.facilities.keys import kept_keys, key_of, make_key, public_keys


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with override_settings(KEYS_DIR=tmp_path / "keys"):
        yield tmp_path / "keys"


def test_a_key_is_made_once_and_only_its_owner_can_read_it(folder: Path) -> None:
    assert kept_keys("ledger") == {}

    made = make_key("ledger")

    assert public_keys("ledger") == {made}
    assert made != make_key("release")
    assert (folder / "ledger.pem").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in folder.iterdir()) == ["ledger.pem", "release.pem"]


def test_a_further_key_stands_beside_the_first_and_both_count(folder: Path) -> None:
    first, release = make_key("ledger"), make_key("release")

    further = make_key("ledger")

    assert public_keys("ledger") == {first, further}
    assert public_keys("release") == {release}
    assert (folder / f"ledger-{further.hex()[:16]}.pem").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_replaced_is_read_anew(folder: Path) -> None:
    first = make_key("ledger")
    further = make_key("ledger")

    (folder / f"ledger-{further.hex()[:16]}.pem").replace(folder / "ledger.pem")

    assert public_keys("ledger") == {further}
    assert first not in public_keys("ledger")


def test_what_is_no_such_key_is_refused(folder: Path) -> None:
    folder.mkdir()
    other = X25519PrivateKey.generate()
    (folder / "ledger.pem").write_bytes(
        other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )

    with pytest.raises(TypeError, match=r"ledger\.pem holds no Ed25519 key"):
        kept_keys("ledger")


def test_two_who_make_a_key_at_once_use_the_same(folder: Path) -> None:
    together = Barrier(8)

    def made(path: Path) -> bytes:
        together.wait()
        return key_of(path).public_key().public_bytes_raw()

    with ThreadPoolExecutor(8) as pool:
        for number in range(20):
            path = folder / f"k{number}.pem"
            used = set(pool.map(made, [path] * 8))
            kept = load_pem_private_key(path.read_bytes(), None)
            assert used == {kept.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)}
