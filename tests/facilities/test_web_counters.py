"""Figures of the web server: sums of all processes, and gauges of those that live."""

import subprocess
import sys
from pathlib import Path

from tongguan.facilities.web_counters import NAMES, Counters, read
from tools.processes import started

COUNT = """
import sys
from pathlib import Path
from tongguan.facilities.web_counters import Counters
counters = Counters(Path(sys.argv[1]))
counters.add("gate_answered", 3)
counters.add("pages_running")
print(flush=True)
sys.stdin.read()
"""


def test_where_nobody_has_served_all_is_zero(tmp_path: Path) -> None:
    assert read(tmp_path) == dict.fromkeys(NAMES, 0)


def test_sums_outlive_a_process_and_gauges_do_not(tmp_path: Path) -> None:
    own = Counters(tmp_path)
    own.add("gate_answered")
    own.add("pages_running", 2)
    line, both_ways = (sys.executable, "-c", COUNT, str(tmp_path)), subprocess.PIPE
    with started(line, stdin=both_ways, stdout=both_ways) as other:
        assert other.stdout
        other.stdout.readline()
        both = read(tmp_path)
    alone = read(tmp_path)

    assert (both["gate_answered"], both["pages_running"]) == (4, 3)
    assert (alone["gate_answered"], alone["pages_running"]) == (4, 2)


def test_the_next_process_counts_on(tmp_path: Path) -> None:
    line = (sys.executable, "-c", COUNT, str(tmp_path))
    for _time in range(2):
        subprocess.run(line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)

    assert read(tmp_path)["gate_answered"] == 6
    assert len(list((tmp_path / "web-counters").iterdir())) == 1


def test_reading_does_not_free_the_place_of_who_reads(tmp_path: Path) -> None:
    first = Counters(tmp_path)
    read(tmp_path)
    second = Counters(tmp_path)
    first.add("gate_answered")
    second.add("gate_answered")

    assert read(tmp_path)["gate_answered"] == 2
