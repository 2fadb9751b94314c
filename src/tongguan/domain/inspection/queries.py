"""Reads of this room."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q
from msgspec import convert

from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import open_by_site, open_holds
from tongguan.domain.declarations import queries as declarations
from tongguan.domain.inspection.choices import choices
from tongguan.domain.inspection.duty import ChoiceRow, DrawRow, DutyRow, Mark, MarkRow
from tongguan.domain.inspection.keeping import keeps, sites_of_goods
from tongguan.domain.inspection.models import (
    Appointment,
    Attendance,
    DeclaredAbsence,
    InspectionRecord,
    OfficerDraw,
    PreparedRecord,
    Presence,
    RecordVersion,
    Signature,
    Supplement,
)
from tongguan.domain.inspection.rules.measured import told
from tongguan.domain.inspection.rules.signatures import content_hash, missing
from tongguan.domain.inspection.values import (
    AbsenceGround,
    AbsenceRow,
    AppointmentRow,
    AttendanceRow,
    How,
    KeeperTaskRow,
    LoadRow,
    Part,
    PreparedRow,
    RecordRow,
    Seen,
    SignatureRow,
    Signed,
    SupplementRow,
    VersionRow,
)
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.queries import posted
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.time import LOCAL


def records_of(declaration_id: DeclarationId) -> tuple[RecordRow, ...]:
    """Return the signed records of a declaration, earliest first, with what was added to each."""
    rows = InspectionRecord.objects.filter(declaration=declaration_id).order_by("signed_at")
    columns = ("hold", "office", "content", "signed_at", "signed_by", "sha256")
    found = list(rows.values_list(*columns))
    if not found:
        return ()
    by_hold = _signatures([hold for hold, *_rest in found])
    added: dict[UUID, list[SupplementRow]] = {}
    for one in Supplement.objects.filter(declaration=declaration_id).order_by("id"):
        row = SupplementRow(HoldId(one.hold), one.words, one.added_by, one.added_at)
        added.setdefault(one.hold, []).append(row)
    return tuple(
        RecordRow(
            HoldId(hold),
            office,
            convert(content, Signed),
            at,
            by,
            sealed,
            by_hold.get((hold, sealed), ()),
            tuple(added.get(hold, ())),
        )
        for hold, office, content, at, by, sealed in found
    )


def prepared(hold_ids: Collection[HoldId]) -> dict[HoldId, PreparedRow]:
    """Return the records of these examinations that are being signed, with who is missing."""
    rows = list(PreparedRecord.objects.filter(pk__in=hold_ids))
    if not rows:
        return {}
    drawn, attended = draws(hold_ids), attendances(hold_ids)
    heads = declarations.heads([DeclarationId(row.declaration_id) for row in rows])
    signed_by = _signatures(hold_ids)
    found: dict[HoldId, PreparedRow] = {}
    for row in rows:
        id_, hold = DeclarationId(row.declaration_id), HoldId(row.hold)
        came, two = attended[hold], drawn[hold].officers
        seen, head = convert(row.seen, Seen), heads[id_]
        declared = declarations.content(id_)
        first, second = two
        signed = Signed(
            officers=(first, second),
            witness=came.told,
            seals_before=came.seals_before,
            seals_listed=came.seals_listed,
            containers=tuple(box.id for box in declared.containers if box.id),
            early=came.early,
            number=head.number,
            refused=came.refused,
            declared=told(seen, declared),
            version=row.version,
            drawn_of=drawn[hold].drawn_of,
            named=drawn[hold].named,
            **{name: getattr(seen, name) for name in seen.__struct_fields__},
        )
        sealed = content_hash(hold, signed)
        signatures = signed_by.get((hold, sealed), ())
        keeper = came.keeper if came.by_keeper else None
        lacks = tuple(missing(two, keeper, signatures))
        found[hold] = PreparedRow(
            hold, signed, sealed, row.prepared_by, row.prepared_at, signatures, lacks
        )
    return found


def record_versions(declaration_id: DeclarationId) -> tuple[VersionRow, ...]:
    """Return every version of the records of a declaration, earliest first, with who signed it."""
    rows = RecordVersion.objects.filter(declaration=declaration_id).order_by("id")
    columns = ("hold", "version", "content", "sha256", "why", "written_by", "written_at")
    found = list(rows.values_list(*columns))
    by_hold = _signatures({hold for hold, *_rest in found}) if found else {}
    return tuple(
        VersionRow(
            HoldId(hold),
            version,
            convert(content, Signed),
            sealed,
            why,
            by,
            at,
            by_hold.get((hold, sealed), ()),
        )
        for hold, version, content, sealed, why, by, at in found
    )


def absences(hold_ids: Collection[HoldId]) -> dict[HoldId, AbsenceRow]:
    """Return what enterprises said beforehand: that nobody comes to these examinations."""
    columns = ("hold", "ground", "words", "declared_by", "declared_at")
    rows = DeclaredAbsence.objects.filter(pk__in=hold_ids).values_list(*columns)
    return {HoldId(hold): AbsenceRow(AbsenceGround(ground), *rest) for hold, ground, *rest in rows}


def notice(at: datetime, told_at: datetime) -> bool:
    """Return whether an enterprise that is told at a moment is given notice in time."""
    day = told_at.astimezone(LOCAL).date()
    hours = snapshot().parameters.whole("inspection_notice_hours", day)
    return at - told_at >= timedelta(hours=hours)


def keeper_tasks(*, viewer: Actor) -> tuple[KeeperTaskRow, ...]:
    """Return the examinations at a site operator's sites that he attends or signs as witness."""
    region = snapshot().region
    known = (region.site(code) for code in sorted(viewer.sites))
    offices = {site.office for site in known if site is not None}
    open_ = InspectionRecord.objects.filter(pk=OuterRef("pk"))
    rows = Attendance.objects.filter(
        ~Exists(open_),
        Q(witness="") | ~Q(refused=""),
        declaration__inspection_office__in=offices,
    )
    columns = ("hold", "declaration_id", "declaration__number", "declaration__site")
    found = list(rows.order_by("noted_at", "pk").values_list(*columns, "absence", "keeper"))
    made = prepared([HoldId(hold) for hold, *_rest in found])
    open_rows = open_holds({id_ for _hold, id_, *_rest in found}, HoldKind.INSPECTION)
    lies = sites_of_goods({row.declaration_id: row.office for row in open_rows})
    holds = {row.id for row in open_rows if keeps(viewer, lies[row.declaration_id], row.office)}
    return tuple(
        KeeperTaskRow(
            HoldId(hold),
            DeclarationId(id_),
            number,
            lies[DeclarationId(id_)] or site,
            absence,
            bool(keeper),
            made[hold].sha256 if hold in made else "",
        )
        for hold, id_, number, site, absence, keeper in found
        if hold in holds
    )


def _signatures(
    hold_ids: Collection[UUID],
) -> dict[tuple[UUID, str], tuple[SignatureRow, ...]]:
    """Return the signatures of these examinations, by hold and content, in order."""
    found: dict[tuple[UUID, str], tuple[SignatureRow, ...]] = {}
    for one in Signature.objects.filter(hold__in=hold_ids).order_by("id"):
        row = SignatureRow(Part(one.part), one.by, one.name, How(one.how), one.at)
        key = (one.hold, one.sha256)
        found[key] = (*found.get(key, ()), row)
    return found


def appointments(hold_ids: Collection[HoldId]) -> dict[HoldId, AppointmentRow]:
    """Return when and where these inspections are held, where that is set."""
    rows = Appointment.objects.filter(pk__in=hold_ids)
    columns = ("hold", "at", "place", "told_at", "agreed_by")
    return {
        HoldId(hold): AppointmentRow(HoldId(hold), at, place, told_at, agreed)
        for hold, at, place, told_at, agreed in rows.values_list(*columns)
    }


def missed(*, now: datetime) -> tuple[HoldId, ...]:
    """Return the inspections appointed for an earlier day and not signed yet, earliest first.

    Those are among them whose declaration ended otherwise meanwhile: their hold is not open.
    """
    today = datetime.combine(now.astimezone(LOCAL).date(), time(), LOCAL)
    signed = InspectionRecord.objects.filter(pk=OuterRef("pk"))
    rows = Appointment.objects.filter(~Exists(signed), at__lt=today).order_by("at", "pk")
    return tuple(HoldId(hold) for hold in rows.values_list("hold", flat=True))


def posted_at(office: str, *, now: datetime) -> tuple[str, ...]:
    """Return the account names of the inspectors posted at an office, in order of name."""
    district = snapshot().region.district_of(office)
    return posted(Role.INSPECTOR, office=office, district=district, now=now)


def on_duty(office: str, day: date, *, now: datetime) -> tuple[DutyRow, ...]:
    """Return the inspectors posted at an office, and who of them is marked present on a day."""
    names = posted_at(office, now=now)
    rows = Presence.objects.filter(day=day, officer__in=names).order_by("id")
    last = {row.officer: row for row in rows}
    return tuple(_duty(name, office, last.get(name)) for name in names)


def _duty(officer: str, office: str, last: Presence | None) -> DutyRow:
    if last is None:
        return DutyRow(officer, present=False)
    mark = _mark(last)
    here = mark.mark is Mark.PRESENT and mark.office == office
    elsewhere = "" if here or mark.mark is Mark.ABSENT else mark.office
    return DutyRow(officer, here, elsewhere, mark, last.pk)


def marks(office: str, day: date) -> tuple[MarkRow, ...]:
    """Return every mark of presence or absence at an office on a day, in order."""
    return tuple(map(_mark, Presence.objects.filter(office=office, day=day).order_by("id")))


def marked_others(office: str, day: date) -> frozenset[str]:
    """Return who marked another officer present or absent at an office on a day."""
    rows = Presence.objects.filter(office=office, day=day).exclude(officer=F("marked_by"))
    return frozenset(rows.values_list("marked_by", flat=True))


def _mark(row: Presence) -> MarkRow:
    return MarkRow(row.officer, row.office, Mark(row.mark), row.marked_at, row.marked_by)


def draws(hold_ids: Collection[HoldId]) -> dict[HoldId, DrawRow]:
    """Return who was drawn for these inspections, where somebody was."""
    rows = list(OfficerDraw.objects.filter(pk__in=hold_ids).order_by("drawn_at", "pk"))
    return {row.hold_id: row for row in _draws(rows)}


def replacements(*, viewer: Actor, since: datetime) -> tuple[DrawRow, ...]:
    """Return the examinations at an officer's offices that others took over, latest first.

    Those come first that wait for the chief to confirm them; the others since a moment.
    """
    asked = ~Q(wanted_by="")
    found = OfficerDraw.objects.filter(
        asked | Q(replaced_at__gte=since), office__in=viewer.offices
    ).order_by("wanted_by", "-replaced_at", "pk")
    return tuple(sorted(_draws(list(found)), key=lambda row: not row.wanted_by))


def load(day: date) -> tuple[LoadRow, ...]:
    """Return how busy each site is on a day where something is inspected, the busiest first.

    Goods are inspected where they lie, if that is a site of the office that inspects them; else
    at that office's first site. Two statements.
    """
    region = snapshot().region
    begins = datetime.combine(day, time(), LOCAL)
    signed = InspectionRecord.objects.filter(
        signed_at__gte=begins, signed_at__lt=begins + timedelta(days=1)
    ).values_list("office", "declaration__site")
    waits: Counter[tuple[str, str]] = Counter()
    done: Counter[tuple[str, str]] = Counter()
    for place, count in open_by_site(HoldKind.INSPECTION).items():
        waits[_inspected_at(*place, day)] += count
    for office, site, count in signed.annotate(n=Count("pk")):
        done[_inspected_at(office, site, day)] += count
    rows = []
    for office, site in {*waits, *done}:
        able = region.capacity(site, day)
        held, ended = waits[office, site], done[office, site]
        a_day, source = (None, "") if able is None else (able.a_day, able.source)
        rows.append(LoadRow(office, site, held, ended, a_day, source))
    return tuple(sorted(rows, key=lambda row: (-(row.share or 0), row.office, row.site)))


def _inspected_at(office: str, site: str, day: date) -> tuple[str, str]:
    sites = [one.code for one in snapshot().region.sites_of(office, day)]
    return office, site if site in sites else next(iter(sites), "")


def _draws(rows: Collection[OfficerDraw]) -> list[DrawRow]:
    chosen = choices([HoldId(row.hold) for row in rows]) if rows else {}
    return [_draw(row, chosen.get(row.hold, ())) for row in rows]


def _draw(row: OfficerDraw, chosen: tuple[ChoiceRow, ...]) -> DrawRow:
    return DrawRow(
        HoldId(row.hold),
        DeclarationId(row.declaration_id),
        row.office,
        row.seed_day,
        tuple(row.present),
        tuple(row.drawn),
        row.drawn_at,
        tuple(row.officers),
        row.why,
        row.replaced_by,
        tuple(row.wanted),
        row.wanted_ground,
        row.wanted_why,
        row.wanted_by,
        tuple(row.wanted_for or ()),
        chosen,
        tuple(row.wanted_askers or filter(None, (row.wanted_by,))),
    )


def attendances(hold_ids: Collection[HoldId]) -> dict[HoldId, AttendanceRow]:
    """Return who attends these inspections and since when they go on, where that is recorded."""
    return {
        HoldId(row.hold): _attendance(row) for row in Attendance.objects.filter(pk__in=hold_ids)
    }


def _attendance(row: Attendance) -> AttendanceRow:
    return AttendanceRow(
        HoldId(row.hold),
        row.witness,
        row.absence,
        row.noted_at,
        row.seals_before,
        row.started_at,
        row.started_by,
        row.keeper,
        row.refused,
        tuple(row.seals_listed or ()),
        row.early,
    )
