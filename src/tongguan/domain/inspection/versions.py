"""The versions of a record that is being signed: each stays, and all sign a new one anew."""

from datetime import datetime
from typing import Final

from django.db.models import F
from msgspec import to_builtins

from tongguan.domain.inspection import problems, queries
from tongguan.domain.inspection.models import (
    Attendance,
    PreparedRecord,
    RecordVersion,
    SigningCode,
)
from tongguan.domain.inspection.rules.signatures import changes_finding
from tongguan.domain.inspection.sealed import ATTENDANCE, VERSION
from tongguan.domain.inspection.values import Part, PreparedRow, Seen
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.ledger.sealed import Rows, changed, made
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import Fault

WHY_MOST: Final = 300


def current(hold_id: HoldId) -> PreparedRow:
    """Return the record of an examination as it stands to be signed.

    Raises:
        ProblemError: INS-016 none is prepared.
    """
    row = queries.prepared([hold_id]).get(hold_id)
    if row is None:
        raise problems.NOT_PREPARED.error()
    return row


def write(
    hold_id: HoldId,
    declaration_id: DeclarationId,
    seen: Seen,
    *,
    why: str,
    by: Actor,
    now: datetime,
) -> tuple[PreparedRow, list[Rows]]:
    """Write what officers saw as the next version; return it, and what was written.

    An earlier refusal to sign, earlier signatures and an earlier code count no more.
    """
    last = RecordVersion.objects.filter(hold=hold_id).order_by("-version").first()
    facts = {"seen": to_builtins(seen), "prepared_by": by.name, "prepared_at": now}
    number = 1 if last is None else last.version + 1
    PreparedRecord.objects.update_or_create(
        hold=hold_id, defaults={"declaration_id": declaration_id, "version": number, **facts}
    )
    return _kept(hold_id, refused="", why=why, by=by, now=now)


def renew(
    hold_id: HoldId, *, refused: str = "", why: str = "", by: Actor, now: datetime
) -> list[Rows]:
    """Make a new version of a record of which something else changes than what was seen.

    Args:
        hold_id: the examination; without a prepared record nothing happens.
        refused: what the attending person says who refuses to sign it; empty where he does not.
        why: the ground of the change.
        by: who changes it.
        now: the moment.
    """
    if not PreparedRecord.objects.filter(pk=hold_id).update(version=F("version") + 1):
        return []
    _row, wrote = _kept(hold_id, refused=refused, why=why, by=by, now=now)
    return wrote


def finding_faults(declaration_id: DeclarationId, hold_id: HoldId, seen: Seen) -> list[Fault]:
    """Return what is wrong with changing, without a ground, a finding that somebody has signed."""
    signed = [
        row
        for row in queries.record_versions(declaration_id)
        if row.hold_id == hold_id and row.signatures
    ]
    if not signed or not changes_finding(signed[-1].signed, seen):
        return []
    names = ", ".join(dict.fromkeys(one.name for one in signed[-1].signatures))
    return [problems.FINDING_SIGNED.at("#/why", version=signed[-1].version, names=names)]


def finders(declaration_id: DeclarationId, hold_id: HoldId) -> tuple[str, ...]:
    """Return the accounts of all officers who held or signed any version of a record.

    Nobody else writes one: who wrote a version is among those who held it.
    """
    found: dict[str, None] = {}
    for row in queries.record_versions(declaration_id):
        if row.hold_id == hold_id:
            found |= dict.fromkeys(row.signed.officers)
            found |= dict.fromkeys(one.by for one in row.signatures if one.part is Part.OFFICER)
    return tuple(found)


def _kept(
    hold_id: HoldId, *, refused: str, why: str, by: Actor, now: datetime
) -> tuple[PreparedRow, list[Rows]]:
    said = {"refused": refused, "refused_by": by.name if refused else ""}
    Attendance.objects.filter(pk=hold_id).update(**said)
    SigningCode.objects.filter(pk=hold_id).delete()
    row = current(hold_id)
    version = RecordVersion.objects.create(
        hold=hold_id,
        declaration_id=PreparedRecord.objects.values_list("declaration_id", flat=True).get(
            pk=hold_id
        ),
        version=row.signed.version,
        content=to_builtins(row.signed),
        sha256=row.sha256,
        why=why[:WHY_MOST],
        written_by=by.name,
        written_at=now,
    )
    return row, [changed(ATTENDANCE, hold_id, **said), made(VERSION, version)]
