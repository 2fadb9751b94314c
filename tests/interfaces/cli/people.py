"""People who sign in for one command of the command line."""

import subprocess
import sys

from tests.interfaces.cli.conftest import House

PASSWORD = "a long first word 7\n"
_ADMIT = """
import sys
import django; django.setup()
from datetime import UTC, datetime
from tongguan.interfaces.cli.database import make_ready
make_ready()
from tongguan.facilities.accounts.commands import admit_person
from tongguan.facilities.accounts.values import SYSTEM, NewPosting, Role
for line in sys.argv[1:]:
    name, role = line.split(":")
    admit_person(username=name, password="a long first word 7", name_zh=name, by=SYSTEM,
        postings=[NewPosting(Role(role))], now=datetime.now(UTC))
"""


def admit(house: House, **roles: str) -> None:
    """Admit people by name, each in a role."""
    lines = [f"{name}:{role}" for name, role in roles.items()]
    subprocess.run([sys.executable, "-c", _ADMIT, *lines], check=True, env=house.environment)


def signed(name: str) -> tuple[str, ...]:
    """Return how somebody signs in for one command."""
    return ("--by", name, "--password-stdin")
