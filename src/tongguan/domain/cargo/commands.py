"""Taking manifests and reports of arrival; binding bills to declarations."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from django.db import connection, transaction
from django.utils.timezone import localdate
from msgspec import json

from tongguan.domain.cargo import problems, queries, shapes
from tongguan.domain.cargo.disputes import carriers_of, find_contest, raise_dispute
from tongguan.domain.cargo.goods import arrive, lying_or_coming
from tongguan.domain.cargo.manifests import check_manifest, message_ids, take
from tongguan.domain.cargo.models import Arrival, Bill, CargoUnit, Claim
from tongguan.domain.cargo.models import Manifest as ManifestTable
from tongguan.domain.cargo.rules.places import is_bound_for
from tongguan.domain.cargo.sealed import CLAIM
from tongguan.domain.cargo.values import (
    ArrivalKind,
    Lying,
    Manifest,
    ManifestFunction,
)
from tongguan.domain.parties import queries as parties
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.reference.values import Site
from tongguan.facilities.accounts.rules.duties import require, require_at
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.announcements.values import Event
from tongguan.facilities.ledger import commands as ledger
from tongguan.facilities.ledger.sealed import FACT, changed, joined
from tongguan.facilities.ledger.values import NewEntry
from tongguan.facilities.tables import TableRows, write
from tongguan.kernel.identifiers import (
    SITE,
    DeclarationId,
    NotAnIdentifierError,
    new_id,
    units_meant,
)
from tongguan.kernel.problems import Fault, ProblemError


def receive_manifest(manifest: Manifest, *, by: Actor, now: datetime) -> int:
    """Take a carrier's manifest, or a change to one; return how many bills it touched.

    The same message again changes nothing and returns 0. A deletion that names no bill withdraws
    all of the manifest. A voyage or bill that another carrier announced first is not taken: the
    claim is kept for an officer to decide, and refused until then.

    Raises:
        ProblemError: ACC-001 neither carrier nor site operator, ACC-011 an operator of no site of
            that office, CAR-007 a change of a manifest that is not theirs, CAR-024 another
            carrier's voyage or bill; all of CAR-003 to CAR-005, 008 to 012, 022, 023, 025 and 051
            that apply.
    """
    touched, claimed = _receive(manifest, by=by, now=now)
    if claimed is not None:
        raise ProblemError(claimed)
    return touched


@transaction.atomic(durable=True)
def _receive(manifest: Manifest, *, by: Actor, now: datetime) -> tuple[int, Fault | None]:
    require(by, Role.CARRIER, Role.SITE_OPERATOR)
    sealed = sha256(json.encode(manifest)).digest()
    with connection.cursor() as cursor:
        # Two senders of one number, or of one voyage, take turns.
        voyage = queries.spelled_out(f"cargo.voyage {manifest.name} {manifest.voyage}")
        for key in (f"cargo.manifest {manifest.number}", voyage):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    held = ManifestTable.objects.filter(number=manifest.number).first()
    carrier_id = _carrier(manifest, held, by=by, now=now)
    own = held is not None and held.carrier_id == carrier_id
    if held is not None and own and queries.is_received(held.pk, manifest.function, sealed):
        return 0, None
    contest = find_contest(manifest, held, carrier_id, now=now)
    faults = [
        *_anothers(manifest, carrier_id, by),
        *check_manifest(manifest, held, contest, now=now),
    ]
    if faults:
        raise ProblemError(*faults)
    if contest is not None:
        return 0, raise_dispute(manifest, contest, sealed=sealed, by=by, now=now)
    return take(manifest, held, carrier_id, by=by, now=now), None


@transaction.atomic(durable=True)
def copy_in(
    manifests: Sequence[Manifest],
    *,
    by: Actor,
    now: datetime,
    lying: Mapping[str, Lying] | None = None,
) -> int:
    """Write many new manifests unchecked, for seeding and benches; return how many bills.

    Args:
        manifests: originals; no bill twice.
        by: the system.
        now: the moment of receipt of all.
        lying: bills that have arrived already, by number.

    Raises:
        django.db.IntegrityError: a manifest or a bill is there already.

    Cost: a COPY a table for any number; 100,000 bills in 2.3 s.
    """
    require(by, Role.ROBOT)
    fresh = [(new_id(), one) for one in manifests]
    heads = shapes.manifest_rows(((id_, one, None) for id_, one in fresh), now=now)
    numbers = message_ids(len(fresh))
    sent = shapes.message_rows(
        [(number, *one) for number, one in zip(numbers, fresh, strict=True)], by=by.name, now=now
    )
    told = shapes.told_of_manifests(heads, sent)
    bills, units = shapes.bill_rows(
        ((id_, one.bills) for id_, one in fresh), now=now, lying=lying or {}
    )
    entries = [
        NewEntry(
            id_,
            "MANIFEST_RECEIVED",
            {
                "manifest": one.number,
                "bills": str(len(one.bills)),
                FACT: joined([told[str(id_)]]),
            },
        )
        for id_, one in fresh
    ]
    entries += shapes.announcements(bills, units)
    write([heads, sent, bills, units, ledger.rows(entries, by=by, at=now)])
    return len(bills.rows)


@transaction.atomic(durable=True)
def report_arrival(
    *,
    number: str,
    site: str,
    by: Actor,
    now: datetime,
    kind: ArrivalKind = ArrivalKind.ARRIVAL,
) -> tuple[str, ...]:
    """Take a report that the goods of a bill, or a container, are at a site.

    Goods arrive at the site that their manifest or an approved diversion names, or at any site of
    its office where it names none; they are reported there or by the carrier whose bill it is. A
    bill has arrived when all of its containers have, or when it is reported as a whole. The same
    report again changes nothing.

    Returns:
        The bills whose goods have all arrived now, by it or before.

    Raises:
        ProblemError: CAR-001 no such bill or container that `by` may see, CAR-002 no such site,
            CAR-025 expected at another place, ACC-011 neither at that site or office nor a carrier.
    """
    site = SITE.plain(site)
    place = snapshot().region.site(site, localdate(now))
    if place is None:
        raise problems.NO_SITE.error(site=site)
    here = by.at(place.office) or by.at(site) or by.is_(Role.SYSTEM)
    if not here and not by.is_(Role.CARRIER):
        require_at(by, office=place.office, site=site)
    found = _reported(number, here=here, by=by)
    wanted = [(bill, unit) for bill, unit in found if _is_expected(bill, unit, place)]
    if not wanted:
        bill, _ = found[0]
        raise problems.EXPECTED_ELSEWHERE.error(
            bill=bill.number, site=site, expected=_expected(bill), office=_office(bill)
        )
    told: list[Event] = []
    for bill, unit in wanted:
        report, fresh = Arrival.objects.get_or_create(
            bill=bill,
            unit=unit,
            site=site,
            kind=str(kind),
            defaults={"at": now, "by": by.name},
        )
        if fresh:
            told.append(arrive(bill, report, by=by, now=now))
    announce(told)
    return tuple(bill.number for bill, _ in wanted if bill.arrived_at is not None)


def claim_rows(wanted: Iterable[tuple[str, DeclarationId, str]]) -> TableRows:
    """Return the rows that bind bills to declarations, for a writer of many tables.

    With each come its declaration and, for an export that is cleared inland, the office from which
    it moves to the exit. A bill may be bound before any manifest names it. The database refuses a
    bill that another declaration uses.
    """
    return TableRows("cargo_claim", ("bill", "declaration_id", "departure"), list(wanted))


def claim(wanted: Mapping[str, DeclarationId]) -> None:
    """Bind bills to the declarations that name them, in the transaction that records them.

    Raises:
        django.db.IntegrityError: another declaration has taken one of them.
    """
    write([claim_rows((bill, declaration_id, "") for bill, declaration_id in wanted.items())])


def free(declaration_ids: Collection[DeclarationId], *, by: Actor, now: datetime) -> None:
    """Free the bills of declarations that are no more, so that others may use them."""
    bound = Claim.objects.filter(declaration_id__in=declaration_ids, freed_at=None)
    for one in bound.order_by("declaration_id"):
        one.freed_at = now
        one.save(update_fields=["freed_at"])
        id_, wrote = one.declaration_id, [changed(CLAIM, one.bill, freed_at=now)]
        ledger.record("BILL_FREED", id_, by=by, at=now, wrote=wrote, bill=one.bill)


def _carrier(
    manifest: Manifest, held: ManifestTable | None, *, by: Actor, now: datetime
) -> int | None:
    """Return whose manifest it is: the carrier it names, or the sender; refuse another's.

    What people of a site send for no named carrier is that of the carrier of its voyage. They
    change only what they sent themselves; a manifest of another is as one that never came.
    """
    named: int | None = None
    if manifest.carrier:
        known = parties.known([manifest.carrier], localdate(now)).answer().get(manifest.carrier)
        if known is None:
            raise problems.CARRIER_UNKNOWN.error(carrier=manifest.carrier)
        named = known.id
    original = manifest.function is ManifestFunction.ORIGINAL
    if by.is_(Role.CARRIER):
        owner = named or (next(iter(by.own_ids)) if len(by.own_ids) == 1 else None)
        mine = held is None or original or held.carrier_id == owner
        if owner not in by.own_ids:
            raise problems.NOT_YOUR_MANIFEST.error(manifest=manifest.number)
        if not (mine or _handed_over(manifest, owner)):
            raise _unknown(manifest)
        return owner
    if original:
        _stands_at(by, manifest.office)
    elif held is None or not (by.is_(Role.SYSTEM) or queries.sender_of(held.pk) == by.name):
        raise _unknown(manifest)
    if held is not None and not original and named not in {None, held.carrier_id}:
        raise problems.NOT_YOUR_MANIFEST.error(manifest=manifest.number)
    if named is None:
        first = carriers_of(manifest, now=now)[:1]
        return held.carrier_id if held is not None else next(iter(first), None)
    return named


def _unknown(manifest: Manifest) -> ProblemError:
    return ProblemError(problems.MANIFEST_UNKNOWN.at("#/number", manifest=manifest.number))


def _handed_over(manifest: Manifest, owner: int | None) -> bool:
    """Return whether a change is about bills alone that were handed over to a carrier."""
    if manifest.function is ManifestFunction.ADD or not manifest.bills:
        return False
    owners = queries.owners([bill.number for bill in manifest.bills], of=manifest.number)
    return all(owners.get(bill.number) == owner for bill in manifest.bills)


def _anothers(manifest: Manifest, carrier_id: int | None, by: Actor) -> Iterable[Fault]:
    """Tell bills that would be replaced or deleted although they are another's, or now are."""
    changes = {ManifestFunction.REPLACE, ManifestFunction.DELETE}
    if manifest.function not in changes or by.is_(Role.SYSTEM):
        return
    mine = by.own_ids if by.is_(Role.CARRIER) else {carrier_id}
    owners = queries.owners([bill.number for bill in manifest.bills], of=manifest.number)
    for number in sorted(bill for bill, owner in owners.items() if owner not in mine):
        yield problems.NOT_YOUR_BILL.at("#/bills", bill=number)


def _stands_at(by: Actor, office: str) -> None:
    """Refuse what people of a site send to another office than their site's."""
    own = (code for code in sorted(by.sites) if by.at(code, Role.SITE_OPERATOR))
    places = (snapshot().region.site(code) for code in own)
    if office not in {place.office for place in places if place is not None}:
        require_at(by, Role.SITE_OPERATOR, office=office)


def _reported(number: str, *, here: bool, by: Actor) -> list[tuple[Bill, str]]:
    """Return the goods that a report is about, of those that are not hidden from who reports."""
    found = _meant(number)
    if not by.is_(Role.SYSTEM):
        own = {bill.pk for bill, _ in found if is_owner(bill, by)}
        seen = Bill.objects.filter(queries.visible_to(by), pk__in=[bill.pk for bill, _ in found])
        known = own | (set(seen.values_list("pk", flat=True)) if here else set())
        found = [(bill, unit) for bill, unit in found if bill.pk in known]
    if not found:
        raise problems.NO_BILL.error(bill=number)
    return found


def _meant(number: str) -> list[tuple[Bill, str]]:
    """Return the goods of a bill or container; a hyphen parts a container's number only."""
    try:
        meant = units_meant(number)
    except NotAnIdentifierError as error:
        raise problems.NO_BILL.error(bill=number[:35]) from error
    return next((found for one in meant if (found := lying_or_coming(one))), [])


def is_owner(bill: Bill, by: Actor) -> bool:
    """Return whether somebody acts for the carrier whose bill it is, or to whom it was handed."""
    return by.is_(Role.CARRIER) and (bill.carrier_id or bill.manifest.carrier_id) in by.own_ids


def _expected(bill: Bill) -> str:
    """Return the site, or the office, that goods are told to be expected at."""
    departure = queries.departures([bill.number]).get(bill.number)
    return bill.arrived_site or departure or bill.site or _office(bill)


def _office(bill: Bill) -> str:
    return bill.office or bill.manifest.office


def _is_expected(bill: Bill, unit: str, place: Site) -> bool:
    """Return whether goods belong to a site: they lie there, or they are still to come to it."""
    units = CargoUnit.objects.filter(bill=bill, left_at=None).exclude(arrived_site="")
    if unit:
        units = units.filter(unit=unit)
    lying = set(units.values_list("arrived_site", flat=True)) or {bill.arrived_site} - {""}
    if lying:
        return lying == {place.code}
    departure = queries.departures([bill.number]).get(bill.number)
    if departure:
        return is_bound_for(place, site="", office=departure)
    return is_bound_for(place, site=bill.site, office=_office(bill))
