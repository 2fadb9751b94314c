"""Keys in a token: made and used there, by every process and node that has it, and never half."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import Client, override_settings
from django.utils import translation

from tests.domain.holding import BOXES, NOW, held, trader
from tests.homes import environment_of
from tests.processes.test_failed_events import ADMINISTRATOR, put
from tongguan.domain.release import commands
from tongguan.domain.release.genuine import is_genuine
from tongguan.domain.release.queries import orders_of
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.announcements import failures
from tongguan.facilities.keys import make_key, public_keys
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.installation_keys import (
    ensure_keys,
    installation_keys,
    missing_keys,
    public_key,
    signing_key,
)
from tongguan.facilities.ledger.models import Checkpoint, Entry
from tongguan.facilities.ledger.queries import own_trust, verify
from tongguan.facilities.ledger.signing import sign_heads
from tongguan.interfaces.cli.keys import keys
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.processes.jobs import Follower, KeysMissingError
from tongguan.processes.signing_keys import rotate_key
from tools import softhsm

PIN = "7416 2938"
FORKED = """
import json, os, sys
import pkcs11
from django.conf import settings
from tongguan.facilities.keys import kept_keys, make_key
public = make_key("release")
key = kept_keys("release")[public]
signed = [key.sign(b"parent")]
for name in (b"child", b"grandchild"):
    reading, writing = os.pipe()
    if os.fork() == 0:
        own = kept_keys("release")[public]
        os.write(writing, own.sign(name) + key.sign(name + b" by what it was given"))
        os._exit(0)
    os.wait()
    found = os.read(reading, 1000)
    signed += [found[:64], found[64:]]
signed.append(key.sign(b"parent again"))
library = pkcs11.lib(str(settings.PKCS11_MODULE))
library.reinitialize()
token = library.get_token(token_label=settings.PKCS11_TOKEN)
session = token.open(user_pin=settings.PKCS11_PIN_FILE.read_text().strip())
private = [dict(
    extractable=one[pkcs11.Attribute.EXTRACTABLE],
    never_extractable=one[pkcs11.Attribute.NEVER_EXTRACTABLE],
    sensitive=one[pkcs11.Attribute.SENSITIVE],
) for one in session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY})]
print(json.dumps([public.hex(), [one.hex() for one in signed], private]))
"""
FORKED_DATA = (
    b"parent",
    *(b"child", b"child by what it was given"),
    *(b"grandchild", b"grandchild by what it was given"),
    b"parent again",
)


@dataclass(frozen=True)
class Tokens:
    """Where tokens of SoftHSM lie, and what a process needs to use them."""

    folder: Path
    module: Path
    pin_file: Path

    @property
    def configuration(self) -> Path:
        return self.folder / "softhsm2.conf"

    def made(self, label: str) -> "override_settings":
        """Make a token; return the settings that name it."""
        initialise = ["--init-token", "--free", "--label", label, "--so-pin", "1234567890"]
        subprocess.run([softhsm.TOOL, *initialise, "--pin", PIN], check=True, capture_output=True)
        return self.named(label)

    def named(self, label: str, **others: object) -> "override_settings":
        named = {"PKCS11_MODULE": self.module, "PKCS11_PIN_FILE": self.pin_file}
        return override_settings(PKCS11_TOKEN=label, **{**named, **others})

    def environment(self, label: str) -> Mapping[str, str]:
        return {
            "SOFTHSM2_CONF": str(self.configuration),
            "TONGGUAN_PKCS11_MODULE": str(self.module),
            "TONGGUAN_PKCS11_TOKEN": label,
            "TONGGUAN_PKCS11_PIN_FILE": str(self.pin_file),
        }

    def remove(self) -> None:
        """Take the device away."""
        (self.folder / "tokens").rename(self.folder / "away")

    def put_back(self) -> None:
        (self.folder / "away").rename(self.folder / "tokens")


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tokens]:
    """Return a place for tokens; where CI runs there has to be a SoftHSM."""
    module = softhsm.found()
    if module is None and os.environ.get("CI"):
        pytest.fail(softhsm.LEFT_OUT)
    if module is None:
        pytest.skip(softhsm.LEFT_OUT)
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    pin_file = folder / "pin"
    pin_file.touch(0o600)
    pin_file.write_text(f"{PIN}\n")
    made = Tokens(folder, Path(module), pin_file)
    made.configuration.write_text(f"directories.tokendir = {folder / 'tokens'}\n")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SOFTHSM2_CONF", str(made.configuration))
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with override_settings(KEYS_DIR=tmp_path / "keys"):
        yield tmp_path / "keys"


def places() -> dict[str, str]:
    """Return where each key in use is."""
    return {row.purpose: row.place for row in installation_keys() if row.retired_at is None}


def held_twice() -> list[DeclarationId]:
    """Return two declarations of a container each."""
    who = trader()
    return [held(who, units=(box,)) for box in BOXES]


def follow_all(worker: Follower) -> None:
    while worker.step(now=NOW):
        pass


def codes() -> list[str]:
    return [fault.problem.code for fault in missing_keys()]


@pytest.mark.django_db
def test_a_new_installation_makes_its_keys_in_the_token_and_signs_with_them(
    tokens: Tokens, folder: Path, tmp_path: Path
) -> None:
    with tokens.made("new"):
        ensure_keys()
        record("TRIED", None, by=SYSTEM, at=NOW)
        sign_heads(now=NOW)
        early, late = held_twice()
        commands.make_orders([early], by=SYSTEM, now=NOW)

        assert places() == {"ledger": "token", "release": "token"}
        assert not folder.exists()
        assert verify().broken == ()
        assert [is_genuine(row) for row in orders_of(early)] == [True]
        release = public_key("release")
        assert signing_key("release").public_key().public_bytes_raw() == release

    # A node of the same installation: with the token it has the keys, without it says so.
    with override_settings(KEYS_DIR=tmp_path / "second"):
        assert codes() == ["LED-012", "LED-012"]
        with tokens.named("new"):
            assert codes() == []
            signature = signing_key("release").sign(b"goods")
        with tokens.made("empty"):
            assert codes() == ["LED-017", "LED-017"]
            with pytest.raises(ProblemError, match="LED-017"):
                commands.make_orders([late], by=SYSTEM, now=NOW)
    Ed25519PublicKey.from_public_bytes(release).verify(signature, b"goods")


@pytest.mark.django_db
def test_keys_in_files_go_on_until_they_are_rotated_into_the_token(
    tokens: Tokens, folder: Path
) -> None:
    ensure_keys()
    record("TRIED", None, by=SYSTEM, at=NOW)
    sign_heads(now=NOW)
    former = public_key("ledger")
    with tokens.made("further"):
        ensure_keys()
        assert places() == {"ledger": "file", "release": "file"}

        further = make_key("ledger")
        rotate_key(purpose="ledger", key=further.hex(), reason="HSM", by=ADMINISTRATOR, now=NOW)
        sign_heads(now=NOW)

        assert places() == {"ledger": "token", "release": "file"}
        assert [bytes(row.key) for row in Checkpoint.objects.order_by("number")] == [
            former,
            further,
        ]
        assert verify().broken == ()
        assert public_keys("ledger") == {former, further}
    assert sorted(path.name for path in folder.iterdir()) == ["ledger.pem", "release.pem"]


@pytest.mark.django_db(transaction=True)
def test_while_the_hsm_is_away_what_must_be_signed_waits_whole_and_orders_can_be_checked(
    tokens: Tokens, folder: Path, client: Client
) -> None:
    with tokens.made("removed"):
        ensure_keys()
        early, late = held_twice()
        commands.make_orders([early], by=SYSTEM, now=NOW)
        put("Released", late)
        worker, written = Follower(), Entry.objects.count()
        assert [is_genuine(row) for row in orders_of(early)] == [True]
        tokens.remove()
        try:
            with pytest.raises(ProblemError) as unsigned:
                sign_heads(now=NOW)
            with pytest.raises(KeysMissingError, match="HSM-00"):
                follow_all(worker)
            assert unsigned.value.faults[0].problem.status == 503
            assert codes() == [unsigned.value.faults[0].problem.code]
            assert "HSM" in json.dumps(client.get("/readyz").json())
            assert (Checkpoint.objects.count(), Entry.objects.count()) == (0, written)
            assert orders_of(late) == ()
            assert verify(trust=own_trust([public_key("ledger")])).broken == ()
            assert [is_genuine(row) for row in orders_of(early)] == [True]
        finally:
            tokens.put_back()

        for later in range(10):
            worker.step(now=NOW + timedelta(seconds=later))
        sign_heads(now=NOW)
        assert codes() == []
        assert [is_genuine(row) for row in orders_of(late)] == [True]
        assert failures.failed_events() == ()
        assert verify().broken == ()


@pytest.mark.django_db
def test_what_is_wrong_with_the_settings_of_a_token_is_refused_each_by_its_code(
    tokens: Tokens, folder: Path, tmp_path: Path
) -> None:
    pin_file = tmp_path / "pin"
    no_module = tmp_path / "module.so"
    no_module.write_text("no library")

    def refused(**changed: object) -> str:
        label = str(changed.pop("label", "settings"))
        with tokens.named(label, **changed), pytest.raises(ProblemError) as error:
            ensure_keys()
        assert not folder.exists()
        [fault] = error.value.faults
        return fault.problem.code

    with tokens.made("settings"):
        pass
    assert refused(PKCS11_MODULE=None) == refused(PKCS11_PIN_FILE=None) == "HSM-001"
    assert refused(label="") == "HSM-001"
    assert refused(PKCS11_MODULE=tmp_path / "nowhere.so") == "HSM-003"
    assert refused(PKCS11_MODULE=no_module) == "HSM-003"
    assert refused(label="another") == "HSM-004"
    assert refused(PKCS11_PIN_FILE=pin_file) == "HSM-005"
    assert refused(PKCS11_PIN_FILE=tmp_path) == "HSM-005"
    for content, mode in (("", 0o600), (PIN, 0o640), (PIN, 0o604)):
        pin_file.write_text(content)
        pin_file.chmod(mode)
        assert refused(PKCS11_PIN_FILE=pin_file) == "HSM-005"
    pin_file.chmod(0o600)
    pin_file.write_text("0000 0000")
    assert refused(PKCS11_PIN_FILE=pin_file) == refused(PKCS11_PIN_FILE=pin_file) == "HSM-006"
    pin_file.write_text(PIN)
    with tokens.named("settings", PKCS11_PIN_FILE=pin_file):
        ensure_keys()
        assert places() == {"ledger": "token", "release": "token"}


def test_every_process_that_is_forked_signs_and_no_key_can_be_taken_out(
    tokens: Tokens, tmp_path: Path
) -> None:
    with tokens.made("forked"):
        pass
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORKED],
        env={**environment_of(tmp_path), **tokens.environment("forked")},
        check=True,
        capture_output=True,
        text=True,
    )

    public, signatures, private = json.loads(done.stdout)
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    for signature, data in zip(signatures, FORKED_DATA, strict=True):
        key.verify(bytes.fromhex(signature), data)
    assert private == [{"extractable": False, "never_extractable": True, "sensitive": True}]


@pytest.mark.django_db
def test_keys_are_made_listed_and_rotated_in_a_token_by_the_command_line(
    tokens: Tokens, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(*line: str, code: int = 0) -> str:
        with translation.override("en"):
            done = CliRunner().invoke(keys, line, standalone_mode=False)
        assert done.exception is None
        assert (done.return_value or 0) == code
        return done.output

    monkeypatch.setenv("DATABASE_URL", "that of this test")
    ensure_keys()
    with tokens.made("commanded"):
        made = told("make", "ledger")
        key = made.splitlines()[0]
        rotated = told("rotate", "ledger", key, "--reason", "to the HSM")
        listed = told("list")
        rows = [json.loads(line) for line in told("list", "--json").splitlines()]
    without = told("list", code=1)

    assert "in the token “commanded”" in made
    assert "Keep the former key" in rotated
    assert listed.count("in the token “commanded”") == 1
    assert listed.count("in a file here") == 2
    in_use = {row["purpose"]: row["place"] for row in rows if not row["retired_at"]}
    assert in_use == {"ledger": "token", "release": "file"}
    assert f"{key}  in use since" in without
    assert without.count("NOT HERE") == 1
