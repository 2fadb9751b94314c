"""What exploration is for: a new fraud starts half-way, and only who looks at random learns of it.

Invented declarations (bench/inventions), one budget of inspections a day, and the product's own
backtest and learner: once with a part of the budget drawn for exploration, once with all of it
given to the highest scores. Told is the recall of the new fraud, week by week, for several seeds.

python -m bench.exploration [--seeds 5] [--chart docs/guide/exploration.svg] [--json]
"""

import json
import statistics
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from bench.house import asking
from bench.inventions import A_DAY, NEW_FROM_WEEK, NEW_PATTERN, WEEKS, declared
from tongguan.domain.risk.criteria import Policy
from tongguan.domain.risk.rules.backtesting.figures import Figures
from tongguan.domain.risk.rules.backtesting.plan import Plan
from tongguan.domain.risk.rules.backtesting.running import backtest
from tongguan.domain.risk.rules.learning.learner import learn
from tongguan.interfaces.cli.drawing import Chart, Line, svg

BUDGET: Final = 25
EXPLORED: Final = 8
PROCESSES: Final = 2
LAST: Final = 4
"""The last weeks, by which recovery is judged."""


def recalls(
    seed: int, *, explore: bool, weeks: int = WEEKS, new_from: int = NEW_FROM_WEEK
) -> list[float | None]:
    """Return the recall of the new fraud in each week of one run."""
    told = run(seed, explore, weeks, new_from)
    return [None if one.watched is None else one.watched.recall for one in told]


def run(seed: int, explore: bool, weeks: int, new_from: int) -> list[Figures]:
    """Return the weeks of one run; both kinds of run have the same budget."""
    plan = Plan(
        policy=Policy(
            inspect_from=Decimal(0),
            exploration=Decimal("1.5") * EXPLORED / A_DAY if explore else Decimal(0),
        ),
        budget=BUDGET,
        slice=Decimal(EXPLORED) / BUDGET if explore else Decimal(0),
        delay_days=7,
        retrain_days=14,
        cold_days=28,
        others=0,
        seed=seed,
        watched=NEW_PATTERN,
    )
    return list(backtest(declared(seed, weeks=weeks, new_from=new_from), plan, learn=learn))


def last_weeks(found: Sequence[float | None]) -> float:
    """Return the mean recall of the last weeks."""
    return statistics.fmean(one or 0.0 for one in found[-LAST:])


def drawing(
    with_it: Sequence[Sequence[float | None]], without: Sequence[Sequence[float | None]]
) -> Chart:
    """Return the chart: every run thin, and the mean of each kind."""
    lines = []
    for runs, words, colour in (
        (with_it, f"{EXPLORED} of {BUDGET} inspections a day drawn at random", 0),
        (without, f"all {BUDGET} by score", 1),
    ):
        # Before it starts there is nothing to find: what is at fault then is chance.
        none: list[float | None] = [None] * NEW_FROM_WEEK
        begun = [[*none, *one[NEW_FROM_WEEK:]] for one in runs]
        lines += [Line("", one, colour, faint=True) for one in begun]
        means = [_mean([one[place] for one in begun]) for place in range(WEEKS)]
        lines.append(Line(words, means, colour))
    seeds = f"invented declarations, {len(with_it)} seeds"
    title = f"Recall of a fraud that starts in week {NEW_FROM_WEEK + 1} ({seeds})"
    return Chart(
        title,
        [str(week) for week in range(1, WEEKS + 1)],
        lines,
        moment=(NEW_FROM_WEEK, "the new fraud starts"),
    )


def _recalls(kind: tuple[int, bool]) -> list[float | None]:
    seed, explore = kind
    return recalls(seed, explore=explore)


def _mean(figures: Sequence[float | None]) -> float | None:
    known = [one for one in figures if one is not None]
    return statistics.fmean(known) if known else None


def main() -> None:
    """Run both kinds, tell the figures, and draw them where asked."""
    options = asking(__doc__)
    options.add_argument("--seeds", type=int, default=5)
    options.add_argument("--chart", type=Path)
    asked = options.parse_args()
    seeds = range(1, asked.seeds + 1)
    kinds = [(seed, explore) for seed in seeds for explore in (True, False)]
    runs: dict[bool, list[list[float | None]]] = {True: [], False: []}
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        for (seed, explore), found in zip(kinds, pool.map(_recalls, kinds), strict=True):
            runs[explore].append(found)
            if not explore:
                told = {
                    "seed": seed,
                    "explored": round(last_weeks(runs[True][-1]), 3),
                    "by_score_alone": round(last_weeks(found), 3),
                }
                print(json.dumps(told) if asked.json else told, flush=True)
    if asked.chart:
        asked.chart.write_text(svg(drawing(runs[True], runs[False])), encoding="utf-8")


if __name__ == "__main__":
    main()
