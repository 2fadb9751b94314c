"""Declarations that were selected, as the tables of this room hold them."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any, Final

from msgspec import structs

from tests.domain.declarations import accepted as written
from tests.domain.declarations.samples import sound
from tests.domain.risk.examples import CHU, NOON, SAMPLE, WEI
from tongguan.domain.declarations import commands as declarations
from tongguan.domain.risk import approvals, commands
from tongguan.domain.risk.active import renew, selector
from tongguan.domain.risk.criteria import Criterion
from tongguan.domain.risk.facts import Facts
from tongguan.domain.risk.values import Reason, Selection
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.tables import write
from tongguan.kernel.identifiers import DeclarationId, new_id
from tongguan.kernel.time import LOCAL

_serial: Final = count(1)


def trader() -> int:
    """Return the trader of the samples, registered once."""
    return written.trader(NOON)


def in_force(*criteria: Criterion, now: datetime = NOON) -> tuple[Criterion, ...]:
    """Propose and approve criteria; return them as they stand."""
    made = approvals.propose(criteria=criteria, by=CHU, now=now)
    for kind in {one.kind for one in made}:
        ids = [one.id for one in made if one.kind is kind]
        approvals.approve(kind=kind, ids=ids, by=WEI, now=now)
    renew(now.astimezone(LOCAL).date())
    return made


def accepted(
    trader_id: int,
    facts: Facts = SAMPLE,
    *,
    now: datetime = NOON,
    selection: Selection | None = None,
) -> DeclarationId:
    """Write an accepted declaration with its selection: the one of the criteria in force."""
    serial = next(_serial)
    id_ = DeclarationId(new_id())
    sent = sound(reference=f"R{serial}", bill=f"B{serial}")
    day = now.astimezone(LOCAL).date()
    chosen = selection or selector(day).select(facts, key=f"1/R{serial}", day=day)
    head = written.head(id_, serial, sent, trader_id=trader_id, now=now)
    rows = commands.selection_rows([(id_, chosen, facts)], now=now)
    write([*declarations.accepted_rows([head]), *rows])
    return id_


def chosen(*reasons: Reason, **changes: Any) -> Selection:
    """Return a selection for these reasons."""
    acting = [reason for reason in reasons if reason.acted]
    goods = [reason for reason in acting if reason.treatment != "documents"]
    base = Selection(
        documents=len(goods) < len(acting),
        goods=bool(goods),
        treatment=goods[0].treatment if goods else "",
        reasons=reasons,
        seed_day=NOON.date(),
        set_version="v",
    )
    return structs.replace(base, **changes)


def ended(
    id_: DeclarationId, finding: str = "", *, treatment: str = "sample", **changes: Any
) -> None:
    """Note how a treatment ended."""
    outcome: dict[str, Any] = {"office": "0202", "by": SYSTEM, "now": NOON, **changes}
    commands.record_outcome(declaration_id=id_, treatment=treatment, finding=finding, **outcome)


def why(source: str, criterion: int = 0, treatment: str = "sample", **changes: Any) -> Reason:
    return structs.replace(
        Reason(source, "goods", treatment, criterion=criterion, version=1), **changes
    )


def codes(found: Sequence[Criterion]) -> list[tuple[int, int]]:
    return [(one.id, one.version) for one in found]
