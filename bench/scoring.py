"""How fast a model scores: a batch of 1,000 declarations of five lines, in microseconds a line.

From facts to scores: features, groups, trees, calibration. Declarations are new ones each time;
some batches have gone before, as in a process that has been running for a while.

Run: python -m bench.scoring [--json].
"""

import json
import os
import statistics
import time
from importlib import import_module
from typing import Any, Final

from bench.house import asking

BATCH: Final = 1_000
LINES: Final = 5
WARM: Final = 3
RUNS: Final = 15
SINGLE: Final = 200
MOST: Final = 25
"""Microseconds a line that are promised."""


def main() -> None:
    """Measure and print."""
    asked = asking(__doc__).parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import_module("django").setup()
    found = measure()
    print(json.dumps(found) if asked.json else _table(found))


def measure() -> dict[str, Any]:
    """Return microseconds a line in batches, by the clock and of this process, and one by one."""
    declared = import_module("bench.profiles").declared
    model = import_module("bench.learning").learned()
    passed, used = [], []
    for seed in range(WARM + RUNS):
        batch = declared(BATCH, seed=1_000 + seed, lines=LINES)
        began, busy = time.perf_counter(), time.process_time()
        model.score(batch)
        if seed >= WARM:
            passed.append((time.perf_counter() - began) / BATCH / LINES * 1e6)
            used.append((time.process_time() - busy) / BATCH / LINES * 1e6)
    few = declared(SINGLE, seed=1, lines=LINES)
    began = time.perf_counter()
    for facts in few:
        model.score([facts])
    alone = (time.perf_counter() - began) / SINGLE * 1e6
    return {
        "microseconds_a_line": {"clock": _spread(passed), "processor": _spread(used)},
        "microseconds_a_declaration_alone": round(alone, 1),
        "promised": MOST,
    }


def _spread(taken: list[float]) -> dict[str, float]:
    return {
        "median": round(statistics.median(taken), 1),
        "least": round(min(taken), 1),
        "most": round(max(taken), 1),
    }


def _table(found: dict[str, Any]) -> str:
    lines = [f"scoring {BATCH} declarations of {LINES} lines, microseconds a line"]
    for name, spread in found["microseconds_a_line"].items():
        told = f"{spread['median']:>8} ({spread['least']} to {spread['most']})"
        lines.append(f"  {name:<16}{told}")
    lines.append(f"  promised        {MOST:>8}")
    alone = found["microseconds_a_declaration_alone"]
    lines.append(f"  one declaration alone, microseconds: {alone}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
