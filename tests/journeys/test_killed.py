"""A whole product whose processes are killed under load, shortly; `bench.durability` at length."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow


def test_what_was_answered_is_there_once_after_processes_were_killed_under_load() -> None:
    run = subprocess.run(
        (sys.executable, "-m", "bench.durability", "--kills", "3", "--json"),
        check=False,
        capture_output=True,
        text=True,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    told = json.loads(run.stdout)
    assert sum(told["kills"].values()) == 3
    assert told["answered_at_once"] > 0
    assert told["faults"] == []
