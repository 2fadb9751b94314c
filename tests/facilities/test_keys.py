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

from tongguan.facilities.keys import public_key, public_keys, signing_key


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with override_settings(KEYS_DIR=tmp_path / "keys"):
        yield tmp_path / "keys"


def test_a_key_is_made_once_and_only_its_owner_can_read_it(folder: Path) -> None:
    made = public_key("ledger")

    assert public_key("ledger") == made != public_key("release")
    assert (folder / "ledger.pem").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in folder.iterdir()) == ["ledger.pem", "release.pem"]


def test_signatures_of_a_key_that_was_replaced_still_count(folder: Path, tmp_path: Path) -> None:
    retired, release = public_key("ledger"), public_key("release")
    (folder / "ledger.pem").rename(folder / "ledger-2026.pem")
    folder.rename(tmp_path / "moved")

    with override_settings(KEYS_DIR=tmp_path / "moved"):
        found = public_keys("ledger")

        assert found == {retired, public_key("ledger")}
        assert len(found) == 2
        assert release not in found


def test_what_is_no_such_key_is_refused(folder: Path) -> None:
    folder.mkdir()
    other = X25519PrivateKey.generate()
    (folder / "ledger.pem").write_bytes(
        other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )

    with pytest.raises(TypeError, match=r"ledger\.pem holds no Ed25519 key"):
        signing_key("ledger")


def test_two_who_make_a_key_at_once_use_the_same(folder: Path) -> None:
    together = Barrier(8)

    def made(purpose: str) -> bytes:
        together.wait()
        return public_key(purpose)

    with ThreadPoolExecutor(8) as pool:
        for number in range(20):
            used = set(pool.map(made, [f"k{number}"] * 8))
            kept = load_pem_private_key((folder / f"k{number}.pem").read_bytes(), None)
            assert used == {kept.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)}
