"""Opening and ending holds, and what follows when none is left.

Every function here runs in the transaction of the act that calls it; `Locked` proves that the
declaration is locked until that transaction ends.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import json

from tongguan.domain.clearance import events, problems, queries
from tongguan.domain.clearance.lifecycle import (
    LIFECYCLE,
    Act,
    HoldKind,
    State,
    Turn,
    Why,
    blocked_by,
)
from tongguan.domain.clearance.models import Clearance, Hold
from tongguan.domain.clearance.sealed import CLEARANCE, HOLD
from tongguan.domain.clearance.values import Locked, NewHold
from tongguan.domain.declarations.queries import acts_for, concerns
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.announcements.values import Event
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import Rows, changed, of_written
from tongguan.facilities.tables import TableRows, read, write
from tongguan.kernel.identifiers import DeclarationId, HoldId

AFTER: Final[dict[Act, Callable[[DeclarationId, datetime], Event]]] = {
    Act.RELEASE: events.Released,
    Act.CANCEL: events.Cancelled,
    Act.REFUSE: events.Refused,
    Act.DEPART: events.Departed,
    Act.CLOSE: events.Closed,
}
_LOCK: Final = "SELECT 1 FROM clearance_clearance WHERE declaration_id = %s FOR UPDATE"


def lock(declaration_id: DeclarationId) -> Locked:
    """Lock a declaration until the transaction ends; every command begins with it.

    Raises:
        ProblemError: CLR-001 no such declaration.
    """
    if not read(_LOCK, [declaration_id]):
        raise problems.NOT_FOUND.error(declaration_id=declaration_id)
    return Locked(declaration_id)


def lock_all(declaration_ids: Collection[UUID]) -> None:
    """Lock several declarations until the transaction ends, in the order of their ids."""
    found = Clearance.objects.select_for_update().filter(pk__in=declaration_ids)
    list(found.order_by("pk").values_list("pk"))


def lock_own(declaration_id: DeclarationId, *, by: Actor) -> Locked:
    """Lock a declaration for an act of the enterprise whose it is, or of its broker.

    Raises:
        ProblemError: as `require_own`.
    """
    require_own(declaration_id, by=by)
    return lock(declaration_id)


def require_own(declaration_id: DeclarationId, *, by: Actor) -> None:
    """Require that somebody acts for the enterprise whose a declaration is.

    To anybody whom it does not concern it is not there; the system itself may act for all.

    Raises:
        ProblemError: CLR-001 no such declaration, or another's, CLR-005 no mandate in force covers
            what the broker declared.
    """
    if by.is_(Role.SYSTEM) or acts_for(by, declaration_id):
        return
    if concerns(by, declaration_id):
        raise problems.NO_MANDATE_NOW.error()
    raise problems.NOT_FOUND.error(declaration_id=declaration_id)


def open_hold(
    locked: Locked, hold: NewHold, *, by: Actor, now: datetime, wrote: Iterable[Rows] = ()
) -> None:
    """Put something in the way of a declaration that is not released yet.

    A case may follow from what is found after release; then it holds up closing.

    Args:
        locked: the declaration.
        hold: what is put in its way.
        by: who does it.
        now: the moment.
        wrote: what else was written for it, for the entry in the ledger.

    Raises:
        ProblemError: CLR-003 the declaration has moved on: what the hold blocks is done.
    """
    state = queries.state_of(locked.declaration_id)
    after = hold.kind is HoldKind.CASE or hold.blocks is Act.CLOSE
    late = after and state in {State.RELEASED, State.DEPARTED}
    possible = late or state is State.ACCEPTED
    if LIFECYCLE.move(hold.blocks, state) is None and not possible:
        raise problems.NOT_POSSIBLE.error(state=state)
    hold = replace(hold, opened_by=hold.opened_by or (by.name,))
    rows = hold_rows([hold])
    write([rows])
    id_ = locked.declaration_id
    record(
        "HOLD_OPENED",
        id_,
        by=by,
        at=now,
        wrote=[*of_written([rows], {HOLD.table: HOLD}).values(), *wrote],
        hold=hold.kind,
        why=hold.why,
        office=hold.office,
    )
    announce([opened(hold, now)])


def discharge(locked: Locked, hold_id: HoldId, *, by: Actor, now: datetime) -> None:
    """End a hold, then do what it blocked if nothing else blocks it: release, or close.

    Raises:
        ProblemError: CLR-002 the hold is not open.
    """
    id_ = locked.declaration_id
    hold = Hold.objects.filter(pk=hold_id, declaration=id_, ended_at=None).first()
    if hold is None:
        raise problems.NOT_HELD.error(hold_id=hold_id)
    hold.ended_at, hold.ended_by = now, by.name
    hold.save(update_fields=["ended_at", "ended_by"])
    wrote = changed(HOLD, hold_id, ended_at=now, ended_by=by.name)
    record("HOLD_DISCHARGED", id_, by=by, at=now, wrote=[wrote], hold=hold.kind)
    announce([events.HoldDischarged(id_, now, str(hold_id), hold.kind)])
    act = blocked_by(HoldKind(hold.kind), Why(hold.why))
    if act is Act.RELEASE and not queries.is_blocked(id_, act):
        _move(id_, act, by=by, now=now)


def postpone(locked: Locked, kind: HoldKind, moved: Callable[[datetime], datetime]) -> list[Rows]:
    """Move the deadline of the open holds of a kind, where they have one; the caller says why.

    Returns:
        What was written, for the caller's entry in the ledger.
    """
    open_ = Hold.objects.filter(declaration=locked.declaration_id, kind=str(kind), ended_at=None)
    wrote: list[Rows] = []
    for hold in open_.order_by("id"):
        if hold.due_at is not None:
            hold.due_at = moved(hold.due_at)
            hold.save(update_fields=["due_at"])
            wrote.append(changed(HOLD, hold.pk, due_at=hold.due_at))
    return wrote


def set_due(
    locked: Locked, hold_id: HoldId, due_at: datetime, facts: Mapping[str, str] | None = None
) -> list[Rows]:
    """Set the deadline of an open hold, where it is known only later; the caller says why.

    Args:
        locked: the declaration.
        hold_id: which hold.
        due_at: its deadline.
        facts: what the hold's reason names from now on; None: as before.

    Returns:
        What was written, for the caller's entry in the ledger.
    """
    open_ = Hold.objects.filter(pk=hold_id, declaration=locked.declaration_id, ended_at=None)
    new: dict[str, object] = {"due_at": due_at}
    if facts is not None:
        new["facts"] = dict(facts)
    found = open_.update(**new)
    return [changed(HOLD, hold_id, **new)] if found else []


def hand_over(
    locked: Locked,
    hold_id: HoldId,
    turn: Turn,
    facts: Mapping[str, str],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Make it somebody else's turn at an open hold, and add to the facts of its reason.

    Raises:
        ProblemError: CLR-002 the hold is not open.
    """
    id_ = locked.declaration_id
    hold = Hold.objects.filter(pk=hold_id, declaration=id_, ended_at=None).first()
    if hold is None:
        raise problems.NOT_HELD.error(hold_id=hold_id)
    hold.turn, hold.facts = str(turn), {**hold.facts, **facts}
    hold.save(update_fields=["turn", "facts"])
    wrote = [changed(HOLD, hold.pk, turn=hold.turn, facts=hold.facts)]
    record("HOLD_HANDED_OVER", id_, by=by, at=now, wrote=wrote, hold=hold.kind, turn=turn)


def move(locked: Locked, act: Act, *, by: Actor, now: datetime) -> None:
    """Do an act of the lifecycle by hand: cancel, refuse, depart.

    Cancelling and refusing end all open holds; nothing waits for a declaration that is no more.

    Raises:
        ProblemError: CLR-003 not possible in this state, CLR-004 something blocks it.
    """
    id_ = locked.declaration_id
    state = queries.state_of(id_)
    if LIFECYCLE.move(act, state) is None:
        raise problems.NOT_POSSIBLE.error(state=state)
    if blocking := queries.blocking(id_, act):
        raise problems.STILL_HELD.error(kinds=", ".join(str(kind) for kind in blocking))
    ended: list[Rows] = []
    if act in {Act.CANCEL, Act.REFUSE}:
        open_ = Hold.objects.filter(declaration=id_, ended_at=None)
        ids = list(open_.values_list("id", flat=True))
        open_.update(ended_at=now, ended_by=by.name)
        ended = [changed(HOLD, one, ended_at=now, ended_by=by.name) for one in ids]
    _move(id_, act, by=by, now=now, wrote=ended)


def close(locked: Locked, *, by: Actor, now: datetime) -> None:
    """Close a declaration whose goods have left, unless something blocks that."""
    id_ = locked.declaration_id
    if queries.state_of(id_) is State.DEPARTED and not queries.is_blocked(id_, Act.CLOSE):
        _move(id_, Act.CLOSE, by=by, now=now)


def _move(
    id_: DeclarationId, act: Act, *, by: Actor, now: datetime, wrote: Sequence[Rows] = ()
) -> None:
    row = LIFECYCLE.move(act, queries.state_of(id_))
    if row is None:
        return
    Clearance.objects.filter(pk=id_).update(state=str(row.target), moved_at=now)
    moved = changed(CLEARANCE, id_, state=str(row.target), moved_at=now)
    record(str(row.target), id_, by=by, at=now, wrote=[moved, *wrote])
    announce([AFTER[act](id_, now)])


def opened(hold: NewHold, at: datetime) -> events.HoldOpened:
    """Return the event that tells of a new hold."""
    turn = str(hold.turn)
    id_ = hold.declaration_id
    return events.HoldOpened(id_, at, str(hold.id), str(hold.kind), turn, hold.office)


def accepted_rows(
    ids: Sequence[DeclarationId], holds: Sequence[NewHold], *, now: datetime
) -> tuple[TableRows, TableRows, list[DeclarationId]]:
    """Return the states and holds of accepted declarations, and which of them nothing holds."""
    held = {hold.declaration_id for hold in holds if hold.blocks is Act.RELEASE}
    accepted, released = str(State.ACCEPTED), str(State.RELEASED)
    states = TableRows(
        "clearance_clearance",
        ("declaration_id", "state", "moved_at"),
        [(id_, accepted if id_ in held else released, now) for id_ in ids],
    )
    return states, hold_rows(holds), [id_ for id_ in ids if id_ not in held]


def hold_rows(holds: Iterable[NewHold]) -> TableRows:
    """Return the rows of new holds, for a writer of many tables."""
    return TableRows(
        "clearance_hold",
        (
            "id",
            "declaration_id",
            "kind",
            "turn",
            "office",
            "why",
            "facts",
            "opened_at",
            "due_at",
            "ended_by",
            "opened_by",
        ),
        [
            (
                hold.id,
                hold.declaration_id,
                str(hold.kind),
                str(hold.turn),
                hold.office,
                str(hold.why),
                json.encode(hold.facts).decode(),
                hold.opened_at,
                hold.due_at,
                "",
                " ".join(hold.opened_by),
            )
            for hold in holds
        ],
    )
