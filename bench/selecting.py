"""What selection costs lodgement: 10,000 profiles and a model, beside 1,000 profiles and none.

Both in one run, on the same database, in the same processes, batch by batch in turn: bytes, read,
decided, durably recorded. The ratio of the two rates is the figure to keep.

Run: python -m bench.selecting [--json].
"""

import json
import statistics
import time
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any, Final

from bench import house

ROUNDS: Final = 8
FEW, MANY = house.PROFILES, 10_000
LEAST: Final = 0.8
"""The ratio that is promised."""


def main() -> None:
    """Measure and print both rates and their ratio."""
    asked = house.asking(__doc__).parse_args()
    with house.opened():
        house.apart(1, house.set_up)
        house.apart(1, house.settle)
        rates = house.apart(house.PROCESSES, in_turn)
    plain, scored = (sum(rate[place] for rate in rates) for place in (0, 1))
    ratios = [ratio for rate in rates for ratio in rate[2]]
    found = {
        "plain_per_second": round(plain),
        "scored_per_second": round(scored),
        "ratio": round(scored / plain, 3),
        "ratios": [round(one, 2) for one in sorted(ratios)],
        "promised": LEAST,
    }
    print(json.dumps(found) if asked.json else _table(found))


def in_turn(number: int, ready: Any, _none: Any) -> tuple[float, float, list[float]]:
    """Return declarations a second without and with, and the ratio of each round."""
    active = import_module("tongguan.domain.risk.active")
    lodge = import_module("tongguan.interfaces.intake").lodge_document
    system = import_module("tongguan.facilities.accounts.values").SYSTEM
    kept, today = active.KEPT, datetime.now(active_zone()).date()
    kept.look_seconds = float("inf")
    active.renew(today)
    plain = (kept.loaded, kept.history, {})
    ready.wait()
    if number == 0:
        _more()
    ready.wait()
    active.renew(today)
    scored = (kept.loaded, kept.history, {})
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(ROUNDS + 1):
        for place, state in enumerate((plain, scored) if turn % 2 else (scored, plain)):
            which = place if turn % 2 else 1 - place
            kept.loaded, kept.history, kept.selectors = state
            data = house.lines(f"{'PS'[which]}{number}{turn}", house.BATCH)
            ready.wait()
            began = time.perf_counter()
            house.receive(lodge, data, system)
            if turn:
                taken[which].append(time.perf_counter() - began)
    if scored[2] and next(iter(scored[2].values())).scorer is None:
        raise SystemExit("the model did not score")
    ratios = [before / after for before, after in zip(*taken, strict=True)]
    rates = [house.BATCH / statistics.median(one) for one in taken]
    return rates[0], rates[1], ratios


def active_zone() -> Any:
    """Return the zone in which days are counted."""
    return import_module("tongguan.kernel.time").LOCAL


def _more() -> None:
    """Put many profiles and a model in force, with a policy that inspects one in a hundred."""
    load, now = import_module, datetime.now(UTC)
    criteria, approvals = (
        load("tongguan.domain.risk.criteria"),
        load("tongguan.domain.risk.approvals"),
    )
    accounts = load("tongguan.facilities.accounts.values")
    load("bench.profiles").store(MANY, now=now, first=FEW + 1)
    card = criteria.ModelCard(
        name="bench",
        sha256="",
        data_sha256="",
        learned_until=now.date() - timedelta(days=1),
    )
    content = load("bench.learning").learned().dump()
    one, other = (
        accounts.Actor(name, name, number, roles=frozenset({accounts.Role.RISK_ANALYST}))
        for number, name in enumerate(("one", "other"), start=1)
    )
    policy = criteria.Policy(name="bench", inspect_from=load("decimal").Decimal("0.5"))
    made = approvals.keep_model(content=content, card=card, by=one, now=now)
    approvals.approve(kind=criteria.Kind.MODEL, ids=[made.id], by=other, now=now)
    [proposed] = approvals.propose(criteria=[policy], by=one, now=now)
    approvals.approve(kind=criteria.Kind.POLICY, ids=[proposed.id], by=other, now=now)


def _table(found: dict[str, Any]) -> str:
    return (
        f"batches of {house.BATCH}, {house.PROCESSES} processes, 5 lines, in turn\n"
        f"  {FEW:>6,} profiles, no model  {found['plain_per_second']:>8,} a second\n"
        f"  {MANY:>6,} profiles, a model   {found['scored_per_second']:>8,} a second\n"
        f"  ratio                    {found['ratio']:>8} (promised: {found['promised']})"
    )


if __name__ == "__main__":
    main()
