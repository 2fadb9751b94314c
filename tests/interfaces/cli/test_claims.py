"""`tongguan claims`: listed, decided by who signs in, refused with code and remedy."""

import json
import subprocess
import sys

import pytest

from tests.interfaces.cli.conftest import House, Run

PASSWORD = "a long first word 7\n"
CLAIM = """
import django; django.setup()
from datetime import UTC, date, datetime
from tongguan.interfaces.cli.database import make_ready
make_ready()
from tests.domain.cargo.factories import carrier, manifest
from tongguan.domain.cargo.commands import receive_manifest
from tongguan.domain.parties.commands import register
from tongguan.domain.parties.values import CreditClass, EnterpriseKind
from tongguan.facilities.accounts.commands import admit_person
from tongguan.facilities.accounts.values import SYSTEM, NewPosting, Role
from tongguan.kernel.identifiers import credit_code
from tongguan.kernel.problems import ProblemError
now = datetime.now(UTC)
lines = [register(scc=str(credit_code(f"91120116FAKE0008{n}")), customs_code=f"120790008{n}",
    name_zh=f"天津示例运输{n}有限公司", name_en="", kind=EnterpriseKind.CARRIER, home_office="0117",
    credit=CreditClass.GENERAL, by=SYSTEM, now=now, since=date(2020, 1, 1)) for n in (1, 2)]
admit_person(username="wu", password="a long first word 7", name_zh="wu", by=SYSTEM,
    postings=[NewPosting(Role.INSPECTOR, office="0202")], now=now)
receive_manifest(manifest(), by=carrier(lines[0]), now=now)
try:
    receive_manifest(manifest(), by=carrier(lines[1]), now=now)
except ProblemError:
    pass
"""


@pytest.mark.slow
def test_an_officer_who_signs_in_decides_a_claim(house: House, tongguan: Run) -> None:
    subprocess.run([sys.executable, "-c", CLAIM], check=True, env=house.environment)
    listed = tongguan("claims", "list", "--by", "wu", "--json")
    row = json.loads(listed.stdout)
    assert (row["manifest"], row["bills"], row["outcome"]) == ("M1", "B1 B2", "")
    decide = ("claims", "decide", row["id"], "first", "--by", "wu", "--reason")

    named = tongguan(*decide, "no proof")
    guessed = tongguan(*decide, "no proof", "--password-stdin", text="guess\n")
    silent = tongguan(*decide, " ", "--password-stdin", text=PASSWORD)
    other = tongguan("claims", "decide", "17", "first", "--by", "wu", "--reason", "x")
    done = tongguan(*decide, "no proof", "--password-stdin", text=PASSWORD)
    again = tongguan(*decide, "no proof", "--password-stdin", "--json", text=PASSWORD)

    assert named.returncode == other.returncode == 2
    assert "--password-stdin" in named.stderr
    assert guessed.stderr.startswith("ACC-017")
    assert silent.stderr.startswith("CAR-028")
    assert done.returncode == 0
    assert json.loads(again.stdout)["problems"][0]["code"] == "CAR-027"
    after = json.loads(tongguan("claims", "list", "--by", "wu", "--json").stdout)
    assert (after["outcome"], after["reason"]) == ("FIRST", "no proof")
