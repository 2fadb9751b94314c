"""The modes of clearing: what each asks of the four offices, as dated rows of the region pack.

No mode has a branch of its own: a row says what it asks, and a pack may say otherwise.
Source of the first pack: GACC announcements 58/2013, 65/2014 and 9/2015.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tongguan.kernel.text import Term, _


class Relation(Term):
    """How the office of declaration stands to the office where the goods are."""

    SAME = "same", _("the same office")
    OTHER = "other", _("another office")
    ANY = "any", _("any office")


class Movement(Term):
    """How the goods move, and when."""

    FREE = "free", _("free after release")
    SEALED = "sealed", _("under seal, before release")
    SEALED_IF_INSPECTED_ELSEWHERE = (
        "sealed_if_inspected_elsewhere",
        _("free after release, under seal to an examination elsewhere"),
    )


class Against(Term):
    """What stands against a mode."""

    SAME_OFFICE = "same_office", _("It is for goods that lie at the office of declaration.")
    OTHER_OFFICE = "other_office", _("It is for goods that lie at another office.")
    DISTRICT = "district", _("An office lies in a district that does not take part.")
    INSPECTION = "inspection", _("Goods cannot be inspected at that office in this mode.")
    TRADER_CLASS = "trader_class", _("The trader's credit class does not allow it.")
    BROKER_CLASS = "broker_class", _("The broker's credit class does not allow it.")
    SELECTED = "selected", _("The goods are to be inspected.")
    PORT_PERMIT = "port_permit", _("The goods or a licence of theirs are bound to the port.")
    NO_REPORT = "no_report", _("The site cannot report the arrival electronically.")
    INVESTIGATED = "investigated", _("The trader is under investigation.")
    NOT_IN_FORCE = "not_in_force", _("The region does not have this mode on that day.")


@dataclass(frozen=True, slots=True)
class ModeRow:
    """One mode through a period: what it asks.

    Attributes:
        marked: the declarant has to ask for it; it is never found from the offices alone.
        relation: of the office of declaration to the office of the goods.
        inspection: where goods may be inspected: `goods`, `declaration`, `any`.
        districts: districts that take part; every office named has to lie in one. Empty: all.
        trader_classes, broker_classes: credit classes it is for. Empty: all.
        refused_for: circumstances it is refused for.
        fallback: the mode that a declaration takes instead once its goods are selected.
    """

    code: str
    marked: bool
    relation: Relation
    inspection: frozenset[str]
    movement: Movement
    districts: frozenset[str]
    trader_classes: frozenset[str]
    broker_classes: frozenset[str]
    refused_for: frozenset[Against]
    fallback: str
    valid_from: date
    valid_until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Route:
    """What a mode follows from.

    Attributes:
        declaration, goods: offices, both known.
        inspection: office chosen for an inspection; empty: where the goods are.
        asked: the mode that the declarant marked, if any.
        trader_class, broker_class: credit classes, where they are known; no broker, no class.
        given: circumstances that stand against some modes.
    """

    declaration: str
    goods: str
    inspection: str = ""
    asked: str | None = None
    trader_class: str = ""
    broker_class: str = ""
    given: frozenset[Against] = frozenset()


@dataclass(frozen=True, slots=True)
class Objection:
    """A mode, and one thing that stands against it."""

    mode: str
    against: Against


@dataclass(frozen=True, slots=True)
class Offer:
    """A mode as it is offered for a route: open where nothing stands against it.

    `chosen` says that the route takes it as it is, without a further mark.
    """

    row: ModeRow
    against: tuple[Against, ...]
    chosen: bool

    @property
    def open(self) -> bool:
        """Return whether the declarant may choose it."""
        return not self.against


def chosen(rows: Sequence[ModeRow], route: Route, districts: Mapping[str, str]) -> ModeRow | None:
    """Return the first mode that the route takes as it is, or None.

    Args:
        rows: modes in force.
        route: offices, mark, circumstances.
        districts: district by office.
    """
    for row in rows:
        if _is_asked(row, route) and next(_against(row, route, districts), None) is None:
            return row
    return None


def offered(
    rows: Sequence[ModeRow], route: Route, districts: Mapping[str, str]
) -> tuple[Offer, ...]:
    """Return each mode with what stands against it, in the order of the table.

    The arguments are those of `chosen`.
    """
    taken = chosen(rows, route, districts)
    return tuple(
        Offer(row, tuple(_against(row, route, districts)), chosen=row is taken) for row in rows
    )


def _is_asked(row: ModeRow, route: Route) -> bool:
    return not row.marked if route.asked is None else row.code == route.asked


def _against(row: ModeRow, route: Route, districts: Mapping[str, str]) -> Iterator[Against]:
    declared, goods = route.declaration, route.goods
    same = declared == goods
    if row.relation is Relation.SAME and not same:
        yield Against.SAME_OFFICE
    if row.relation is Relation.OTHER and same:
        yield Against.OTHER_OFFICE
    inspection = route.inspection or goods
    if row.districts:
        named = {districts.get(declared), districts.get(goods), districts.get(inspection)}
        if not named <= row.districts:
            yield Against.DISTRICT
    if not (
        (inspection == goods and "goods" in row.inspection)
        or (inspection == declared and "declaration" in row.inspection)
        or "any" in row.inspection
    ):
        yield Against.INSPECTION
    if row.trader_classes and route.trader_class and route.trader_class not in row.trader_classes:
        yield Against.TRADER_CLASS
    if row.broker_classes and route.broker_class and route.broker_class not in row.broker_classes:
        yield Against.BROKER_CLASS
    if row.refused_for and route.given:
        yield from (one for one in Against if one in row.refused_for and one in route.given)
