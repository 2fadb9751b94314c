"""How fast profiles meet declarations: bit sets beside a rules engine, the same answers first.

10,000 and 100,000 profiles of two to five conditions (bench/profiles) against declarations of
five lines. zen-engine gets the same profiles as one decision table that collects every hit, and
each declaration as five contexts, a line each with the head beside it. It has no word for names
that resemble each other or texts that hold a word, so profiles that watch those are left out of
the comparison and measured apart. Declarations are new ones each time; five batches have gone
before, as in a process that has been running for a while.

Run: python -m bench.matching [--json]. The ratio is the figure to keep.
"""

import json
import os
import statistics
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from importlib import import_module
from importlib.metadata import version
from typing import Any, Final

from bench.house import asking

BATCH: Final = 1_000
WARM: Final = 5
RUNS: Final = 5
PLAIN: Final = 20
ZEN: Final = 10
SMALL, LARGE = 10_000, 100_000


def main() -> None:
    """Compare, measure and print."""
    asked = asking(__doc__).parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import_module("django").setup()
    found = measure()
    print(json.dumps(found) if asked.json else _table(found))


def measure() -> dict[str, Any]:
    """Return microseconds a declaration, and the ratio."""
    made = import_module("bench.profiles")
    common, whole = made.made(SMALL, watched=False), made.made(SMALL)
    few = made.declared(PLAIN, seed=99)
    ours, theirs = _matcher(common), _zen(common)
    plain = import_module("tongguan.domain.risk.rules.plain")
    expected = [plain.hits(common, facts, day=made.DAY) for facts in few]
    _same([ours.match(facts) for facts in few], expected)
    _same_ids([theirs(facts) for facts in few[:ZEN]], expected[:ZEN])
    own, zen = _batches(ours), _each(theirs, few[:ZEN])
    watching, large = _batches(_matcher(whole)), _batches(_matcher(made.made(LARGE)))
    return {
        "microseconds": {
            "10,000 profiles": own,
            "10,000 profiles, watched names": watching,
            "100,000 profiles, watched names": large,
            f"zen-engine {version('zen-engine')}, 10,000 profiles": zen,
        },
        "hits_a_declaration": statistics.mean(len(one) for one in expected),
        "ratio": round(zen["median"] / own["median"]),
    }


def _matcher(profiles: Sequence[Any]) -> Any:
    day = import_module("bench.profiles").DAY
    return import_module("tongguan.domain.risk.rules.matcher").Matcher(profiles, day)


def _batches(matcher: Any) -> dict[str, float]:
    """Return microseconds a declaration, in batches of new declarations."""
    declared = import_module("bench.profiles").declared
    for seed in range(WARM):
        matcher.match_many(declared(BATCH, seed=seed))
    taken = []
    for seed in range(WARM, WARM + RUNS):
        batch = declared(BATCH, seed=seed)
        began = time.perf_counter()
        matcher.match_many(batch)
        taken.append((time.perf_counter() - began) / BATCH * 1e6)
    return _spread(taken)


def _each(match: Callable[[Any], object], batch: Sequence[Any]) -> dict[str, float]:
    taken = []
    for _run in range(RUNS):
        began = time.perf_counter()
        for facts in batch:
            match(facts)
        taken.append((time.perf_counter() - began) / len(batch) * 1e6)
    return _spread(taken)


def _spread(taken: Sequence[float]) -> dict[str, float]:
    return {
        "median": round(statistics.median(taken), 1),
        "least": round(min(taken), 1),
        "most": round(max(taken), 1),
    }


def _same(found: Sequence[Any], expected: Sequence[Any]) -> None:
    if found != expected:
        raise SystemExit("the matcher answers otherwise than the plain reading")


def _same_ids(found: Sequence[set[int]], expected: Sequence[Any]) -> None:
    ids = [{hit.profile.id for hit in hits} for hits in expected]
    if list(found) != ids:
        raise SystemExit(f"zen-engine answers otherwise: {found} instead of {ids}")


def _zen(profiles: Sequence[Any]) -> Callable[[Any], set[int]]:
    """Return a function that says which profiles a declaration meets, by zen-engine."""
    fields = sorted({one.field for profile in profiles for one in profile.conditions})
    places = {field: f"c{number}" for number, field in enumerate(fields)}
    names = {field: field.replace("line.", "line_") for field in fields}
    inputs = [{"id": places[one], "name": one, "field": names[one]} for one in fields]
    inputs.append({"id": "d", "name": "districts", "field": "districts"})
    rules = [_rule(number, profile, places) for number, profile in enumerate(profiles)]
    table = {
        "hitPolicy": "collect",
        "inputs": inputs,
        "outputs": [{"id": "o", "name": "id", "field": "id"}],
        "rules": rules,
        "passThrough": False,
        "inputField": "lines",
        "outputPath": "found",
        "executionMode": "loop",
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": _HERE, "content": {}},
        {"id": "t", "type": "decisionTableNode", "name": "t", "position": _HERE, "content": table},
        {"id": "out", "type": "outputNode", "name": "out", "position": _HERE, "content": {}},
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "t"},
        {"id": "2", "type": "edge", "sourceId": "t", "targetId": "out"},
    ]
    graph = json.dumps(
        {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
    )
    decision = import_module("zen").ZenEngine().create_decision(graph)

    def match(facts: Any) -> set[int]:
        head = {names[one]: _told(facts, one) for one in fields if not one.startswith("line.")}
        head["districts"] = list(facts.districts)
        lines = [
            {**head, **{names[one]: _told(line, one[5:]) for one in fields if one[:5] == "line."}}
            for line in facts.lines
        ]
        found = decision.evaluate({"lines": lines})["result"]["found"]
        return {hit["id"] for line in found for hit in line}

    return match


def _rule(number: int, profile: Any, places: dict[str, str]) -> dict[str, str]:
    """Return a profile as a row of the table: an expression a column, empty where all fits."""
    row = dict.fromkeys(places.values(), "")
    row |= {places[one.field]: _expression(one) for one in profile.conditions}
    row["d"] = f"some($, # in ['{profile.district}'])" if profile.district else ""
    return {"_id": str(number), **row, "o": str(profile.id)}


def _expression(condition: Any) -> str:
    operands = condition.operands
    quoted = ", ".join(f"'{one}'" for one in operands)
    told = {
        "is": quoted if operands != ("yes",) else "true",
        "is_not": f"not in [{quoted}]",
        "prefix": " or ".join(f"startsWith($, '{one}')" for one in operands),
        "missing": "$ == null",
        "at_least": f">= {operands[0]}" if operands else "",
        "at_most": f"<= {operands[0]}" if operands else "",
        "between": f"[{operands[0]}..{operands[-1]}]" if operands else "",
    }
    if condition.operator == "codes":
        first, last = operands[0].ljust(10, "0"), operands[1].ljust(10, "9")
        return f"number($) >= {first} and number($) <= {last}"
    return told[condition.operator]


def _told(facts: Any, field: str) -> Any:
    found = getattr(facts, field)
    return float(found) if isinstance(found, Decimal) else found


def _table(found: dict[str, Any]) -> str:
    lines = [f"microseconds a declaration of five lines, median of {RUNS} runs (least to most)"]
    for name, spread in found["microseconds"].items():
        told = f"{spread['median']:>10,} ({spread['least']:,} to {spread['most']:,})"
        lines.append(f"  {name:<38}{told}")
    lines.append(f"  hits a declaration {found['hits_a_declaration']:.1f}")
    lines.append(f"  as many a second as zen-engine, times {found['ratio']:,}")
    return "\n".join(lines)


_HERE: Final = {"x": 0, "y": 0}


if __name__ == "__main__":
    main()
