"""What tests and benches start is ended, whatever happens."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.processes import is_running, started

PROJECT = Path(__file__).parents[2]
STUBBORN = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = os.fork()
if child:
    print(child, flush=True)
time.sleep(600)
"""


def test_a_process_that_will_not_end_is_gone_with_its_children_after_a_failure() -> None:
    numbers: list[int] = []

    with pytest.raises(RuntimeError, match="a fault of the bench"):
        fail_with_a_stubborn_process(numbers)

    assert [is_running(number) for number in numbers] == [False, False]
    assert os.getpgrp() not in numbers


def fail_with_a_stubborn_process(numbers: list[int]) -> None:
    line = [sys.executable, "-c", STUBBORN]
    with started(line, stdout=subprocess.PIPE, patience=0.2) as process:
        assert process.stdout
        numbers += [process.pid, int(process.stdout.readline())]
        raise RuntimeError("a fault of the bench")


def test_tests_and_benches_start_processes_by_the_one_function_that_ends_them() -> None:
    bare = re.compile(r"subprocess\.Popen\(")
    found = {
        str(path.relative_to(PROJECT))
        for folder in ("bench", "tests", "tools")
        for path in (PROJECT / folder).rglob("*.py")
        if bare.search(path.read_text(encoding="utf-8"))
    }

    assert found - {"tests/tools/test_processes.py"} == {"tools/processes.py"}
