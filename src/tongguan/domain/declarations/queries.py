"""Reads of this room. Each returns frozen rows in a stated order, filtered by who looks."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import BooleanField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Left
from msgspec import convert

from tongguan.domain.declarations.models import Attempt, Declaration, Line, Unit, Version
from tongguan.domain.declarations.records import (
    AttemptRow,
    CameRow,
    DeclarationRow,
    VersionRow,
)
from tongguan.domain.declarations.values import Flow, Kind, Mode, Submission
from tongguan.domain.parties import scopes
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.tables import Lookup, Row
from tongguan.kernel.identifiers import BILL, CONTAINER, DECLARATION, REFERENCE, DeclarationId

PAGE_ROWS: Final = 50
_COLUMNS: Final = (
    "id",
    "number",
    "reference",
    "trader_id",
    "trader__name_zh",
    "declarant_id",
    "declarant__name_zh",
    "flow",
    "kind",
    "mode",
    "declaration_office",
    "goods_office",
    "payment_office",
    "inspection_office",
    "site",
    "bill",
    "goods",
    "line_count",
    "version",
    "accepted_at",
)
# The columns of `_COLUMNS`, in their order: acts read these rows several times each.
_HEADS: Final = """
    SELECT declared.id, declared.number, declared.reference, trader_id, trader.name_zh,
        declarant_id, declarant.name_zh, flow, declared.kind, mode, declaration_office,
        goods_office, payment_office, inspection_office, site, bill, goods, line_count,
        version, accepted_at
    FROM declarations_declaration AS declared
    JOIN parties_enterprise AS trader ON trader.id = declared.trader_id
    JOIN parties_enterprise AS declarant ON declarant.id = declared.declarant_id
    WHERE declared.id = ANY(%s::uuid[])
"""


class _AmongChapters(Func):
    """Whether a chapter is one of an array of them."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def visible_to(viewer: Actor, path: str = "") -> Q:
    """Return the filter that keeps what `viewer` may see.

    An enterprise sees what `concerning` says, an officer those with one of their four offices
    among his.

    Args:
        viewer: who looks.
        path: how the filtered table reaches the declaration, `declaration__`.
    """
    seen = concerning(viewer, path)
    for role in ("declaration", "goods", "payment", "inspection"):
        seen |= Q(**{f"{path}{role}_office__in": viewer.offices})
    return seen


def concerning(viewer: Actor, path: str = "") -> Q:
    """Return the filter that keeps what concerns the enterprises that `viewer` works for.

    That is what was declared for them, and what they declared, for ever. What others declared for
    a principal concerns a broker where a mandate in force says so, within its flow, chapters and
    span. Source: Customs Law, art. 11.
    """
    mine = Q(**{f"{path}trader_id__in": viewer.own_ids})
    mine |= Q(**{f"{path}declarant_id__in": viewer.own_ids})
    if viewer.shown_ids:
        shown = Exists(scopes.showing(_covering(viewer, path), path))
        mine |= Q(shown, **{f"{path}trader_id__in": viewer.shown_ids})
    return mine


def _covering(viewer: Actor, path: str = "") -> QuerySet[Any]:
    """Return the viewer's mandates that cover a declaration: flow, and chapters of all lines."""
    chapter = Left("commodity", Value(2))
    outside = Line.objects.filter(
        ~_AmongChapters(chapter, OuterRef("chapters")), declaration=OuterRef(OuterRef(f"{path}id"))
    )
    return scopes.covering(viewer, path).filter(Q(chapters=[]) | ~Exists(outside))


def concerns(by: Actor, declaration_id: DeclarationId) -> bool:
    """Return whether a declaration concerns the enterprises that `by` works for."""
    return Declaration.objects.filter(concerning(by), pk=declaration_id).exists()


def acts_for(by: Actor, declaration_id: DeclarationId) -> bool:
    """Return whether `by` may act on a declaration for whom it is.

    Its party may, and a broker under a mandate in force that covers it: on what it declared
    itself, and on what others declared where the mandate shows it. What a broker declared stays
    readable when the mandate has ended; to act on it takes another one.
    """
    mine = Q(trader_id__in=by.own_ids)
    if by.mandates:
        covering = _covering(by)
        mine |= Q(Exists(covering), declarant_id__in=by.own_ids)
        mine |= Q(Exists(scopes.showing(covering)))
    return Declaration.objects.filter(mine, pk=declaration_id).exists()


def may_secure(by: Actor, declaration_id: DeclarationId) -> bool:
    """Return whether `by` may draw on a guarantee of the party of a declaration for it.

    The party itself may, and a broker under a mandate in force that says so and covers it, for
    what this broker or the party itself declared. Source: Customs Law, art. 66; ours.
    """
    mine = Q(trader_id__in=by.own_ids)
    if by.mandates:
        lodged = Q(declarant_id__in=by.own_ids) | Q(declarant_id=F("trader_id"))
        mine |= Q(lodged, Exists(scopes.drawing(_covering(by))))
    return Declaration.objects.filter(mine, pk=declaration_id).exists()


def guarantors(by: Actor, declaration_id: DeclarationId) -> frozenset[int]:
    """Return the enterprises whose guarantees `by` may draw on for a declaration.

    They are its party where `by` may secure it, and its declarant where that is `by` itself: a
    guarantee is drawn on by its holder. Source: Customs Law, art. 66; ours.
    """
    found = set()
    if may_secure(by, declaration_id):
        found |= {heads([declaration_id])[declaration_id].trader_id}
    own = Declaration.objects.filter(pk=declaration_id, declarant_id__in=by.own_ids)
    return frozenset(found.union(own.values_list("declarant_id", flat=True)))


def find(number: str, *, viewer: Actor) -> DeclarationRow | None:
    """Return the declaration of a customs number, or None where there is none to be seen."""
    return _one(Declaration.objects.filter(visible_to(viewer), number=number))


def get(declaration_id: DeclarationId, *, viewer: Actor) -> DeclarationRow | None:
    """Return one declaration, or None where there is none to be seen."""
    return _one(Declaration.objects.filter(visible_to(viewer), pk=declaration_id))


def heads(ids: Collection[DeclarationId]) -> dict[DeclarationId, DeclarationRow]:
    """Return these declarations' heads, for processes: nobody looks."""
    found = Lookup(_HEADS, [list(ids)] if ids else None, list[Row]).answer()
    return {row.id: row for row in (_row(*columns) for columns in found)}


def by_bill(bills: Collection[str]) -> dict[str, tuple[DeclarationId, ...]]:
    """Return the declarations that name these bills, for processes."""
    found: dict[str, tuple[DeclarationId, ...]] = {}
    rows = Declaration.objects.filter(bill__in=bills).order_by("accepted_at", "id")
    for bill, id_ in rows.values_list("bill", "id"):
        found[bill] = (*found.get(bill, ()), DeclarationId(id_))
    return found


def by_number(number: str) -> DeclarationId | None:
    """Return the declaration of a number, for acts of carriers: nobody looks at what it says."""
    id_ = Declaration.objects.filter(number=number).values_list("id", flat=True).first()
    return None if id_ is None else DeclarationId(id_)


def naming(unit: str) -> tuple[DeclarationRow, ...]:
    """Return the heads of those that name a container, or a bill without any; earliest first."""
    found = Unit.objects.filter(unit=unit).order_by("declaration__accepted_at", "declaration")
    rows = found.values_list(*(f"declaration__{column}" for column in _COLUMNS))
    return tuple(_row(*columns) for columns in rows)


def naming_each(units: Collection[str]) -> dict[str, set[DeclarationId]]:
    """Return which declarations name each of these units; one that none names is no key."""
    found: dict[str, set[DeclarationId]] = {}
    for unit, id_ in Unit.objects.filter(unit__in=units).values_list("unit", "declaration"):
        found.setdefault(unit, set()).add(DeclarationId(id_))
    return found


def units(declaration_id: DeclarationId) -> tuple[str, ...]:
    """Return what a gate lets out for a declaration, by number."""
    found = Unit.objects.filter(declaration=declaration_id).order_by("unit")
    return tuple(found.values_list("unit", flat=True))


def page(
    *,
    viewer: Actor,
    search: str = "",
    flow: Flow | None = None,
    states: Collection[str] = (),
    after: tuple[datetime, DeclarationId] | None = None,
    limit: int = PAGE_ROWS,
) -> tuple[DeclarationRow, ...]:
    """Return a page of the declarations that `viewer` may see, latest first.

    Args:
        viewer: who looks.
        search: part of a number or reference from its beginning, or a whole bill or container, in
            any spelling.
        flow: only imports, or only exports.
        states: only in these states of clearance.
        after: moment and id of the last row of the page before.
        limit: rows at the most.
    """
    found = Declaration.objects.filter(visible_to(viewer))
    if search:
        found = found.filter(named(search))
    if flow is not None:
        found = found.filter(flow=flow.value)
    if states:
        found = found.filter(clearance__state__in=states)
    if after is not None:
        moment, id_ = after
        found = found.filter(Q(accepted_at__lt=moment) | Q(accepted_at=moment, id__gt=id_))
    rows = found.order_by("-accepted_at", "id").values_list(*_COLUMNS)[:limit]
    return tuple(_row(*columns) for columns in rows)


def named(search: str, path: str = "") -> Q:
    """Return the filter that keeps what a search means, however it is spelled.

    Args:
        search: part of a number or reference from its beginning, or a whole bill or container.
        path: how the filtered table reaches the declaration, `declaration__`.
    """
    own, number = REFERENCE.plain(search), DECLARATION.plain(search)
    if not own.isprintable():
        return Q(pk__in=[])
    whole = {BILL.plain(search), CONTAINER.plain(search)}
    found = Q(**{f"{path}bill__in": whole}) | Q(**{f"{path}reference__istartswith": own})
    boxes = Unit.objects.filter(unit__in=whole).values("declaration")
    found |= Q(**{f"{path}pk__in": boxes})
    return found | Q(**{f"{path}number__startswith": number}) if number else found


def seen_by(viewer: Actor) -> QuerySet[Declaration, Any]:
    """Return the ids of all that `viewer` may see, as part of a statement of another room."""
    return Declaration.objects.filter(visible_to(viewer)).values("id")


def content(declaration_id: DeclarationId, version: int | None = None) -> Submission:
    """Return what was declared, in one version or in the latest.

    Raises:
        Version.DoesNotExist: there is no such version.
    """
    found = Version.objects.filter(declaration=declaration_id)
    if version is not None:
        found = found.filter(number=version)
    latest = found.order_by("-number").values_list("content", flat=True)[:1].get()
    return convert(latest, Submission, strict=True)


def versions(declaration_id: DeclarationId) -> tuple[VersionRow, ...]:
    """Return the versions of a declaration, latest first."""
    found = Version.objects.filter(declaration=declaration_id).order_by("-number")
    return tuple(
        VersionRow(number, bytes(sha256), reason, made_at, made_by)
        for number, sha256, reason, made_at, made_by in found.values_list(
            "number", "sha256", "reason", "made_at", "made_by"
        )
    )


def submissions_since(moment: datetime) -> tuple[int, int]:
    """Return how many submissions came since a moment and were accepted, and how many rejected.

    Their ids begin with their moment in milliseconds, so that only these are read.
    """
    first = UUID(int=int(moment.timestamp() * 1_000) << 80)
    found = Attempt.objects.filter(pk__gte=first).aggregate(
        all=Count("pk"), accepted=Count("declaration")
    )
    return found["accepted"], found["all"] - found["accepted"]


def attempts(*, viewer: Actor, limit: int = PAGE_ROWS) -> tuple[AttemptRow, ...]:
    """Return what `viewer`'s account sent, latest first: accepted or not."""
    found = Attempt.objects.filter(received_by=viewer.name).order_by("-received_at", "id")
    return tuple(
        AttemptRow(
            id_,
            reference,
            of,
            number or "",
            format_,
            channel,
            at,
            faults,
        )
        for id_, reference, of, number, format_, channel, at, faults in found.values_list(
            "id",
            "reference",
            "declaration_id",
            "declaration__number",
            "format",
            "channel",
            "received_at",
            "faults",
        )[:limit]
    )


def came(declaration_id: DeclarationId) -> tuple[CameRow, ...]:
    """Return the documents that a declaration came in by, earliest first; without their bytes."""
    found = Attempt.objects.filter(declaration=declaration_id).order_by("received_at", "id")
    rows = found.annotate(kept=Q(raw__isnull=False)).values_list(
        "id", "format", "channel", "received_at", "received_by", "sha256", "kept"
    )
    return tuple(
        CameRow(id_, format_, channel, at, by, bytes(sha256), kept)
        for id_, format_, channel, at, by, sha256, kept in rows
    )


def as_it_came(attempt_id: UUID, declaration_id: DeclarationId, *, viewer: Actor) -> bytes | None:
    """Return the bytes of a document as it came, or None where there are none to be seen.

    Only the enterprise that sent it sees them: one document may declare for several others.
    """
    found = Attempt.objects.filter(
        pk=attempt_id,
        declaration=declaration_id,
        declaration__declarant__in=viewer.own_ids,
        raw__isnull=False,
    )
    raw = found.values_list("raw", flat=True).first()
    return None if raw is None else bytes(raw)


def formats(declaration_id: DeclarationId) -> tuple[str, ...]:
    """Return in which formats a declaration came in, by code, for answers in the same."""
    found = Attempt.objects.filter(declaration=declaration_id).order_by("format").distinct()
    return tuple(found.values_list("format", flat=True))


def _one(found: QuerySet[Declaration]) -> DeclarationRow | None:
    columns = found.values_list(*_COLUMNS).first()
    return None if columns is None else _row(*columns)


def _row(id_: DeclarationId, number: str, reference: str, *rest: Any) -> DeclarationRow:
    trader_id, trader, declarant_id, declarant, flow, kind, mode, *others = rest
    named = (
        trader_id,
        trader,
        declarant_id,
        declarant,
        Flow(flow),
        Kind(kind),
        Mode(mode),
    )
    return DeclarationRow(id_, number, reference, *named, *others)
