"""What every act of an examination looks at first: its hold, its officers, where its goods are."""

from tongguan.domain.cargo import queries as cargo
from tongguan.domain.clearance import queries as holds
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.problems import NOT_HELD
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.declarations import queries as declarations
from tongguan.domain.inspection import problems, queries
from tongguan.domain.inspection.duty import DrawRow
from tongguan.domain.inspection.keeping import keeps, sites_of_goods
from tongguan.domain.inspection.rules.whereabouts import whereabouts
from tongguan.domain.inspection.values import Part, PreparedRow, Whereabouts
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.rules.duties import require, require_at, require_person
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.kernel.identifiers import DeclarationId, HoldId


def open_inspection(declaration_id: DeclarationId, hold_id: HoldId) -> HoldRow:
    """Return the open hold of an examination.

    Raises:
        ProblemError: CLR-002 it is not open.
    """
    for row in holds.open_holds([declaration_id], HoldKind.INSPECTION):
        if row.id == hold_id:
            return row
    raise NOT_HELD.error(hold_id=hold_id)


def holder(declaration_id: DeclarationId, hold_id: HoldId, by: Actor) -> HoldRow:
    """Return the open hold of an examination to one of the two officers who hold it.

    Raises:
        ProblemError: ACC-001, ACC-011 at another office, ACC-014 no person, CLR-002 not open,
            INS-011 nobody drawn, INS-021 others were.
    """
    require(by, Role.INSPECTOR)
    require_person(by)
    row = open_inspection(declaration_id, hold_id)
    require_at(by, Role.INSPECTOR, office=row.office)
    drawn = drawn_for(hold_id)
    if by.name not in drawn.officers:
        raise problems.NOT_THOSE_DRAWN.error(officers=", ".join(drawn.officers))
    return row


def drawn_for(hold_id: HoldId) -> DrawRow:
    """Return the draw of an examination.

    Raises:
        ProblemError: INS-011 nobody was drawn.
    """
    drawn = queries.draws([hold_id]).get(hold_id)
    if drawn is None:
        raise problems.NO_DRAW.error()
    return drawn


def require_goods(hold: HoldRow) -> None:
    """Refuse to examine goods that are not at the office of their examination.

    Raises:
        ProblemError: INS-010.
    """
    where = goods_are(hold)
    if where is not Whereabouts.HERE:
        raise problems.NOT_ARRIVED.error(office=hold.office, why=where)


def goods_are(hold: HoldRow) -> Whereabouts:
    """Return where the goods of an examination are, seen from its office."""
    id_ = hold.declaration_id
    head = declarations.heads([id_])[id_]
    bill = cargo.bills([head.bill]).answer().get(head.bill) if head.bill else None
    site = snapshot().region.site(bill.arrived_site) if bill and bill.arrived_site else None
    lies_at = "" if site is None else site.office
    return whereabouts(hold.office, holds.holds_of(id_), bill, lies_at)


def listed_seals(hold: HoldRow) -> tuple[str, ...]:
    """Return the seals that the manifest lists for the goods of an examination."""
    head = declarations.heads([hold.declaration_id])[hold.declaration_id]
    return cargo.seals_of(head.bill) if head.bill else ()


def moved_under_seal(hold: HoldRow) -> bool:
    """Return whether the goods came to their examination by a movement under seals of its own."""
    rows = holds.holds_of(hold.declaration_id)
    return any(row.kind is HoldKind.TRANSIT and row.ended_at is not None for row in rows)


def witnesses(by: Actor, hold: HoldRow) -> bool:
    """Return whether somebody keeps the goods of an examination, where they lie."""
    if not by.is_(Role.SITE_OPERATOR):
        return False
    sites = sites_of_goods({hold.declaration_id: hold.office})
    return keeps(by, sites[hold.declaration_id], hold.office)


def require_missing(made: PreparedRow, part: Part, account: str = "") -> None:
    """Refuse a signature that a record does not wait for.

    Raises:
        ProblemError: INS-027.
    """
    wanted = {name for missing, name in made.missing if missing is part}
    if wanted and (not account or "" in wanted or account in wanted):
        return
    parts = tuple(missing for missing, _name in made.missing)
    raise problems.NOT_ASKED_TO_SIGN.error(parts=parts or "—")
