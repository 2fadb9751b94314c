"""How fast the past is simulated: 100,000 declarations of the house, five lines, 1,000 profiles.

Their facts are read from the database day by day and selected as lodgement selects; told are the
counts per channel and the seconds. Promised are ten minutes (RSK-11).

python -m bench.simulation [--declarations 100000] [--json]
"""

import json
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any, Final
from uuid import uuid4

from bench.house import asking, opened

DAYS: Final = 100
DIFFERENT: Final = 2_000
PROFILES: Final = 1_000
FIRST: Final = date(2026, 1, 5)
COLUMNS: Final = "declaration_id, at, documents, goods, trader, peers, selection, facts"


def main() -> None:
    """Fill a database, simulate, and print the figures."""
    options = asking(__doc__)
    options.add_argument("--declarations", type=int, default=100_000)
    asked = options.parse_args()
    with opened(durable=False):
        import_module("django").setup()
        fill(asked.declarations)
        found = simulate()
    print(json.dumps(found) if asked.json else found)


def fill(count: int) -> None:
    """Store so many selected declarations, spread over the days; one in twenty was treated."""
    import_module("django.core.management").call_command("migrate", verbosity=0)
    made = import_module("bench.profiles")
    made.store(PROFILES, now=datetime(2026, 1, 1, tzinfo=UTC))
    stored = [one.stored() for one in made.declared(DIFFERENT)]
    a_day = count // DAYS
    connection = import_module("django.db").connection
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        # Only what a simulation reads is stored: the declarations themselves stay away.
        cursor.execute("ALTER TABLE risk_selected DISABLE TRIGGER ALL")
        cursor.execute("ALTER TABLE risk_outcome DISABLE TRIGGER ALL")
        treated = []
        with cursor.copy(f"COPY risk_selected ({COLUMNS}) FROM STDIN") as copy:
            for number in range(a_day * DAYS):
                day = datetime(FIRST.year, FIRST.month, FIRST.day, 1, tzinfo=UTC)
                at = day + timedelta(days=number // a_day, seconds=number % a_day)
                id_ = uuid4()
                facts = stored[number % DIFFERENT]
                copy.write_row((id_, at, False, False, "", "", "{}", facts))
                if number % 20 == 0:
                    treated.append((id_, "VALUE" if number % 100 == 0 else "", at))
        columns = "declaration_id, treatment, finding, value_effect, office, officers, at, by"
        with cursor.copy(f"COPY risk_outcome ({columns}) FROM STDIN") as copy:
            for id_, finding, at in treated:
                copy.write_row((id_, "sample", finding, 0, "0202", "[]", at, "bench"))
        cursor.execute("ANALYZE")


def simulate() -> dict[str, Any]:
    """Run the criteria in force over all of it, without a bound and without a model."""
    policies = import_module("tongguan.domain.risk.policies")
    last = FIRST + timedelta(days=DAYS)
    asked = policies.Asked(since=FIRST, until=last, model="none", budget=0, exploration=Decimal(0))
    prepared = policies.prepared(asked, policies.settled(asked, day=last))
    began = time.perf_counter()
    weeks = list(policies.backtest(policies.of_house(FIRST, last), prepared.plan))
    seconds = time.perf_counter() - began
    whole = policies.totals(weeks)
    return {
        "declarations": whole.declared,
        "profiles": PROFILES,
        "seconds": round(seconds, 1),
        "microseconds_each": round(seconds / whole.declared * 1e6, 1),
        "channels": dict(whole.channels),
        "found_where_known": [whole.found, whole.judged],
    }


if __name__ == "__main__":
    main()
