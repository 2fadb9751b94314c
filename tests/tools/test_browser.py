"""Where there is no browser, a run says loudly at its end what it left out."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]
IN_A_BROWSER = "tests/interfaces/pages/test_look.py::test_every_part_is_open_to_everybody"


def ran(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run tests that need a browser where no program can be found."""
    kept = {name: os.environ[name] for name in ("HOME", "OMP_NUM_THREADS") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", IN_A_BROWSER],
        cwd=PROJECT,
        env={"PATH": str(folder), **kept, **environment},
        check=False,
        capture_output=True,
        text=True,
    )


def test_a_run_without_browser_ends_with_the_number_of_tests_it_left_out(tmp_path: Path) -> None:
    done = ran(tmp_path)

    assert done.returncode == 0, done.stdout
    end = done.stdout[done.stdout.index("NOT ALL TESTS RAN") :]
    assert "LEFT OUT" in end
    assert "2 tests in a browser were left out." in end


def test_a_run_without_browser_fails_where_everything_has_to_be_tried(tmp_path: Path) -> None:
    done = ran(tmp_path, CI="true")

    assert done.returncode == 1, done.stdout
    assert "LEFT OUT" in done.stdout
