"""Documents on their way in: read, then checked or lodged, then answered in the sender's words.

Portal, API and command line take documents through here, so that each answers alike.
"""

from collections.abc import Callable, Iterator, Sequence
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
from tongguan.kernel.problems import MOST_TOLD, Fault, cut, first_of
from tongguan.kernel.time import written_moment
from tongguan.processes.lodgement.decide import local_day
from tongguan.processes.lodgement.lodge import check_only, lodge
from tongguan.processes.lodgement.values import Answer, Checked, Incoming, Outcome

Translate = Callable[[str], str]

SOUND: Final = Outcome.SOUND.value
REFUSED: Final = "refused"
UNREADABLE: Final = "unreadable"
NO_DEFAULTS: Final = Defaults()
Problems = tuple[dict[str, Any], ...]
"""Problems in plain data: code, pointer, source_path, title, detail, remedy, warning."""
_BYTES_A_FAULT: Final = 512
"""For so many bytes of a document one fault more is told than of every document."""
_AT_ONCE: Final = 100
"""So many declarations that cannot be read are checked before it is asked whether that will do."""


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
        problems = tuple(_problem(fault, None, translate) for fault in first_of(reading.faults))
        return Received(format_, (Told(UNREADABLE, problems=problems),))
    own = reading.format in {Format.JSON, Format.NDJSON}
    raw = None if own else data
    sealed = sha256(data).digest()

    def incoming(submission: Submission) -> Incoming:
        return Incoming(submission, raw, sealed, format_)

    reads = reading.reads
    lodged = lodging and not any(one.draft for one in reads if one.sound)
    sound = [(at, incoming(known)) for at, one in enumerate(reads) if (known := _sound(one))]
    batch = [one for _at, one in sound]
    answers: Sequence[Answer | Checked] = ()
    if batch:
        act = lodge if lodged else check_only
        answers = act(batch, by=by, now=now)
    found = dict(zip((at for at, _one in sound), answers, strict=True))
    left = MOST_TOLD + len(data) // _BYTES_A_FAULT
    unsound = [at for at in range(len(reads)) if at not in found]
    further = _further(reads, unsound, incoming, left, by, now)
    told = []
    for at, one in enumerate(reads):
        answer = found.get(at)
        faults = first_of(
            (
                *(() if at else reading.faults),
                *one.faults,
                *(further.get(at, ()) if answer is None else answer.faults),
            ),
            min(left, MOST_TOLD),
        )
        left = max(0, left - len(faults))
        problems = tuple(_problem(fault, one, translate) for fault in faults)
        if answer is None:
            told.append(_unread(one, problems, lodged=lodged))
        elif isinstance(answer, Checked):
            told.append(_checked(answer, problems, translate))
        else:
            told.append(_answered(answer, problems, translate))
    return Received(format_, tuple(told))


def _sound(one: Read) -> Submission | None:
    return one.submission if one.sound else None


def _further(
    reads: Sequence[Read],
    unsound: Sequence[int],
    incoming: Callable[[Submission], Incoming],
    most: int,
    by: Actor,
    now: datetime,
) -> dict[int, tuple[Fault, ...]]:
    """Return what else is wrong with declarations that have values which cannot be read.

    Each is checked for all that does not hang on those values; where one decides on the whole, for
    what is wrong whatever it says. Once there are more faults than are told, no more are looked
    for.
    """
    found: dict[int, tuple[Fault, ...]] = {}
    spent = 0
    for start in range(0, len(unsound), _AT_ONCE):
        if spent > most:
            break
        places = [
            (at, one)
            for at in unsound[start : start + _AT_ONCE]
            for one in reads[at].possible or (reads[at].submission,)
            if one is not None
        ]
        if not places:
            continue
        checked = check_only([incoming(one) for _at, one in places], by=by, now=now)
        for (at, _one), result in zip(places, checked, strict=True):
            faults = untouched(result.faults, reads[at].faults)
            keys = {(fault.problem.code, fault.pointer) for fault in faults}
            before = found.get(at, faults)
            found[at] = tuple(one for one in before if (one.problem.code, one.pointer) in keys)
        spent += sum(len(found.get(at, ())) + len(reads[at].faults) for at, _one in places)
    return found


def untouched(faults: Sequence[Fault], wrong: Sequence[Fault]) -> tuple[Fault, ...]:
    """Return the faults that do not hang on values which cannot be read.

    A fault hangs on such a value where it stands at its place, above it or below it; and on the
    offices, one of which cannot be read, hangs what follows from all four.
    """
    places = {fault.pointer for fault in wrong if not fault.problem.warning} - {"", "#"}
    if any(place.startswith("#/offices") for place in places):
        places |= {"#/offices", "#/mode_asked", "#/place"}
    above = {"/".join(parts[:end]) for place in places for end, parts in _parents(place)}

    def hangs(pointer: str) -> bool:
        within = ("/".join(parts[:end]) for end, parts in _parents(pointer))
        return pointer in above or any(part in places for part in within)

    return tuple(fault for fault in faults if not hangs(fault.pointer))


def _parents(pointer: str) -> Iterator[tuple[int, list[str]]]:
    """Walk a place and all above it but the whole, as numbers of parts to keep."""
    parts = pointer.split("/")
    return ((end, parts) for end in range(2, len(parts) + 1))


def _answered(answer: Answer, problems: Problems, translate: Translate) -> Told:
    return Told(
        answer.outcome.value,
        answer.reference,
        answer.number,
        answer.state,
        "" if answer.declaration_id is None else str(answer.declaration_id),
        holds_told(answer.holds, translate),
        {} if answer.assessment is None else charges_told(answer.assessment),
        problems,
    )


def _checked(checked: Checked, problems: Problems, translate: Translate) -> Told:
    refused, sent = checked.outcome is Outcome.REJECTED, checked.incoming.submission
    return Told(
        REFUSED if refused else SOUND,
        sent.reference or "",
        holds=holds_told(checked.holds, translate),
        charges={} if checked.assessment is None else charges_told(checked.assessment),
        problems=problems,
        declaration=canonical(sent),
    )


def _unread(one: Read, problems: Problems, *, lodged: bool) -> Told:
    known = one.submission
    meant = known or next(iter(one.possible), None)
    refused = Outcome.REJECTED.value if lodged else REFUSED
    return Told(
        UNREADABLE if known is None else refused,
        "" if meant is None else meant.reference or "",
        problems=problems,
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
            "since": written_moment(hold.opened_at),
            "due": "" if hold.due_at is None else written_moment(hold.due_at),
        }
        for hold in holds
    )


def charges_told(assessment: Assessment) -> dict[str, str]:
    """Return what is levied of each tax, and in all, in CNY."""
    told = {total.tax.lower(): str(total.levied) for total in assessment.totals}
    return {**told, "payable": str(assessment.payable), "currency": "CNY"}


def _problem(fault: Fault, one: Read | None, translate: Translate) -> dict[str, Any]:
    place = str(fault.facts.get("place", "")) if one is None else one.source_path(fault)
    return {**fault.told(translate), "source_path": cut(place), "warning": fault.problem.warning}
