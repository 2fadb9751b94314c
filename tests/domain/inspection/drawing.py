"""Officers at 0202 who are marked present, drawn and replaced."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.domain.holding import officer
from tests.domain.risk.cases import accepted
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import HoldKind, State, Why
from tongguan.domain.clearance.models import Clearance
from tongguan.domain.clearance.values import NewHold
from tongguan.domain.inspection import officers
from tongguan.domain.inspection.duty import DrawRow
from tongguan.domain.inspection.queries import (
    draws,
)
from tongguan.domain.inspection.sealed import CHOICE, DRAW, PRESENCE
from tongguan.facilities.accounts.commands import admit_person
from tongguan.facilities.accounts.values import SYSTEM, Actor, NewPosting, Role
from tongguan.facilities.ledger.comparison import compare
from tongguan.facilities.ledger.values import Difference
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import ProblemError

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
PEOPLE = ("an", "bo", "cai", "ding")
AN = officer("an", Role.INSPECTOR, "0202")
YAN = officer("yan", Role.CHIEF, "0202")


def admit(name: str, posting: NewPosting) -> None:
    admit_person(
        username=name,
        password="correct-horse-battery",
        name_zh=name,
        name_en=name,
        postings=[posting],
        by=SYSTEM,
        now=NOW - timedelta(days=1),
    )


def inspected(trader_id: int) -> tuple[DeclarationId, HoldId]:
    id_ = accepted(trader_id)
    Clearance.objects.create(declaration_id=id_, state=str(State.ACCEPTED), moved_at=NOW)
    hold = NewHold(id_, HoldKind.INSPECTION, "0202", Why.SELECTED_GOODS, {}, NOW)
    with transaction.atomic():
        clearance.open_hold(clearance.lock(id_), hold, by=SYSTEM, now=NOW)
    return id_, HoldId(hold.id)


def present(*names: str, office: str = "0202") -> None:
    for name in names:
        by = officer(name, Role.INSPECTOR, office)
        officers.mark_present(officer=name, office=office, present=True, by=by, now=NOW)


def draw(case: tuple[DeclarationId, HoldId]) -> tuple[str, ...]:
    return officers.draw(declaration_id=case[0], hold_id=case[1], by=AN, now=NOW)


def refused(error: pytest.ExceptionInfo[ProblemError]) -> list[str]:
    return [fault.problem.code for fault in error.value.faults]


def leave(*names: str) -> None:
    for name in names:
        by = officer(name, Role.INSPECTOR, "0202")
        officers.mark_present(officer=name, office="0202", present=False, by=by, now=NOW)


def ask(case: tuple[DeclarationId, HoldId], by: Actor = AN, **changes: Any) -> None:
    wanted: dict[str, Any] = {"absent": ["bo"], "ground": "ILL", "why": "bo is ill"}
    act: dict[str, Any] = {"declaration_id": case[0], "hold_id": case[1], "by": by, "now": NOW}
    officers.ask_replacement(**(wanted | changes), **act)


def confirm(case: tuple[DeclarationId, HoldId], by: Actor = YAN) -> tuple[str, ...]:
    kept = draws([case[1]]).get(case[1])
    read = kept.wanted_sha256 if kept else ""
    act: dict[str, Any] = {"declaration_id": case[0], "hold_id": case[1], "by": by, "now": NOW}
    return officers.confirm_replacement(sha256=read, **act)


def held(case: tuple[DeclarationId, HoldId]) -> DrawRow:
    return draws([case[1]])[case[1]]


def unlike() -> list[Difference]:
    tables = {table.table: table for table in (DRAW, CHOICE, PRESENCE)}
    return list(compare(tables, numbers="declarations_declaration").listed)
