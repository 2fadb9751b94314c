"""Reads of this room. Each returns frozen rows in a stated order, in one statement."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Final, Unpack

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.functions import Coalesce
from msgspec import json

from tongguan.domain.clearance import problems
from tongguan.domain.clearance.lifecycle import ASKING, Act, HoldKind, State, Turn, Why
from tongguan.domain.clearance.models import Clearance, Hold
from tongguan.domain.clearance.values import (
    UNDATED,
    Doer,
    HoldRow,
    LoadRow,
    Promise,
    SiteLoadRow,
    Sought,
    Standing,
)
from tongguan.domain.declarations.queries import named, visible_to
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.tables import Values, read
from tongguan.kernel.identifiers import DeclarationId, HoldId

PAGE_ROWS: Final = 50
_BLOCKING: Final = {act: tuple(str(kind) for kind in HoldKind if kind.blocks is act) for act in Act}
_OF_SITES: Final = (str(HoldKind.ARRIVAL), str(HoldKind.TRANSIT))
_COLUMNS: Final = (
    "id",
    "declaration_id",
    "declaration__number",
    "declaration__reference",
    "kind",
    "turn",
    "office",
    "why",
    "facts",
    "opened_at",
    "due_at",
    "ended_at",
    "ended_by",
    "opened_by",
)
# The columns of `_COLUMNS`, in their order: acts read these rows several times each.
_HOLDS: Final = """
    SELECT hold.id, hold.declaration_id, declared.number, declared.reference, hold.kind, turn,
        office, why, facts, opened_at, due_at, ended_at, ended_by, opened_by
    FROM clearance_hold AS hold
    JOIN declarations_declaration AS declared ON declared.id = hold.declaration_id
    WHERE hold.declaration_id = ANY(%s::uuid[])
"""
_OF_KIND: Final = f"{_HOLDS} AND hold.kind = %s AND ended_at IS NULL"
_STATE: Final = "SELECT state FROM clearance_clearance WHERE declaration_id = %s"


def state_of(declaration_id: DeclarationId) -> State:
    """Return how far a declaration has come.

    Raises:
        ProblemError: CLR-001 no such declaration.
    """
    for (state,) in read(_STATE, [declaration_id]):
        return State(state)
    raise problems.NOT_FOUND.error(declaration_id=declaration_id)


def standing(ids: Collection[DeclarationId]) -> dict[DeclarationId, Standing]:
    """Return how far each of these declarations has come, and since when."""
    found = Clearance.objects.filter(pk__in=ids).values_list("declaration_id", "state", "moved_at")
    return {
        DeclarationId(id_): Standing(DeclarationId(id_), State(state), at)
        for id_, state, at in found
    }


def is_blocked(declaration_id: DeclarationId, act: Act) -> bool:
    """Return whether an open hold blocks `act`."""
    return _open(declaration_id).filter(_blocks(act)).exists()


def blocking(declaration_id: DeclarationId, act: Act) -> tuple[HoldKind, ...]:
    """Return the kinds of the open holds that block `act`, longest waiting first."""
    found = _open(declaration_id).filter(_blocks(act)).order_by("opened_at", "id")
    return tuple(HoldKind(kind) for kind in found.values_list("kind", flat=True))


def open_hold(declaration_id: DeclarationId, kind: HoldKind) -> HoldId | None:
    """Return the open hold of a kind, the oldest if there are several, or None."""
    found = _open(declaration_id).filter(kind=str(kind)).order_by("opened_at", "id")
    id_ = found.values_list("id", flat=True).first()
    return None if id_ is None else HoldId(id_)


def open_holds(declaration_ids: Collection[DeclarationId], kind: HoldKind) -> tuple[HoldRow, ...]:
    """Return the open holds of a kind on these declarations, by declaration."""
    found = _held(_OF_KIND, [list(declaration_ids), str(kind)])
    return tuple(sorted(found, key=lambda row: (row.declaration_id, row.opened_at, row.id)))


def ever_held(ids: Collection[DeclarationId], why: Why) -> frozenset[DeclarationId]:
    """Return those of these declarations that were held for a reason once, still or no longer."""
    found = Hold.objects.filter(declaration__in=ids, why=str(why))
    return frozenset(map(DeclarationId, found.values_list("declaration_id", flat=True)))


def overdue(kind: HoldKind, *, now: datetime) -> tuple[HoldRow, ...]:
    """Return the open holds of a kind whose deadline has passed, earliest first; for processes."""
    found = Hold.objects.filter(kind=str(kind), ended_at=None, due_at__lte=now)
    return _rows(found.order_by("due_at", "id"))


def open_on(ids: Collection[DeclarationId]) -> dict[DeclarationId, tuple[HoldRow, ...]]:
    """Return what holds each of these declarations, by declaration; those that nothing holds lack.

    One statement for any number.
    """
    found: dict[DeclarationId, tuple[HoldRow, ...]] = {}
    rows = Hold.objects.filter(declaration__in=ids, ended_at=None).order_by("opened_at", "id")
    for row in _rows(rows):
        found[row.declaration_id] = (*found.get(row.declaration_id, ()), row)
    return found


def holds_of(declaration_id: DeclarationId) -> tuple[HoldRow, ...]:
    """Return all holds of one declaration, open ones first, then by when they were opened."""
    rows = _held(_HOLDS, [[declaration_id]])
    return tuple(sorted(rows, key=lambda row: (row.ended_at is not None, row.opened_at, row.id)))


def waiting(
    *,
    viewer: Actor,
    after: tuple[datetime, HoldId] | None = None,
    limit: int = PAGE_ROWS,
    **sought: Unpack[Sought],
) -> tuple[HoldRow, ...]:
    """Return a page of the open holds that `viewer` may see, longest waiting first.

    The next page comes `after` the last row of this one. Holds of a batch share a moment,
    so the id decides between them.
    """
    found = _seen(viewer, **sought)
    if after is not None:
        moment, id_ = after
        found = found.filter(Q(opened_at__gt=moment) | Q(opened_at=moment, id__gt=id_))
    return _rows(found.order_by("opened_at", "id")[:limit])


def urgent(
    *,
    viewer: Actor,
    after: tuple[datetime, HoldId] | None = None,
    limit: int = PAGE_ROWS,
    **sought: Unpack[Sought],
) -> tuple[HoldRow, ...]:
    """Return a page of the open holds that `viewer` may see, the earliest deadline first.

    One without a deadline stands as if it were due a day after it was opened. The next page comes
    `after` what `HoldRow.pressing_at` and the id of the last row of this one say. Cost: all that
    wait are sorted; of 6,000 a page takes 20 ms, as one of `waiting` does.
    """
    undated = ExpressionWrapper(F("opened_at") + UNDATED, output_field=DateTimeField())
    found = _seen(viewer, **sought).annotate(until=Coalesce("due_at", undated))
    if after is not None:
        moment, id_ = after
        found = found.filter(Q(until__gt=moment) | Q(until=moment, id__gt=id_))
    return _rows(found.order_by("until", "id")[:limit])


def count_waiting(*, viewer: Actor, **sought: Unpack[Sought]) -> int:
    """Return how many open holds `viewer` may see."""
    return _seen(viewer, **sought).count()


def load(*, viewer: Actor, now: datetime, **sought: Unpack[Sought]) -> tuple[LoadRow, ...]:
    """Return how much waits at each office for what, as far as `viewer` may see it.

    In order of office, kind and turn; one statement for any number of holds.
    """
    grouped = (
        _seen(viewer, **sought)
        .values_list("office", "kind", "turn")
        .annotate(
            count=Count("id"),
            late=Count("id", filter=Q(due_at__lte=now)),
            oldest_at=Min("opened_at"),
        )
        .order_by("office", "kind", "turn")
    )
    return tuple(
        LoadRow(office, HoldKind(kind), Turn(turn), *rest) for office, kind, turn, *rest in grouped
    )


def open_counts(*, now: datetime) -> tuple[tuple[HoldKind, Turn, int, int], ...]:
    """Return how many holds are open and how many are late, by kind and turn, for operators."""
    grouped = (
        Hold.objects.filter(ended_at=None).order_by("kind", "turn").values_list("kind", "turn")
    )
    counted = grouped.annotate(count=Count("id"), late=Count("id", filter=Q(due_at__lte=now)))
    return tuple((HoldKind(kind), Turn(turn), count, late) for kind, turn, count, late in counted)


def load_of_sites(
    *, viewer: Actor, now: datetime, missed: Collection[HoldId] = ()
) -> tuple[SiteLoadRow, ...]:
    """Return how many declarations wait, by the site of their goods; in order of site.

    Of a site's own are those whose hold customs has to end at the office of the goods. Late are
    those past their moment; `missed` names more, whose moment another room keeps.
    One statement. Declarations that name no site are left out.
    """
    own = Q(turn=str(Turn.CUSTOMS), office=F("declaration__goods_office"))
    past = Q(due_at__lte=now) | Q(id__in=missed)
    grouped = (
        _seen(viewer)
        .exclude(declaration__site="")
        .values_list("declaration__site")
        .annotate(
            count=Count("declaration", distinct=True),
            own=Count("declaration", filter=own, distinct=True),
            late=Count("declaration", filter=own & past, distinct=True),
        )
        .order_by("declaration__site")
    )
    return tuple(SiteLoadRow(*row) for row in grouped)


def promise(*, viewer: Actor, since: datetime, now: datetime) -> Promise:
    """Return how customs kept its deadlines since a moment, as far as `viewer` may see it.

    What was done in time counts as kept; what was done late since, or is late still, as broken.
    One statement, by an index of what customs promises.
    """
    promised = Hold.objects.filter(turn=str(Turn.CUSTOMS), due_at__isnull=False)
    concerned = Q(ended_at__gte=since, ended_at__lte=now) | Q(ended_at=None, due_at__lte=now)
    in_time = Q(ended_at__lte=F("due_at"))
    counted = promised.filter(concerned, visible_to(viewer, "declaration__")).aggregate(
        kept=Count("id", filter=in_time),
        broken=Count("id", filter=Q(ended_at=None) | Q(ended_at__gt=F("due_at"))),
    )
    return Promise(counted["kept"], counted["broken"])


def open_by_site(kind: HoldKind) -> Counter[tuple[str, str]]:
    """Return how many holds of a kind are open, by their office and the site of the goods."""
    found = Hold.objects.filter(kind=str(kind), ended_at=None).values_list(
        "office", "declaration__site"
    )
    return Counter({(office, site): count for office, site, count in found.annotate(n=Count("id"))})


def _seen(
    viewer: Actor,
    *,
    turn: Turn | None = None,
    kinds: Collection[HoldKind] = (),
    offices: Collection[str] = (),
    text: str = "",
    overdue_at: datetime | None = None,
    doer: Doer | None = None,
) -> QuerySet[Hold]:
    """Return the open holds a viewer may see; people of a site what its goods wait for to move."""
    at_site = Q(kind__in=_OF_SITES, declaration__site__in=viewer.sites)
    found = Hold.objects.filter(visible_to(viewer, "declaration__") | at_site, ended_at=None)
    if turn is not None:
        found = found.filter(turn=str(turn))
    if kinds:
        found = found.filter(kind__in=[str(kind) for kind in kinds])
    if offices:
        found = found.filter(office__in=offices)
    if text:
        found = found.filter(named(text, "declaration__"))
    if overdue_at is not None:
        found = found.filter(due_at__lte=overdue_at)
    return found if doer is None else _to_be_done(found, doer)


def _to_be_done(found: QuerySet[Hold], doer: Doer) -> QuerySet[Hold]:
    """Return those of these holds that somebody can end now."""
    case, name = Q(kind=str(HoldKind.CASE)), doer.name
    own = Q(opened_by=name) | Q(opened_by__startswith=f"{name} ")
    own |= Q(opened_by__endswith=f" {name}") | Q(opened_by__contains=f" {name} ")
    asked = Hold.objects.filter(
        declaration=OuterRef("declaration"), kind__in=[str(one) for one in ASKING], ended_at=None
    )
    his = Q(pk__in=[])
    for kind in doer.kinds:
        his |= Q(kind=str(kind), turn=str(kind.turn))
    return (
        found.filter(his)
        .exclude(case & own)
        .exclude(id__in=doer.decided)
        .exclude(Q(Exists(asked), kind=str(HoldKind.REVIEW)))
    )


def unanswered(ids: Collection[DeclarationId]) -> frozenset[DeclarationId]:
    """Return those of these declarations whose declarant still has to answer or to come."""
    kinds = [str(one) for one in ASKING]
    found = Hold.objects.filter(declaration__in=ids, kind__in=kinds, ended_at=None)
    return frozenset(map(DeclarationId, found.values_list("declaration_id", flat=True)))


def _blocks(act: Act) -> Q:
    """Return the filter that keeps the holds which stand in the way of an act.

    Whatever is open stands in the way of closing.
    """
    if act is Act.CLOSE:
        return Q()
    own = [str(why) for why in Why if why.blocks is act]
    others = [str(why) for why in Why if why.blocks is not None]
    return Q(why__in=own) | (Q(kind__in=_BLOCKING[act]) & ~Q(why__in=others))


def _open(declaration_id: DeclarationId) -> QuerySet[Hold]:
    return Hold.objects.filter(declaration=declaration_id, ended_at=None)


def _rows(found: QuerySet[Hold]) -> tuple[HoldRow, ...]:
    return tuple(_row(*columns) for columns in found.values_list(*_COLUMNS))


def _held(statement: str, values: Values) -> tuple[HoldRow, ...]:
    """Return the holds that a prepared statement finds; Django's connections leave JSON as text."""
    found = read(statement, values)
    at = _COLUMNS.index("facts")
    rows = ([*row[:at], json.decode(row[at]), *row[at + 1 :]] for row in found)
    return tuple(_row(*columns) for columns in rows)


def _row(
    id_: HoldId,
    declaration_id: DeclarationId,
    number: str,
    reference: str,
    kind: str,
    turn: str,
    office: str,
    why: str,
    facts: dict[str, str],
    opened_at: datetime,
    due_at: datetime | None,
    ended_at: datetime | None,
    ended_by: str,
    opened_by: str,
) -> HoldRow:
    return HoldRow(
        id_,
        declaration_id,
        number,
        reference,
        HoldKind(kind),
        Turn(turn),
        office,
        Why(why),
        facts,
        opened_at,
        due_at,
        ended_at,
        ended_by,
        tuple(opened_by.split()),
    )


def office_of(declaration_id: DeclarationId) -> str:
    """Return the office of declaration: where an act belongs that no hold places elsewhere."""
    found = Clearance.objects.filter(pk=declaration_id)
    return str(found.values_list("declaration__declaration_office", flat=True).get())
