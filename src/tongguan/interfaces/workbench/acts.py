"""What an officer can do on a case: each act reads its fields and makes one call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.problems import NOT_HELD
from tongguan.domain.clearance.queries import open_hold
from tongguan.domain.inspection import attendance, signing
from tongguan.domain.inspection import commands as inspection
from tongguan.domain.inspection.values import Seen
from tongguan.domain.release import commands as release
from tongguan.domain.review import cases
from tongguan.domain.review import commands as review
from tongguan.facilities.accounts.values import Actor
from tongguan.interfaces.workbench import problems
from tongguan.interfaces.workbench.entered import Entered
from tongguan.kernel.identifiers import CODE, OFFICE, DeclarationId, HoldId
from tongguan.kernel.text import _

Do = Callable[[DeclarationId, Entered, Actor, datetime], None]


@dataclass(frozen=True, slots=True)
class CaseAct:
    """One act: what it does, and what is said when it is done."""

    do: Do
    done: str


def do(declaration_id: DeclarationId, sent: Mapping[str, str], *, by: Actor, now: datetime) -> str:
    """Do the act that a form asks for; return what to say of it, to be translated.

    Raises:
        ProblemError: WBN-001 no such act, WBN-002 to WBN-007 at the fields, or what the command
            refuses.
    """
    name = sent.get("act", "")
    act = ACTS.get(name)
    if act is None:
        raise problems.NO_SUCH_ACT.error(act=name[:40])
    act.do(declaration_id, Entered(sent, name), by, now)
    return act.done


def _close(id_: DeclarationId, form: Entered, by: Actor, now: datetime) -> None:
    finding, words = form.text("finding", most=12), form.text("words", most=500)
    form.settle()
    hold = _hold(id_, HoldKind.REVIEW)
    review.close_review(
        declaration_id=id_, hold_id=hold, finding=finding, words=words, by=by, now=now
    )


def _ask(id_: DeclarationId, form: Entered, by: Actor, now: datetime) -> None:
    question, ground = form.text("question", most=500), form.text("ground", most=200)
    document = form.identifier("document", CODE)
    form.settle()
    review.ask(
        declaration_id=id_, question=question, ground=ground, document=document, by=by, now=now
    )


def _summon(id_: DeclarationId, form: Entered, by: Actor, now: datetime) -> None:
    subject, due = form.text("subject", most=500), form.moment("due")
    office = form.identifier("office", OFFICE)
    form.settle()
    review.summon(declaration_id=id_, subject=subject, due=due, office=office, by=by, now=now)


def _withdraw(id_: DeclarationId, form: Entered, by: Actor, now: datetime) -> None:
    hold = HoldId(form.id("hold"))
    form.settle()
    review.withdraw(declaration_id=id_, hold_id=hold, by=by, now=now)


def _visit(id_: DeclarationId, form: Entered, by: Actor, now: datetime) -> None:
    words = form.text("words", most=2_000)
    form.settle()
    hold = _hold(id_, HoldKind.SUMMONS)
    review.record_visit(declaration_id=id_, hold_id=hold, words=words, by=by, now=now)


def _decide(id_: DeclarationId, form: Entered, by: Actor, now: datetime) -> None:
    consequence, words = form.text("consequence", most=12), form.text("words", most=2_000)
    form.settle()
    cases.decide_case(
        declaration_id=id_,
        hold_id=_hold(id_, HoldKind.CASE),
        consequence=consequence,
        words=words,
        by=by,
        now=now,
    )


def _appoint(id_: DeclarationId, form: Entered, by: Actor, now: datetime) -> None:
    at, place = form.moment("at"), form.text("place", most=100)
    form.settle()
    hold = _hold(id_, HoldKind.INSPECTION)
    inspection.appoint(declaration_id=id_, hold_id=hold, at=at, place=place, by=by, now=now)


def _witness(id_: DeclarationId, form: Entered, by: Actor, now: datetime) -> None:
    name, ground = form.text("witness", most=100), form.text("absence", most=12)
    form.settle()
    hold = _hold(id_, HoldKind.INSPECTION)
    if ground and not name:
        attendance.note_absence(declaration_id=id_, hold_id=hold, ground=ground, by=by, now=now)
    else:
        attendance.note_attending(declaration_id=id_, hold_id=hold, name=name, by=by, now=now)


def _start(id_: DeclarationId, form: Entered, by: Actor, now: datetime) -> None:
    seals, why = form.text("seals_before", most=2000), form.text("why", most=300)
    form.settle()
    hold = _hold(id_, HoldKind.INSPECTION)
    inspection.start(declaration_id=id_, hold_id=hold, seals_before=seals, why=why, by=by, now=now)


def _prepare(id_: DeclarationId, form: Entered, by: Actor, now: datetime) -> None:
    seen = Seen(
        result=form.text("result", most=2_000),
        finding=form.text("finding", most=12),
        line=form.number("line"),
        quantity_found=form.decimal("quantity_found"),
        packages_found=form.count("packages_found"),
        mass_found_kg=form.decimal("mass_found_kg"),
        seals_after=form.text("seals_after", most=2000),
        packages_opened=form.count("packages_opened"),
        quantity=form.text("quantity", most=100),
    )
    why = form.text("why", most=300)
    form.settle()
    hold = _hold(id_, HoldKind.INSPECTION)
    signing.prepare(declaration_id=id_, hold_id=hold, seen=seen, why=why, by=by, now=now)


def _sign(id_: DeclarationId, form: Entered, by: Actor, now: datetime) -> None:
    sealed = form.text("sha256", most=64)
    form.settle()
    hold = _hold(id_, HoldKind.INSPECTION)
    signing.sign(declaration_id=id_, hold_id=hold, sha256=sealed, by=by, now=now)


def _code(id_: DeclarationId, form: Entered, by: Actor, now: datetime) -> None:
    sealed, code = form.text("sha256", most=64), form.text("code", most=20)
    form.settle()
    hold = _hold(id_, HoldKind.INSPECTION)
    signing.sign_with_code(
        declaration_id=id_, hold_id=hold, sha256=sealed, code=code, by=by, now=now
    )


def _refusal(id_: DeclarationId, form: Entered, by: Actor, now: datetime) -> None:
    words = form.text("words", most=200)
    form.settle()
    hold = _hold(id_, HoldKind.INSPECTION)
    attendance.note_refusal(declaration_id=id_, hold_id=hold, words=words, by=by, now=now)


def _supplement(id_: DeclarationId, form: Entered, by: Actor, now: datetime) -> None:
    hold, words = HoldId(form.id("hold")), form.text("words", most=2_000)
    form.settle()
    signing.supplement(declaration_id=id_, hold_id=hold, words=words, by=by, now=now)


def _ask_recall(_id: DeclarationId, form: Entered, by: Actor, now: datetime) -> None:
    order, reason = form.id("order"), form.text("reason", most=300)
    form.settle()
    release.ask_recall(order_id=order, reason=reason, by=by, now=now)


def _confirm_recall(_id: DeclarationId, form: Entered, by: Actor, now: datetime) -> None:
    order = form.id("order")
    form.settle()
    release.confirm_recall(order_id=order, by=by, now=now)


def _drop_recall(_id: DeclarationId, form: Entered, by: Actor, now: datetime) -> None:
    order = form.id("order")
    form.settle()
    release.drop_recall(order_id=order, by=by, now=now)


def _send_again(_id: DeclarationId, form: Entered, by: Actor, now: datetime) -> None:
    order, reason = form.id("order"), form.text("reason", most=300)
    form.settle()
    release.send_again(order_id=order, reason=reason, by=by, now=now)


def _hold(declaration_id: DeclarationId, kind: HoldKind) -> HoldId:
    found = open_hold(declaration_id, kind)
    if found is None:
        raise NOT_HELD.error(hold_id=kind)
    return found


# fmt: off
ACTS: Final[Mapping[str, CaseAct]] = {
    "close":          CaseAct(_close,          _("The review is closed.")),
    "ask":            CaseAct(_ask,            _("The declarant is asked.")),
    "summon":         CaseAct(_summon,         _("The declarant is summoned.")),
    "withdraw":       CaseAct(_withdraw,       _("It is withdrawn.")),
    "visit":          CaseAct(_visit,          _("The visit is recorded.")),
    "decide":         CaseAct(_decide,         _("The case is decided.")),
    "appoint":        CaseAct(_appoint,        _("Appointed; the enterprise is told.")),
    "witness":        CaseAct(_witness,        _("Who attends is recorded.")),
    "start":          CaseAct(_start,          _("The examination has begun.")),
    "prepare":        CaseAct(_prepare,        _("The record is written: each signs it now.")),
    "sign":           CaseAct(_sign,           _("Signed.")),
    "code":           CaseAct(_code,           _("The attending person has signed.")),
    "refusal":        CaseAct(_refusal,        _("Noted: the keeper of the goods signs instead.")),
    "supplement":     CaseAct(_supplement,     _("Added to the record.")),
    "ask_recall":     CaseAct(_ask_recall,     _("Asked for: another officer confirms it.")),
    "confirm_recall": CaseAct(_confirm_recall, _("The release is recalled: the gate stays shut.")),
    "drop_recall":    CaseAct(_drop_recall,    _("The recall is dropped: the order stands.")),
    "send_again":     CaseAct(_send_again,     _("A new release order is sent.")),
}
# fmt: on
