"""Acts at an examination of goods: drawn, attended, begun, written down, signed by each."""

from typing import Any, Final

from django.http import HttpRequest
from ninja import Router

from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.problems import NOT_FOUND, NOT_HELD
from tongguan.domain.clearance.queries import open_hold
from tongguan.domain.declarations.queries import find
from tongguan.domain.inspection import attendance, officers, signing
from tongguan.domain.inspection import commands as inspection
from tongguan.domain.inspection.queries import draws, keeper_tasks, prepared, records_of
from tongguan.domain.inspection.values import PreparedRow, Seen, SignatureRow, Signed
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import DECLARANTS, Actor, Role
from tongguan.interfaces.api.identifiers import Declaration
from tongguan.interfaces.api.shapes import (
    Done,
    Drawn,
    ExaminationOut,
    GivenCode,
    MissingOut,
    ReplacementOut,
    Sealed,
    SignatureOut,
)
from tongguan.interfaces.api.taken import (
    AbsenceIn,
    AppointmentIn,
    ConfirmedIn,
    DutyIn,
    RecordIn,
    ReplacementIn,
    SignIn,
    StartIn,
    WitnessIn,
    WordsIn,
)
from tongguan.interfaces.api.who import caller
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.time import utc_now

router = Router()

APPOINTING: Final = (Role.INSPECTOR, Role.CHIEF)
"""Who sets when an examination is held, and by whom."""


@router.post("/inspection/duty", response=Done, summary="An officer is on duty")
def duty(request: HttpRequest, sent: DutyIn) -> Done:
    """Mark an officer present at an office today, or no longer: himself, or by its chief."""
    officers.mark_present(**sent.dict(), by=caller(request), now=utc_now())
    return Done()


@router.post("/declarations/{number}/inspection/appointment", response=Done, summary="Appoint")
def appoint(request: HttpRequest, number: Declaration, sent: AppointmentIn) -> Done:
    """Set when and where an examination is held; the enterprise is told."""
    id_, hold, by = _act(request, number, *APPOINTING)
    inspection.appoint(declaration_id=id_, hold_id=hold, **sent.dict(), by=by, now=utc_now())
    return Done()


@router.post("/declarations/{number}/inspection/draw", response=Drawn, summary="Draw two officers")
def draw(request: HttpRequest, number: Declaration) -> Drawn:
    """Draw the two officers of an examination at random of those on duty at its office."""
    id_, hold, by = _act(request, number, *APPOINTING)
    found = officers.draw(declaration_id=id_, hold_id=hold, by=by, now=utc_now())
    return Drawn(officers=list(found))


@router.post(
    "/declarations/{number}/inspection/replacement", response=Done, summary="Ask for others"
)
def replacement(request: HttpRequest, number: Declaration, sent: ReplacementIn) -> Done:
    """Ask on a ground that one of the two, or both, act no more; the chief of the office confirms.

    Who acts instead is drawn then of those on duty.
    """
    id_, hold, by = _act(request, number, *APPOINTING)
    officers.ask_replacement(
        declaration_id=id_,
        hold_id=hold,
        absent=sent.absent,
        named=sent.named,
        ground=sent.ground,
        why=sent.why,
        by=by,
        now=utc_now(),
    )
    return Done()


@router.get(
    "/declarations/{number}/inspection/replacement",
    response=ReplacementOut | None,
    summary="What others are asked for",
)
def asked(request: HttpRequest, number: Declaration) -> ReplacementOut | None:
    """Return the replacement that waits for the chief, for officers of the office that examines.

    It is null where nobody asks for one.
    """
    _id, hold, by = _act(request, number)
    row = draws([hold]).get(hold)
    if row is None or not row.wanted_by or row.office not in by.offices:
        return None
    return ReplacementOut(
        absent=list(row.wanted_for),
        named=list(row.wanted),
        ground=row.wanted_ground,
        why=row.wanted_why,
        asked_by=row.wanted_by,
        askers=list(row.wanted_askers),
        sha256=row.wanted_sha256,
    )


@router.post(
    "/declarations/{number}/inspection/replacement/confirm",
    response=Drawn,
    summary="Let others act",
)
def confirm(request: HttpRequest, number: Declaration, sent: ConfirmedIn) -> Drawn:
    """Confirm, as the chief of the office, a replacement that another person asked for.

    It names by its hash what was read. The answer is who takes over: drawn now, or named by hand
    where that was asked for.
    """
    id_, hold, by = _act(request, number, Role.CHIEF)
    found = officers.confirm_replacement(
        declaration_id=id_, hold_id=hold, sha256=sent.sha256, by=by, now=utc_now()
    )
    return Drawn(officers=list(found))


@router.post("/declarations/{number}/inspection/absence", response=Done, summary="Nobody comes")
def absence(request: HttpRequest, number: Declaration, sent: AbsenceIn) -> Done:
    """Say for the enterprise, before the examination, that it sends nobody to it."""
    id_, hold, by = _act(request, number, *DECLARANTS)
    attendance.declare_absence(
        declaration_id=id_,
        hold_id=hold,
        ground=sent.ground,
        words=sent.words,
        by=by,
        now=utc_now(),
    )
    return Done()


@router.post("/declarations/{number}/inspection/earlier", response=Done, summary="May begin early")
def earlier(request: HttpRequest, number: Declaration) -> Done:
    """Agree, as a person of the enterprise, that its examination begins before its time."""
    id_, hold, by = _act(request, number, *DECLARANTS)
    attendance.agree_early(declaration_id=id_, hold_id=hold, by=by, now=utc_now())
    return Done()


@router.post("/declarations/{number}/inspection/witness", response=Done, summary="Who attends")
def witness(request: HttpRequest, number: Declaration, sent: WitnessIn) -> Done:
    """Record who attends for the enterprise, or on what ground nobody does."""
    id_, hold, by = _act(request, number, Role.INSPECTOR)
    now = utc_now()
    if sent.absence and not sent.witness.strip():
        ground = sent.absence
        attendance.note_absence(declaration_id=id_, hold_id=hold, ground=ground, by=by, now=now)
    else:
        name = sent.witness
        attendance.note_attending(declaration_id=id_, hold_id=hold, name=name, by=by, now=now)
    return Done()


@router.post("/declarations/{number}/inspection/keeper", response=Done, summary="Keeper attends")
def keeper(request: HttpRequest, number: Declaration) -> Done:
    """Confirm, as the keeper of the goods, that one attends where nobody of the enterprise does."""
    id_, hold, by = _act(request, number, Role.SITE_OPERATOR)
    attendance.attend_as_keeper(declaration_id=id_, hold_id=hold, by=by, now=utc_now())
    return Done()


@router.post("/declarations/{number}/inspection/start", response=Done, summary="Unpacking begins")
def begin(request: HttpRequest, number: Declaration, sent: StartIn) -> Done:
    """Begin an examination of goods that are here, before who attends."""
    id_, hold, by = _act(request, number, Role.INSPECTOR)
    inspection.start(declaration_id=id_, hold_id=hold, **sent.dict(), by=by, now=utc_now())
    return Done()


@router.get(
    "/declarations/{number}/inspection/record", response=ExaminationOut | None, summary="The record"
)
def record(request: HttpRequest, number: Declaration) -> ExaminationOut | None:
    """Return the record that is being signed and who is missing, or the last that all signed.

    It is null where nothing is written yet.
    """
    by = caller(request)
    id_ = _goods(number, by)
    hold = open_hold(id_, HoldKind.INSPECTION)
    made = {} if hold is None else prepared([hold])
    for row in made.values():
        return _being_signed(row)
    for kept in reversed(records_of(id_)):
        return _out(kept.signed, kept.sha256, kept.signatures)
    return None


@router.post("/declarations/{number}/inspection/record", response=Sealed, summary="Write it down")
def prepare(request: HttpRequest, number: Declaration, sent: RecordIn) -> Sealed:
    """Write the record that is then signed; the answer is the hash of what is signed."""
    id_, hold, by = _act(request, number, Role.INSPECTOR)
    facts, now = sent.dict(), utc_now()
    why = facts.pop("why")
    written = Seen(**{**facts, "finding": str(sent.finding)})
    act: dict[str, Any] = {"declaration_id": id_, "hold_id": hold, "by": by, "now": now}
    sealed = signing.prepare(seen=written, why=why, **act)
    return Sealed(sha256=sealed)


@router.post(
    "/declarations/{number}/inspection/record/sign", response=MissingOut, summary="Sign the record"
)
def sign(request: HttpRequest, number: Declaration, sent: SignIn) -> MissingOut:
    """Sign the record under one's own sign-in; or, at an officer's device, by the one-time code."""
    by_code = bool(sent.code.strip())
    roles = (Role.INSPECTOR,) if by_code else (Role.INSPECTOR, Role.SITE_OPERATOR, *DECLARANTS)
    id_, hold, by = _act(request, number, *roles)
    act: dict[str, Any] = {"declaration_id": id_, "hold_id": hold, "sha256": sent.sha256}
    now = utc_now()
    if by_code:
        whole = signing.sign_with_code(**act, code=sent.code, by=by, now=now)
    else:
        whole = signing.sign(**act, by=by, now=now)
    made = prepared([hold]).get(hold)
    return MissingOut(complete=whole, missing=[] if made is None else _missing(made))


@router.post(
    "/declarations/{number}/inspection/record/refusal", response=Done, summary="It is not signed"
)
def refusal(request: HttpRequest, number: Declaration, sent: WordsIn) -> Done:
    """Note that the attending person refuses to sign; the keeper of the goods then signs."""
    id_, hold, by = _act(request, number, Role.INSPECTOR)
    attendance.note_refusal(declaration_id=id_, hold_id=hold, words=sent.text, by=by, now=utc_now())
    return Done()


@router.post(
    "/declarations/{number}/inspection/record/code", response=GivenCode, summary="One-time code"
)
def code(request: HttpRequest, number: Declaration) -> GivenCode:
    """Give the enterprise the code with which its attending person signs this record, once."""
    id_, hold, by = _act(request, number, *DECLARANTS)
    given, until = signing.give_code(declaration_id=id_, hold_id=hold, by=by, now=utc_now())
    return GivenCode(code=given, until=until)


@router.post(
    "/declarations/{number}/inspection/record/supplement", response=Done, summary="Add to it"
)
def supplement(request: HttpRequest, number: Declaration, sent: WordsIn) -> Done:
    """Add to the last record that all signed."""
    by = caller(request)
    require(by, Role.INSPECTOR)
    id_ = _goods(number, by)
    kept = records_of(id_)
    if not kept:
        raise NOT_HELD.error(hold_id=str(HoldKind.INSPECTION))
    signing.supplement(
        declaration_id=id_, hold_id=kept[-1].hold_id, words=sent.text, by=by, now=utc_now()
    )
    return Done()


def _act(
    request: HttpRequest, number: Declaration, *roles: Role
) -> tuple[DeclarationId, HoldId, Actor]:
    """Return whose goods are examined, the open hold, and who acts: in one of these roles.

    Without roles everybody may who sees the declaration.
    """
    by = caller(request)
    if roles:
        require(by, *roles)
    id_ = _goods(number, by)
    hold = open_hold(id_, HoldKind.INSPECTION)
    if hold is None:
        raise NOT_HELD.error(hold_id=str(HoldKind.INSPECTION))
    return id_, hold, by


def _goods(number: str, by: Actor) -> DeclarationId:
    """Return a declaration that somebody sees, or whose goods he attends as their keeper."""
    found = find(number, viewer=by)
    if found is not None:
        return found.id
    if by.is_(Role.SITE_OPERATOR):
        for task in keeper_tasks(viewer=by):
            if task.number == number:
                return task.declaration_id
    raise NOT_FOUND.error(declaration_id=number)


def _being_signed(made: PreparedRow) -> ExaminationOut:
    shown = _out(made.signed, made.sha256, made.signatures)
    shown.complete, shown.missing = False, _missing(made)
    return shown


def _out(signed: Signed, sha256: str, signatures: tuple[SignatureRow, ...]) -> ExaminationOut:
    facts = {name: getattr(signed, name) for name in signed.__struct_fields__}
    rows = [
        SignatureOut(part=str(one.part), name=one.name, how=str(one.how), at=one.at)
        for one in signatures
    ]
    for name in ("officers", "seals_listed", "containers", "drawn_of", "named"):
        facts[name] = list(facts[name])
    return ExaminationOut(**facts, sha256=sha256, signatures=rows, complete=True, missing=[])


def _missing(made: PreparedRow) -> list[str]:
    return [f"{part} {account}".strip() for part, account in made.missing]
