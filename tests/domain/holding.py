"""Accepted declarations with the holds a test needs, and who acts on them."""

from collections.abc import Sequence
from dataclasses import replace as changed
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final
from zlib import crc32

import pytest

from tests.domain.declarations import accepted as written
from tests.domain.declarations.samples import sound
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.queries import open_hold
from tongguan.domain.clearance.values import NewHold
from tongguan.domain.declarations import commands as declarations
from tongguan.domain.declarations.values import Container, Offices, Place
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger.queries import entries
from tongguan.facilities.tables import write
from tongguan.kernel.identifiers import DeclarationId, HoldId, new_id
from tongguan.kernel.problems import Problem, ProblemError

NOW: Final = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""10 o'clock of Friday, 20 November 2026, in the region."""
OFFICE: Final = "0202"
SITE: Final = "0202-01"
BOXES: Final = ("XMPU0000013", "XMPU0000034")
WHY: Final = {
    HoldKind.ARRIVAL: (Why.NOT_ARRIVED, {"bill": "B"}),
    HoldKind.REVIEW: (Why.SELECTED, {}),
    HoldKind.QUERY: (Why.ASKED, {"question": "?"}),
    HoldKind.SUMMONS: (Why.UNCLEAR, {"subject": "?"}),
    HoldKind.INSPECTION: (Why.SELECTED_GOODS, {}),
    HoldKind.PERMIT: (Why.LICENCE, {"number": "L1", "kind": "1", "agency": "示例"}),
    HoldKind.PAYMENT: (Why.DUTY_DUE, {"amount": "1.00"}),
    HoldKind.TRANSIT: (Why.MOVING, {"destination": "0115"}),
    HoldKind.CASE: (Why.FINDING, {"finding": "?"}),
}
_serial: Final = count(1)


def officer(name: str, role: Role, *offices: str) -> Actor:
    """Return an officer of these offices; of 0202 and 0128 where none is named."""
    places = frozenset(offices or (OFFICE, "0128"))
    return Actor(name, name, number_of(name), roles=frozenset({role}), offices=places)


def number_of(name: str) -> int:
    """Return the number of a person of a test, the same for the same name."""
    return crc32(name.encode())


REVIEWER: Final = officer("reviewer", Role.REVIEWER)
INSPECTOR: Final = officer("inspector", Role.INSPECTOR)
ELSEWHERE: Final = officer("elsewhere", Role.INSPECTOR, "0401")
CHIEF: Final = officer("chief", Role.CHIEF)
TRADER: Final = Actor("trader", "trader", 7, roles=frozenset({Role.TRADER}))
KEEPER: Final = Actor(
    "keeper", "keeper", 8, frozenset({Role.SITE_OPERATOR}), sites=frozenset({SITE})
)
GATE: Final = Actor("gate", "gate", roles=frozenset({Role.GATE}), sites=frozenset({SITE}))


def trader() -> int:
    """Return the trader of the samples, registered once."""
    return written.trader(NOW)


def held(
    trader_id: int,
    *kinds: HoldKind,
    office: str = OFFICE,
    site: str = SITE,
    due_in: timedelta | None = None,
    since: datetime = NOW,
    units: Sequence[str] = (),
    why: Why | None = None,
    **changes: Any,
) -> DeclarationId:
    """Write a declaration that waits for this at an office; with none it is released."""
    serial, id_ = next(_serial), DeclarationId(new_id())
    changes.setdefault("offices", Offices("0128", "0202", "0128", office))
    changes.setdefault("bill", f"B{serial}")
    boxes = tuple(Container(id=unit, size="11") for unit in units)
    sent = sound(
        reference=f"R{serial}",
        place=Place(name="示例码头A区", port="120001", id=site or None),
        containers=boxes,
        **changes,
    )
    due = None if due_in is None else since + due_in
    reasons = {kind: (why or WHY[kind][0], WHY[kind][1]) for kind in kinds}
    holds = [NewHold(id_, kind, office, *reasons[kind], since, due) for kind in kinds]
    head = written.head(id_, serial, sent, trader_id=trader_id, now=since)
    states, rows, _ = clearance.accepted_rows([id_], holds, now=since)
    write([*declarations.accepted_rows([head]), states, rows])
    return id_


def hold_of(id_: DeclarationId, kind: HoldKind) -> HoldId:
    """Return the open hold of a kind."""
    found = open_hold(id_, kind)
    assert found is not None
    return found


def acts(id_: DeclarationId) -> list[str]:
    """Return what the ledger says was done, in order."""
    return [one.kind for one in entries(id_)]


def refusal(error: pytest.ExceptionInfo[ProblemError]) -> list[tuple[Problem, str]]:
    """Return what was refused, and where."""
    return [(fault.problem, fault.pointer) for fault in error.value.faults]


def named(by: Actor, name: str) -> Actor:
    """Return somebody else with the same duties."""
    return changed(by, name=name, label=name, person_id=number_of(name))
