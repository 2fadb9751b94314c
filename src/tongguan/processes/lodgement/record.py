"""Writing what was decided: everything once, in its final shape, in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from msgspec import json

from tongguan.domain.cargo import commands as cargo
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.events import Released
from tongguan.domain.declarations import commands as declarations
from tongguan.domain.declarations.events import DeclarationAccepted
from tongguan.domain.declarations.numbers import Numbers
from tongguan.domain.declarations.records import NewAttempt, NewDeclaration
from tongguan.domain.permits import certificates
from tongguan.domain.permits import commands as permits
from tongguan.domain.permits.sealed import CERTIFICATE
from tongguan.domain.revenue import commands as revenue
from tongguan.domain.revenue.values import CertificateUsed
from tongguan.domain.risk import commands as risk
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.announcements import commands as announcements
from tongguan.facilities.ledger import commands as ledger
from tongguan.facilities.ledger.sealed import FACT, added, joined, of_written
from tongguan.facilities.ledger.values import NewEntry
from tongguan.facilities.tables import TableRows, write, write_durably
from tongguan.kernel.identifiers import DeclarationId, new_id
from tongguan.kernel.problems import Fault
from tongguan.processes.lodgement.holds import departure_office
from tongguan.processes.lodgement.values import Decision, Sound
from tongguan.processes.sealed import SEALED

NUMBERS = Numbers()


def record(decisions: Sequence[Decision], *, by: Actor, now: datetime) -> None:
    """Write what was decided on a batch: all of it, or nothing.

    Args:
        decisions: of `decide`, accepted and rejected; no idempotency key twice.
        by: who lodged them.
        now: the moment of acceptance, aware, one for all.

    Raises:
        django.db.IntegrityError: someone recorded one of the keys since `decide` looked, or drew
            on one of the certificates what is needed here.
            Nothing is kept: look again, repeat those answers, record the rest.

    Cost: one transaction; one COPY a table for a batch; one round trip in all for a few.
    """
    sets = rows(decisions, by=by, now=now)
    drawn = _drawn(decisions)
    if not drawn:
        write_durably(sets)
        return
    with transaction.atomic(durable=True):
        certificates.debit(drawn)
        write(sets)


def numbered(sound: Sequence[Sound], *, now: datetime) -> dict[DeclarationId, str]:
    """Return a customs number for each sound submission, taken for good."""
    wanted = [(one.submission.offices.declaration or "", one.submission.flow) for one in sound]
    return dict(zip((one.incoming.id for one in sound), NUMBERS.take(wanted, now=now), strict=True))


def _drawn(decisions: Sequence[Decision]) -> dict[int, Decimal]:
    """Return what is drawn on each certificate."""
    drawn: dict[int, Decimal] = {}
    for one in decisions:
        for use in one.accepted.assessment.used if one.accepted is not None else ():
            if use.quantity:
                id_ = use.certificate_id
                drawn[id_] = drawn.get(id_, Decimal(0)) + use.quantity
    return drawn


def rows(decisions: Sequence[Decision], *, by: Actor, now: datetime) -> list[TableRows]:
    """Return everything that is written of a batch, in its final shape. Nothing is written yet."""
    accepted = [(one.incoming.id, one.accepted) for one in decisions if one.accepted is not None]
    ids = [id_ for id_, _ in accepted]
    holds = [hold for _, one in accepted for hold in one.holds]
    states, hold_rows, released = clearance.accepted_rows(ids, holds, now=now)
    heads = [
        NewDeclaration(
            id_,
            one.number,
            one.submission,
            one.content,
            one.sha256,
            one.trader.id,
            one.declarant.id,
            one.mode,
            now,
            by.name,
        )
        for id_, one in accepted
    ]
    # Lines without value are relieved too, and draw nothing on a balance of value.
    uses = [(id_, use) for id_, one in accepted for use in one.assessment.used if use.quantity]
    events = [
        DeclarationAccepted(
            one.id,
            now,
            one.number,
            one.submission.reference or "",
            one.submission.offices.declaration or "",
        )
        for one in heads
    ]
    attempts = [_attempt(one, by, now) for one in decisions]
    written = [
        *declarations.accepted_rows(heads),
        declarations.attempt_rows(attempts),
        cargo.claim_rows(
            (one.submission.bill, id_, departure_office(one.submission, one.mode))
            for id_, one in accepted
            if one.submission.bill
        ),
        states,
        hold_rows,
        permits.request_rows(holds),
        certificates.use_rows(uses, now=now),
        *revenue.assessment_rows(
            [(id_, one.assessment, one.submission, one.holds) for id_, one in accepted],
            now=now,
        ),
        *risk.selection_rows([(id_, one.selection, one.facts) for id_, one in accepted], now=now),
    ]
    described = of_written(written, SEALED)
    entries = [
        NewEntry(id_, "ACCEPTED", {"number": one.number, FACT: joined([described[str(id_)]])})
        for id_, one in accepted
    ]
    entries += [NewEntry(id_, "CERTIFICATE_DEBITED", _debited(use)) for id_, use in uses]
    entries += [NewEntry(id_, "RELEASED", {}) for id_ in released]
    entries += [
        NewEntry(one.id, "REJECTED", {FACT: joined([described[str(one.id)]])})
        for one in attempts
        if one.declaration_id is None
    ]
    return [
        *written,
        ledger.rows(entries, by=by, at=now),
        announcements.rows(
            [
                *events,
                *(clearance.opened(hold, now) for hold in holds),
                *(Released(id_, now) for id_ in released),
            ]
        ),
    ]


def _debited(use: CertificateUsed) -> dict[str, str]:
    quantity = f"{use.quantity.normalize():f} {use.unit}"
    wrote = added(CERTIFICATE, use.certificate_id, drawn=use.quantity)
    facts = {"certificate": use.number, "line": str(use.line), "quantity": quantity}
    return {**facts, FACT: joined([wrote])}


def _attempt(decision: Decision, by: Actor, now: datetime) -> NewAttempt:
    incoming = decision.incoming
    sent = incoming.submission
    accepted = decision.accepted is not None
    declarant = sent.parties.declarant
    raw = incoming.raw
    if raw is None and not accepted:
        raw = json.encode(sent)
    return NewAttempt(
        new_id(),
        _kept_text(declarant.scc or declarant.code or ""),
        _kept_text(sent.reference or ""),
        incoming.id if accepted else None,
        incoming.format,
        by.channel,
        now,
        by.name,
        incoming.sha256,
        raw,
        [_kept(fault) for fault in decision.faults] or None,
    )


def _kept(fault: Fault) -> dict[str, object]:
    facts = {name: _kept_text(str(fact)) for name, fact in fault.facts.items()}
    return {"code": fault.problem.code, "pointer": fault.pointer, "facts": facts}


def _kept_text(text: str) -> str:
    """Return a text as the database can hold it: none there has the sign of number zero."""
    return text.replace("\0", "\ufffd")
