"""Two nodes with homes of their own and one database: both work, or one says what it lacks."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from secrets import token_urlsafe
from shutil import copytree
from typing import Any

from msgspec.json import encode

from tests.interfaces.cli.conftest import House
from tests.interfaces.cli.loaded import Loaded, Result
from tests.interfaces.scene import declared
from tongguan.facilities.database.address import embedded_url

PURPOSES = {"ledger", "release", "sandbox-bank"}
NODE = """
import json, sys
import django; django.setup()
from django.test import Client
from tongguan.facilities.accounts.commands import admit_person
from tongguan.facilities.accounts.models import Person
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.installation_keys import signing_key
from tongguan.facilities.ledger.installation_secret import ensure_secret
from tongguan.kernel.time import utc_now
from tongguan.processes.jobs import follow
from tongguan.processes.seals import sign_ledger
now = utc_now()
ensure_secret(now=now)
while follow(now=now):
    pass
sign_ledger(now)
client = Client()
if sys.argv[1:]:
    client.cookies["tongguan_session"] = sys.argv[1]
else:
    admit_person(username="wu", password="a long first word 7", name_zh="wu", by=SYSTEM,
        postings=[], now=now)
    client.force_login(Person.objects.get(username="wu"))
answer = client.get("/accounts/password/change/")
print(json.dumps({"status": answer.status_code, "session": client.cookies["tongguan_session"].value,
    "release": signing_key("release").public_key().public_bytes_raw().hex()}))
"""


def worked(environment: Mapping[str, str], *session: str) -> dict[str, Any]:
    """Let a node follow all events, sign the ledger and serve a page to somebody signed in."""
    done = subprocess.run(
        [sys.executable, "-c", NODE, *session],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def commanded(environment: Mapping[str, str], *line: str) -> Result:
    """Run a command in a process that reads its settings anew."""
    return subprocess.run(
        [sys.executable, "-m", "tongguan", *line],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )


def lodged(node: Loaded, folder: Path, reference: str) -> Result:
    file = folder / f"{reference}.json"
    file.write_bytes(encode(declared(reference)))
    return node.run("lodge", "--json", str(file))


def test_a_second_node_needs_the_keys_of_the_first_and_then_works_as_it_does(
    house: House, short_dir: Path, tmp_path: Path
) -> None:
    subprocess.run(
        [sys.executable, "-m", "tests.journeys.region"],
        env=house.environment,
        check=True,
        capture_output=True,
    )
    url = embedded_url(house.home)
    environment = {**house.environment, "TONGGUAN_HOME": str(short_dir), "DATABASE_URL": url}
    first = house.loaded
    with Loaded.opened(environment) as second:
        number = json.loads(lodged(first, tmp_path, "ONE").stdout)["number"]
        at_first = worked(house.environment)

        # Without the keys it does not serve, says why and what to do, and makes none.
        refused = second.run("serve", "--port", "18231")
        assert refused.returncode == 1
        assert refused.stderr.count("LED-012") == len(PURPOSES)
        assert "TONGGUAN_KEYS" in refused.stderr
        listed = second.run("keys", "list", "--json")
        rows = [json.loads(line) for line in listed.stdout.splitlines()]
        assert listed.returncode == 1
        assert {row["purpose"] for row in rows if not row["here"]} == PURPOSES
        assert second.run("ledger", "key").stdout == first.run("ledger", "key").stdout
        assert second.run("ledger", "verify").stderr.count("LED-012") == len(PURPOSES)
        assert second.run("keys", "make", "ledger").returncode == 1
        unselected = lodged(second, tmp_path, "TWO")
        assert unselected.returncode == 1
        assert "RSK-011" in unselected.stdout + unselected.stderr
        assert not list(short_dir.glob("keys/*"))

        # With them it lodges, signs and answers like the first; sessions of one count at both.
        copytree(house.home / "keys", short_dir / "keys", dirs_exist_ok=True)
        other = json.loads(lodged(second, tmp_path, "TWO").stdout)["number"]
        at_second = worked(environment, at_first["session"])
        assert number != other
        assert at_second["status"] == at_first["status"] == 200
        assert at_second["release"] == at_first["release"]
        for node in (first, second):
            assert second.run("keys", "list").returncode == 0
            found = json.loads(node.run("ledger", "verify", "--json").stdout)
            assert found["broken"] == []
            assert found["checkpoints"] >= 2

        # With another secret it does not serve, unless it knows the former one; then that is over.
        other_secret = {**environment, "TONGGUAN_SECRET_KEY": token_urlsafe(50)}
        refused = commanded(other_secret, "serve", "--port", "18231")
        assert refused.returncode == 1
        assert "LED-015" in refused.stderr
        assert "TONGGUAN_SECRET_KEY_BEFORE" in refused.stderr
        former = environment["TONGGUAN_SECRET_KEY"]
        changed = {**other_secret, "TONGGUAN_SECRET_KEY_BEFORE": former}
        assert worked(changed, at_first["session"])["status"] == 200
        assert "0 second factors" in commanded(changed, "keys", "reseal").stdout
        for line in (("serve", "--port", "18231"), ("keys", "reseal")):
            refused = first.run(*line)
            assert refused.returncode == 1
            assert "LED-015" in refused.stderr
        lost = ("keys", "replace-secret", "--reason", "the vault burnt")
        assert first.run(*lost).returncode == 0
        assert "LED-016" in first.run(*lost).stderr
