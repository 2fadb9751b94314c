"""Documents on their way in: read, then checked or lodged, then answered in the sender's words.

Portal, API and command line take documents through here, so that each answers alike.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from msgspec import to_builtins

from tongguan.domain.clearance.values import NewHold, reason
from tongguan.domain.declarations.values import Submission
from tongguan.domain.revenue.values import Assessment
from tongguan.facilities.accounts.values import Actor
from tongguan.interfaces.messages.reading import read
from tongguan.interfaces.messages.translation.tables import Translation
from tongguan.interfaces.messages.values import Defaults, Format, Read
from tongguan.kernel.problems import Fault
from tongguan.processes.lodgement.decide import local_day
from tongguan.processes.lodgement.lodge import check_only, lodge
from tongguan.processes.lodgement.values import Answer, Checked, Incoming, Outcome

Translate = Callable[[str], str]

SOUND: Final = Outcome.SOUND.value
REFUSED: Final = "refused"
UNREADABLE: Final = "unreadable"
NO_DEFAULTS: Final = Defaults()


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one declaration of a document, in plain data and the reader's words.

    Attributes:
        outcome: sound or refused (a check), accepted, repeated or rejected (lodged), unreadable.
        holds: kind, turn, office, why, since, due; of a check those alone that follow from the
            declaration itself, for whether customs selects it is worked out when it is accepted.
        charges: totals by tax in CNY, and `payable`.
        problems: code, pointer, source_path, title, detail, remedy, warning.
        declaration: what was read, in the canonical form; only for a check.
    """

    outcome: str
    reference: str = ""
    number: str = ""
    state: str = ""
    declaration_id: str = ""
    holds: tuple[dict[str, str], ...] = ()
    charges: dict[str, str] = field(default_factory=dict)
    problems: tuple[dict[str, Any], ...] = ()
    declaration: dict[str, Any] | None = None

    @property
    def well(self) -> bool:
        """Return whether nothing was refused."""
        return self.outcome in {SOUND, Outcome.ACCEPTED.value, Outcome.REPEATED.value}


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a whole document: its format as recognised, and each declaration in it."""

    format: str
    told: tuple[Told, ...]

    @property
    def well(self) -> bool:
        """Return whether nothing in it was refused."""
        return bool(self.told) and all(one.well for one in self.told)


def check_document(
    data: bytes,
    *,
    by: Actor,
    now: datetime,
    translate: Translate,
    defaults: Defaults = NO_DEFAULTS,
) -> Received:
    """Read a document and check every declaration in it; nothing is kept."""
    return _receive(data, by, now, translate, defaults, lodging=False)


def lodge_document(
    data: bytes,
    *,
    by: Actor,
    now: datetime,
    translate: Translate,
    defaults: Defaults = NO_DEFAULTS,
) -> Received:
    """Read a document and lodge every declaration in it; each is accepted or rejected by itself.

    What was only saved by the sender, not lodged, is checked and answered as such.
    """
    return _receive(data, by, now, translate, defaults, lodging=True)


def _receive(
    data: bytes,
    by: Actor,
    now: datetime,
    translate: Translate,
    defaults: Defaults,
    *,
    lodging: bool,
) -> Received:
    reading = read(data, tables=Translation.shipped(), day=local_day(now), defaults=defaults)
    format_ = "" if reading.format is None else str(reading.format)
    refused = tuple(fault for fault in reading.faults if not fault.problem.warning)
    if not reading.reads or refused:
        problems = tuple(_problem(fault, None, translate) for fault in reading.faults)
        return Received(format_, (Told(UNREADABLE, problems=problems),))
    own = reading.format in {Format.JSON, Format.NDJSON}
    raw = None if own else data
    sealed = sha256(data).digest()
    places = [at for at, one in enumerate(reading.reads) if one.sound and one.submission]
    batch = [
        Incoming(submission, raw, sealed, format_)
        for submission in (reading.reads[at].submission for at in places)
        if submission is not None
    ]
    lodged = lodging and not any(reading.reads[at].draft for at in places)
    told: dict[int, Told] = {}
    if lodged and batch:
        for at, answer in zip(places, lodge(batch, by=by, now=now), strict=True):
            told[at] = _answered(answer, reading.reads[at], translate)
    elif batch:
        for at, checked in zip(places, check_only(batch, by=by, now=now), strict=True):
            told[at] = _checked(checked, reading.reads[at], translate)
    for at, one in enumerate(reading.reads):
        if at not in told:
            told[at] = _unread(one, translate, lodged=lodged)
    return Received(format_, tuple(told[at] for at in sorted(told)))


def _answered(answer: Answer, one: Read, translate: Translate) -> Told:
    return Told(
        answer.outcome.value,
        answer.reference,
        answer.number,
        answer.state,
        "" if answer.declaration_id is None else str(answer.declaration_id),
        holds_told(answer.holds, translate),
        {} if answer.assessment is None else charges_told(answer.assessment),
        _problems((*one.faults, *answer.faults), one, translate),
    )


def _checked(checked: Checked, one: Read, translate: Translate) -> Told:
    refused, sent = checked.outcome is Outcome.REJECTED, checked.incoming.submission
    return Told(
        REFUSED if refused else SOUND,
        sent.reference or "",
        holds=holds_told(checked.holds, translate),
        charges={} if checked.assessment is None else charges_told(checked.assessment),
        problems=_problems((*one.faults, *checked.faults), one, translate),
        declaration=canonical(sent),
    )


def _unread(one: Read, translate: Translate, *, lodged: bool) -> Told:
    known = one.submission
    refused = Outcome.REJECTED.value if lodged else REFUSED
    return Told(
        UNREADABLE if known is None else refused,
        (known.reference or "") if known is not None else "",
        problems=_problems(one.faults, one, translate),
        declaration=None if known is None else canonical(known),
    )


def canonical(submission: Submission) -> dict[str, Any]:
    """Return a declaration as plain data, in our own JSON form."""
    found: dict[str, Any] = to_builtins(submission, str_keys=True)
    return found


def holds_told(holds: Sequence[NewHold], translate: Translate) -> tuple[dict[str, str], ...]:
    """Return holds in plain words: what, whose turn, where, why, since when and until when."""
    return tuple(
        {
            "kind": str(hold.kind),
            "turn": str(hold.turn),
            "office": hold.office,
            "why": reason(hold.why, hold.facts, translate),
            "since": hold.opened_at.isoformat(),
            "due": "" if hold.due_at is None else hold.due_at.isoformat(),
        }
        for hold in holds
    )


def charges_told(assessment: Assessment) -> dict[str, str]:
    """Return what is levied of each tax, and in all, in CNY."""
    told = {total.tax.lower(): str(total.levied) for total in assessment.totals}
    return {**told, "payable": str(assessment.payable), "currency": "CNY"}


def _problems(
    faults: Sequence[Fault], one: Read | None, translate: Translate
) -> tuple[dict[str, Any], ...]:
    return tuple(_problem(fault, one, translate) for fault in faults)


def _problem(fault: Fault, one: Read | None, translate: Translate) -> dict[str, Any]:
    place = str(fault.facts.get("place", "")) if one is None else one.source_path(fault)
    return {**fault.told(translate), "source_path": place, "warning": fault.problem.warning}
