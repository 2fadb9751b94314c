"""`tongguan risk backtest`: a whole policy over history, told a week a line, with a chart."""

import csv
import json
import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.interfaces.cli.conftest import Run
from tests.interfaces.cli.loaded import Result
from tongguan.domain.risk.rules.learning.columns import KCS

SMALL = ("--budget", "6", "--cold", "14", "--delay", "3", "--retrain", "14")


def write(path: Path, *, first: date, days: int, seed: int) -> Path:
    """Write thirty invented rows a day; toys from one country are nearly all at fault."""
    dice, columns = random.Random(seed), dict(KCS.facts)
    with path.open("w", newline="") as lines:
        writer = csv.DictWriter(lines, [KCS.day, KCS.label, *columns.values()])
        writer.writeheader()
        for number in range(days * 30):
            toys = dice.random() < 0.2
            row = dict.fromkeys(columns.values(), "")
            row |= {
                KCS.day: str(first + timedelta(days=number // 30)),
                KCS.label: str(int(toys and dice.random() < 0.9)),
                columns["line.commodity"]: "950300" if toys else dice.choice(("847130", "220421")),
                columns["line.origin"]: "CN" if toys else dice.choice(("DE", "FR")),
                columns["line.net_kg"]: str(dice.randrange(10, 900)),
                columns["line.value"]: str(dice.randrange(100, 9_000)),
                columns["line.rate"]: "8.0",
            }
            writer.writerow(row)
    return path


@pytest.fixture
def history(tmp_path: Path) -> Path:
    return write(tmp_path / "history.csv", first=date(2025, 3, 3), days=42, seed=1)


def told(result: Result) -> tuple[list[dict[str, object]], dict[str, object]]:
    *weeks, totals = map(json.loads, result.stdout.splitlines())
    return weeks, totals


def test_a_week_is_a_line_and_the_totals_come_last(tongguan: Run, history: Path) -> None:
    result = tongguan("risk", "backtest", "--history", str(history), *SMALL, "--json")

    weeks, totals = told(result)
    assert (result.returncode, result.stderr) == (0, "")
    assert [one["week"] for one in weeks] == [
        f"2025-{day}" for day in ("03-03", "03-10", "03-17", "03-24", "03-31", "04-07")
    ]
    assert [one["looked_at"] for one in weeks] == [42] * 6
    assert [one["trainings"] for one in weeks] == [0, 0, 1, 1, 2, 2]
    assert weeks[0]["sources"].keys() == {"exploration", "filled"}  # type: ignore[attr-defined]
    assert totals["totals"]["looked_at"] == 252  # type: ignore[index]
    assert totals["truth"] == "known of every row"
    assert list(totals["files"]) == [str(history)]  # type: ignore[call-overload]


def test_the_same_again_comes_out_the_same(tongguan: Run, history: Path) -> None:
    line = ("risk", "backtest", "--history", str(history), *SMALL, "--json")

    first, again = tongguan(*line), tongguan(*line)

    assert first.stdout == again.stdout


def test_what_is_known_from_before_and_a_group_that_is_watched(
    tongguan: Run, history: Path, tmp_path: Path
) -> None:
    before = write(tmp_path / "before.csv", first=date(2025, 1, 6), days=56, seed=2)
    watch, chart = "line.commodity prefix 9503", tmp_path / "chart.svg"
    line = ("risk", "backtest", "--history", str(history), "--train", str(before), *SMALL)

    result = tongguan(*line, "--watch", watch, "--chart", str(chart))

    rows = result.stdout.splitlines()
    assert result.returncode == 0
    assert rows[0].split("  ")[-1] == "watched: recall"
    assert rows[-1] == "Truth: known of every row."
    assert float(rows[1].split()[4].rstrip("%")) > 60  # nothing is cold
    drawn = chart.read_text("utf-8")
    assert drawn.startswith("<svg ")
    assert "recall, watched group" in drawn
    assert "prefers-color-scheme: dark" in drawn


def test_on_a_terminal_it_is_drawn_in_plain_text_in_the_language_asked(
    tongguan: Run, history: Path
) -> None:
    result = tongguan(
        "--lang", "zh-hans", "risk", "backtest", "--history", str(history), "--model", "none"
    )

    assert result.returncode == 0
    assert "选查办法每周的查获情况" in result.stdout
    assert "100% │" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 120


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("--watch", "line.origin above 5"), "this operator does not fit the field"),
        (("--watch", "colour"), "there is no such field"),
        (("--exploration", "2"), "the share is not between 0 and 1"),
        (("--exploration", "half"), "“half” is not a number."),
        (("--label", "guilt"), "guilt"),
        (("--model", "in_force"), "RSK-042"),
        (("--since", "2030-01-01"), "no row lies in the span"),
    ],
)
def test_what_cannot_be_run_is_told_at_once(
    tongguan: Run, history: Path, line: tuple[str, ...], words: str
) -> None:
    result = tongguan("risk", "backtest", "--history", str(history), *line)

    assert result.returncode == 2
    assert words in result.stderr


def test_of_the_house_the_truth_is_known_only_where_somebody_looked(tongguan: Run) -> None:
    result = tongguan("risk", "backtest", "--model", "none", "--json")

    weeks, totals = told(result)
    assert (result.returncode, weeks) == (0, [])
    assert (totals["totals"], totals["truth"]) == ({}, "known only where somebody looked")
    assert len(totals["settled"]["set_version"]) == 64  # type: ignore[index]
