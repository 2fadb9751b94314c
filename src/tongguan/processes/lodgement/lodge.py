"""Lodging: look up what is known, decide, record, answer. Interfaces make this one call."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import DataError, IntegrityError

from tongguan.domain.cargo import queries as cargo
from tongguan.domain.clearance.lifecycle import Act, State
from tongguan.domain.clearance.queries import holds_of, standing
from tongguan.domain.clearance.values import NewHold
from tongguan.domain.declarations import repeats
from tongguan.domain.declarations.records import Answered
from tongguan.domain.declarations.rules.normalisation import normalise
from tongguan.domain.declarations.values import Party, Submission
from tongguan.domain.parties import queries as parties
from tongguan.domain.parties.values import EnterpriseRow
from tongguan.domain.permits import queries as permits
from tongguan.domain.permits.values import CertificateKey
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.reference.values import Snapshot
from tongguan.domain.revenue.queries import assessment_of
from tongguan.domain.revenue.rules.reliefs import named
from tongguan.domain.risk.active import selector
from tongguan.domain.risk.owed import Owed, owed
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.tables import all_together, together
from tongguan.kernel.identifiers import DeclarationId
from tongguan.processes.lodgement import problems
from tongguan.processes.lodgement.decide import (
    check,
    completed,
    decide,
    examine,
    local_day,
    prepared,
    sealed_content,
)
from tongguan.processes.lodgement.record import numbered, record
from tongguan.processes.lodgement.values import (
    Answer,
    Checked,
    Circumstances,
    Decision,
    Incoming,
    Known,
    Outcome,
    Sound,
)

MOST: Final = 10_000
TRIES: Final = 5
_LOG: Final = logging.getLogger(__name__)


def check_only(batch: Sequence[Incoming], *, by: Actor, now: datetime) -> list[Checked]:
    """Return what is wrong with these submissions and what they bring with them; nothing is kept.

    Whether customs selects them is not told, for it is not worked out before acceptance.
    """
    batch = [prepared(one) for one in batch]
    given = circumstances(batch, by=by, now=now)
    return check(examine(batch, given), given)


def lodge(batch: Sequence[Incoming], *, by: Actor, now: datetime) -> list[Answer]:
    """Lodge submissions and return what became of each, in order.

    What was accepted before under the same reference, with the same content, is answered as it
    was then. When this returns, the answers are durable. If a batch cannot be recorded as one, each
    submission is lodged alone: one that cannot be recorded harms none of the others.

    Raises:
        ProblemError: LOD-005 more submissions than one batch takes.
    """
    if len(batch) > MOST:
        raise problems.TOO_MANY.error(count=len(batch), most=MOST)
    try:
        return _lodged(batch, by=by, now=now)
    except (ArithmeticError, DataError):
        if len(batch) == 1:
            raise
        _LOG.exception("a batch of %s cannot be recorded as one: each is lodged alone", len(batch))
    return [_alone(one, by=by, now=now) for one in batch]


def _alone(one: Incoming, *, by: Actor, now: datetime) -> Answer:
    """Lodge one of a batch, so that one that cannot be recorded does not harm the others."""
    try:
        [answer] = _lodged([one], by=by, now=now)
    except (ArithmeticError, DataError):
        _LOG.exception("submission %s cannot be recorded", one.id)
        reference, fault = one.submission.reference or "", problems.NOT_KEPT.at("")
        return Answer(Outcome.REJECTED, None, reference, "", "", (), None, (fault,))
    return answer


def _lodged(batch: Sequence[Incoming], *, by: Actor, now: datetime) -> list[Answer]:
    batch = [prepared(one) for one in batch]
    numbers: dict[DeclarationId, str] = {}
    for attempt in range(1, TRIES + 1):
        decisions = decided(batch, by=by, now=now, numbers=numbers)
        fresh = [one for one in decisions if one.outcome is not Outcome.REPEATED]
        try:
            if fresh:
                record(fresh, by=by, now=now)
        except IntegrityError:
            # Somebody recorded one of the keys or claimed a bill since we looked: look again.
            if attempt == TRIES:
                raise
            continue
        return [_answer(one) for one in decisions]
    raise AssertionError("unreachable")


def decided(
    batch: Sequence[Incoming],
    *,
    by: Actor,
    now: datetime,
    numbers: dict[DeclarationId, str],
) -> list[Decision]:
    """Return what lodging decides on prepared submissions; nothing is recorded yet.

    `numbers` grows by one for each that is sound and has none. What is decided again keeps its
    number, and so its draw.
    """
    reference = snapshot()
    known, checks = _known(batch, reference, now=now, lodging=True)
    given = Circumstances(reference, known, by, now)
    examined = examine(batch, given)
    sound = [one for one in examined if isinstance(one, Sound)]
    if not sound:
        return [one for one in examined if isinstance(one, Decision)]
    numbers |= numbered([one for one in sound if one.incoming.id not in numbers], now=now)
    return decide(examined, given, numbers=numbers, selector=selector(local_day(now)), owed=checks)


def circumstances(batch: Sequence[Incoming], *, by: Actor, now: datetime) -> Circumstances:
    """Return all that examining a batch depends on. Two round trips for any size."""
    reference = snapshot()
    known, _nothing = _known(batch, reference, now=now, lodging=False)
    return Circumstances(reference, known, by, now)


def _known(
    batch: Sequence[Incoming], reference: Snapshot, *, now: datetime, lodging: bool
) -> tuple[Known, Owed]:
    """Return what is known of a batch and, where it is lodged, the checks owed on its bills."""
    day = local_day(now)
    keys: set[str] = set()
    numbers: set[str] = set()
    certified: set[CertificateKey] = set()
    for one in batch:
        parties_of = one.submission.parties
        for party in (parties_of.trader, parties_of.declarant):
            keys.update(code for code in (party.scc, party.code) if code and _legible(code))
        if one.submission.bill and _legible(one.submission.bill):
            numbers.add(one.submission.bill)
        certified.update(
            key for key in named(one.submission, reference, day) if _legible(key.number)
        )
    known, bills, certificates = all_together(
        parties.known(keys, day), cargo.bills(numbers), permits.certificates(certified)
    )
    pairs: set[tuple[int, int]] = set()
    answers: dict[tuple[int, str], list[Submission]] = {}
    for one in batch:
        sent = one.submission
        trader, declarant = _find(sent.parties.trader, known), _find(sent.parties.declarant, known)
        declarant = declarant or trader
        if declarant is not None and sent.reference and _legible(sent.reference):
            answers.setdefault((declarant.id, sent.reference), []).append(sent)
        if trader is not None and declarant is not None and trader.id != declarant.id:
            pairs.add((trader.id, declarant.id))
    coded = {code for bill in bills.values() for code in bill.consignee_codes} - known.keys()
    asked = parties.mandates(pairs, day), repeats.answered(answers)
    checks: Owed = {}
    if lodging:
        mandates, answered, checks = all_together(*asked, owed(numbers))
    else:
        mandates, answered = together(*asked)
    # Few manifests name a consignee by its code, so that these are seldom asked for.
    consignees = parties.known(coded, day).answer() if coded else {}
    earlier = _earlier(answers, answered)
    found = Known({**consignees, **known}, mandates, bills, answered, certificates, earlier)
    return found, checks


def _earlier(
    sent: Mapping[tuple[int, str], Sequence[Submission]],
    answered: Mapping[tuple[int, str], Answered],
) -> dict[DeclarationId, Submission]:
    """Return, prepared, what was lodged before under a key that now comes with another seal.

    Numbers may be written with other decimals, and what is left out as an empty object: then both
    say the same, though their bytes differ.
    """
    differing = {
        one.declaration_id
        for key, one in answered.items()
        if any(sealed_content(again)[1] != one.sha256 for again in sent[key])
    }
    if not differing:
        return {}
    found = repeats.first_contents(differing)
    return {id_: completed(normalise(submission)) for id_, submission in found.items()}


def _legible(text: str) -> bool:
    """Return whether the database can be asked for a text; `check` tells the sender of others."""
    return "\0" not in text


def _find(party: Party, known: dict[str, EnterpriseRow]) -> EnterpriseRow | None:
    return known.get(party.scc or "") or known.get(party.code or "")


def _answer(decision: Decision) -> Answer:
    reference = decision.incoming.submission.reference or ""
    if decision.repeated is not None:
        return _repeated(decision.repeated, reference)
    accepted = decision.accepted
    if accepted is None:
        return Answer(Outcome.REJECTED, None, reference, "", "", (), None, decision.faults)
    held = any(hold.blocks is Act.RELEASE for hold in accepted.holds)
    state = State.ACCEPTED if held else State.RELEASED
    return Answer(
        Outcome.ACCEPTED,
        decision.incoming.id,
        reference,
        accepted.number,
        str(state),
        accepted.holds,
        accepted.assessment,
        decision.faults,
    )


def _repeated(earlier: Answered, reference: str) -> Answer:
    """Answer a submission that was accepted before: the same number, and how it stands now."""
    id_ = earlier.declaration_id
    holds = tuple(
        NewHold(
            row.declaration_id,
            row.kind,
            row.office,
            row.why,
            row.facts,
            row.opened_at,
            row.due_at,
            row.id,
        )
        for row in holds_of(id_)
        if row.ended_at is None
    )
    state = str(standing([id_])[id_].state)
    assessment = assessment_of(id_)
    return Answer(Outcome.REPEATED, id_, reference, earlier.number, state, holds, assessment, ())
