"""The record of an examination: prepared, signed by each under his own sign-in, supplemented."""

from datetime import datetime, timedelta

from django.db import transaction
from msgspec import to_builtins

from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.problems import NOT_FOUND
from tongguan.domain.clearance.values import HoldRow, Locked, NewHold
from tongguan.domain.declarations import queries as declarations
from tongguan.domain.inspection import events, problems, queries, versions
from tongguan.domain.inspection.holding import (
    drawn_for,
    holder,
    moved_under_seal,
    open_inspection,
    require_goods,
    require_missing,
    witnesses,
)
from tongguan.domain.inspection.models import (
    InspectionRecord,
    PreparedRecord,
    Signature,
    SigningCode,
    Supplement,
)
from tongguan.domain.inspection.rules import signatures as codes
from tongguan.domain.inspection.rules.measured import faults as measured
from tongguan.domain.inspection.rules.seals import faults as seals
from tongguan.domain.inspection.sealed import RECORD, SIGNATURE, SUPPLEMENT
from tongguan.domain.inspection.values import Finding, How, Part, PreparedRow, Seen
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.risk.commands import record_outcome
from tongguan.domain.risk.queries import selection_of
from tongguan.facilities.accounts.rules.duties import require, require_at, require_person
from tongguan.facilities.accounts.two_persons import TwoPersonAct, require_second
from tongguan.facilities.accounts.values import DECLARANTS, Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import made as written
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import Fault, ProblemError
from tongguan.kernel.time import LOCAL


@transaction.atomic(durable=True)
def prepare(
    *,
    declaration_id: DeclarationId,
    hold_id: HoldId,
    seen: Seen,
    by: Actor,
    now: datetime,
    why: str = "",
) -> str:
    """Write the record that is then signed; return the hash of its content.

    The same again changes nothing. Another content is a new version: the signatures, the code and
    a refusal of the version before count no more, and that version stays readable.

    Args:
        declaration_id: whose goods they are.
        hold_id: the examination.
        seen: what the officers saw.
        by: which of the two officers writes it.
        now: the moment.
        why: the ground on which it says otherwise of a finding that somebody has signed.

    Raises:
        ProblemError: what `holder` refuses; CLR-001, INS-006 not begun, INS-010 the goods are not
            here; INS-003 no result, INS-008 no such finding, INS-032 to INS-034 what was measured,
            INS-040 other seals and INS-037 a signed finding changed without a ground, all at once.
    """
    clearance.lock(declaration_id)
    hold = holder(declaration_id, hold_id, by)
    require_goods(hold)
    attended = queries.attendances([hold_id]).get(hold_id)
    if attended is None or attended.started_at is None:
        raise problems.NOT_STARTED.error()
    before, why = PreparedRecord.objects.filter(pk=hold_id).first(), why.strip()
    if before is not None and before.version and before.seen == to_builtins(seen):
        return versions.current(hold_id).sha256
    found = _faults(declaration_id, seen, now)
    moved = moved_under_seal(hold)
    found += seals(seen.finding, attended.seals_before, attended.seals_listed, moved=moved)
    if not why:
        found += versions.finding_faults(declaration_id, hold_id, seen)
    if found:
        raise ProblemError(*found)
    made, wrote = versions.write(hold_id, declaration_id, seen, why=why, by=by, now=now)
    said = {"sha256": made.sha256, "version": made.signed.version, "why": why}
    record("RECORD_PREPARED", declaration_id, by=by, at=now, wrote=wrote, **said)
    announce([events.InspectionPrepared(declaration_id, now, str(hold_id))])
    return made.sha256


@transaction.atomic(durable=True)
def sign(
    *, declaration_id: DeclarationId, hold_id: HoldId, sha256: str, by: Actor, now: datetime
) -> bool:
    """Sign a prepared record under one's own sign-in; return whether all have signed it now.

    The two officers sign, and somebody of the enterprise; or the keeper of the goods as witness,
    where nobody attends or the attending person refuses to. When the last has signed, the hold
    ends as declared, or a case goes on with the finding.

    Args:
        declaration_id: whose goods they are.
        hold_id: the examination.
        sha256: hash of the content that was read before signing.
        by: who signs.
        now: the moment.

    Source: Order 138, arts. 10 and 12.

    Raises:
        ProblemError: ACC-001, ACC-011, ACC-014 no person, CLR-001, CLR-002 not open, INS-011 nobody
            drawn, INS-016 nothing prepared, INS-017 changed meanwhile, INS-026 signed already,
            INS-027 not his to sign.
    """
    require(by, Role.INSPECTOR, Role.SITE_OPERATOR, *DECLARANTS)
    require_person(by)
    locked = clearance.lock(declaration_id)
    hold, made = _as_read(declaration_id, hold_id, sha256)
    part = _part(hold, made, by)
    return _take(
        locked, hold, made, part, How.SIGN_IN, name=by.label, account=by.name, by=by, now=now
    )


@transaction.atomic(durable=True)
def give_code(
    *, declaration_id: DeclarationId, hold_id: HoldId, by: Actor, now: datetime
) -> tuple[str, datetime]:
    """Give an enterprise the one-time code for its attending person; return it and its end.

    It signs the record as it stands, once, before its end (`signing_code_minutes`), within a few
    tries (`signing_code_tries`). Only a hash of it is kept. An earlier code counts no more.

    Raises:
        ProblemError: ACC-001 no enterprise, ACC-014 no person, CLR-001 another's, CLR-002 not
            open, INS-016 nothing prepared, INS-027 the keeper signs instead, or the enterprise has
            signed.
    """
    require(by, *DECLARANTS)
    require_person(by)
    clearance.lock_own(declaration_id, by=by)
    open_inspection(declaration_id, hold_id)
    made = versions.current(hold_id)
    require_missing(made, Part.ATTENDING)
    law, day = snapshot().parameters, now.astimezone(LOCAL).date()
    until = now + timedelta(minutes=law.whole("signing_code_minutes", day))
    code, salt = codes.new_code(), codes.new_salt()
    facts = {
        "sha256": made.sha256,
        "salt": salt,
        "sealed": codes.seal(code, salt),
        "given_to": by.name,
        "given_at": now,
        "until": until,
        "tries_left": law.whole("signing_code_tries", day),
    }
    SigningCode.objects.update_or_create(
        hold=hold_id, defaults={"declaration_id": declaration_id, **facts}
    )
    said = {"sha256": made.sha256, "due": until.isoformat()}
    record("SIGNING_CODE_GIVEN", declaration_id, by=by, at=now, **said)
    return code, until


def sign_with_code(
    *,
    declaration_id: DeclarationId,
    hold_id: HoldId,
    sha256: str,
    code: str,
    by: Actor,
    now: datetime,
) -> bool:
    """Take the attending person's signature by the code of his enterprise, at an officer's device.

    A wrong code costs a try, even though it is refused. Returns whether all have signed now.

    Raises:
        ProblemError: what `holder` and `sign` refuse; INS-018 another code, INS-019 none in force.
    """
    with transaction.atomic(durable=True):
        locked = clearance.lock(declaration_id)
        holder(declaration_id, hold_id, by)
        hold, made = _as_read(declaration_id, hold_id, sha256)
        require_missing(made, Part.ATTENDING)
        given = SigningCode.objects.filter(pk=hold_id, sha256=made.sha256).first()
        if given is None or given.until <= now or not given.tries_left:
            raise problems.CODE_OVER.error()
        right = codes.fits(code, bytes(given.salt), bytes(given.sealed))
        if right:
            given.delete()
            account, who = given.given_to, made.signed.witness
            return _take(
                locked,
                hold,
                made,
                Part.ATTENDING,
                How.CODE,
                name=who,
                account=account,
                by=by,
                now=now,
            )
        given.tries_left -= 1
        given.save(update_fields=["tries_left"])
        record("SIGNING_CODE_WRONG", declaration_id, by=by, at=now, left=given.tries_left)
    raise ProblemError(problems.CODE_WRONG.at("#/code", left=given.tries_left))


@transaction.atomic(durable=True)
def supplement(
    *, declaration_id: DeclarationId, hold_id: HoldId, words: str, by: Actor, now: datetime
) -> None:
    """Add to a record that all have signed; the record itself is never changed.

    Raises:
        ProblemError: ACC-001, ACC-014 no person, CLR-001, INS-021 not one of its officers, INS-035
            no record, INS-036 no words.
    """
    require(by, Role.INSPECTOR)
    require_person(by)
    clearance.lock(declaration_id)
    kept = next((one for one in queries.records_of(declaration_id) if one.hold_id == hold_id), None)
    if kept is None:
        raise problems.NO_RECORD.error()
    if by.name not in kept.signed.officers:
        raise problems.NOT_THOSE_DRAWN.error(officers=", ".join(kept.signed.officers))
    if not words.strip():
        raise ProblemError(problems.NO_WORDS.at("#/words"))
    facts = {"words": words.strip(), "added_by": by.name, "added_at": now}
    added = Supplement.objects.create(hold=hold_id, declaration_id=declaration_id, **facts)
    wrote, said = [written(SUPPLEMENT, added)], words.strip()
    record("RECORD_SUPPLEMENTED", declaration_id, by=by, at=now, wrote=wrote, words=said)


def _faults(declaration_id: DeclarationId, seen: Seen, now: datetime) -> list[Fault]:
    found = []
    if not seen.result.strip():
        found.append(problems.NO_RESULT.at("#/result"))
    if seen.finding not in {str(one) for one in Finding}:
        found.append(problems.FINDING_UNKNOWN.at("#/finding", finding=seen.finding))
    day = now.astimezone(LOCAL).date()
    tolerance = snapshot().parameters.decimal("mass_discrepancy", day)
    return [*found, *measured(seen, declarations.content(declaration_id), tolerance=tolerance)]


def _as_read(
    declaration_id: DeclarationId, hold_id: HoldId, sha256: str
) -> tuple[HoldRow, PreparedRow]:
    """Return a record that is to be signed, if it still says what its signer read."""
    hold = open_inspection(declaration_id, hold_id)
    drawn_for(hold_id)
    made = versions.current(hold_id)
    if made.sha256 != sha256:
        raise problems.CHANGED.error()
    return hold, made


def _part(hold: HoldRow, made: PreparedRow, by: Actor) -> Part:
    """Return in what part somebody signs a record."""
    id_ = hold.declaration_id
    if by.name in made.signed.officers:
        require_at(by, Role.INSPECTOR, office=hold.office)
        part = Part.OFFICER
    elif witnesses(by, hold):
        part = Part.KEEPER
    elif by.is_(*DECLARANTS) and declarations.acts_for(by, id_):
        part = Part.ATTENDING
    elif by.is_(Role.INSPECTOR):
        require_at(by, Role.INSPECTOR, office=hold.office)
        raise problems.NOT_THOSE_DRAWN.error(officers=", ".join(made.signed.officers))
    else:
        raise NOT_FOUND.error(declaration_id=id_)
    first, same = {one.by for one in made.signatures}, problems.SIGNED_ALREADY
    require_second(TwoPersonAct.SIGN_RECORD, by, first=first, refusal=same)
    require_missing(made, part, account=by.name)
    return part


def _take(
    locked: Locked,
    hold: HoldRow,
    made: PreparedRow,
    part: Part,
    how: How,
    *,
    name: str,
    account: str,
    by: Actor,
    now: datetime,
) -> bool:
    facts = {"part": part, "how": how, "sha256": made.sha256}
    signature = Signature.objects.create(
        hold=hold.id,
        declaration_id=hold.declaration_id,
        part=str(part),
        by=account,
        name=name[:100],
        how=str(how),
        sha256=made.sha256,
        at=now,
    )
    id_, wrote = hold.declaration_id, [written(SIGNATURE, signature)]
    record("RECORD_SIGNED", id_, by=by, at=now, wrote=wrote, signer=account, **facts)
    if len(made.missing) > 1:
        return False
    _complete(locked, hold, made, by=by, now=now)
    return True


def _complete(
    locked: Locked, hold: HoldRow, made: PreparedRow, *, by: Actor, now: datetime
) -> None:
    """Keep a record that all have signed, and do what follows from it."""
    id_, signed = hold.declaration_id, made.signed
    finding = Finding(signed.finding)
    kept = InspectionRecord.objects.create(
        hold=hold.id,
        declaration_id=id_,
        office=hold.office,
        content=to_builtins(signed),
        finding=str(finding),
        sha256=made.sha256,
        signed_by=by.name,
        signed_at=now,
    )
    PreparedRecord.objects.filter(pk=hold.id).delete()
    selection = selection_of(id_)
    ended = record_outcome(
        declaration_id=id_,
        treatment=(selection.treatment if selection is not None else "") or "sample",
        finding=str(finding),
        office=hold.office,
        by=by,
        now=now,
        officers=signed.officers,
    )
    told = {
        "finding": finding,
        "officers": " ".join(signed.officers),
        "chosen": "named" if signed.named else "drawn",
        "candidates": " ".join(map(str, signed.drawn_of)),
        "witness": signed.witness,
        "sha256": made.sha256,
    }
    wrote = [written(RECORD, kept), *ended]
    record("INSPECTION_RECORDED", id_, by=by, at=now, wrote=wrote, **told)
    announce([events.InspectionRecorded(id_, now, str(hold.id), str(finding))])
    if finding is not Finding.NONE:
        words = {"finding": signed.result.strip()}
        by_whom = versions.finders(id_, hold.id) or signed.officers
        case = NewHold(id_, HoldKind.CASE, hold.office, Why.FINDING, words, now, opened_by=by_whom)
        clearance.open_hold(locked, case, by=by, now=now)
    clearance.discharge(locked, hold.id, by=by, now=now)
