"""What goes into the main job and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tongguan.domain.cargo.values import BillRow
from tongguan.domain.clearance.values import NewHold
from tongguan.domain.declarations.records import Answered
from tongguan.domain.declarations.values import Mode, Submission
from tongguan.domain.parties.values import EnterpriseRow, MandateRow
from tongguan.domain.permits.values import CertificateKey, CertificateRow
from tongguan.domain.reference.values import Snapshot
from tongguan.domain.revenue.values import Assessment
from tongguan.domain.risk.facts import Facts
from tongguan.domain.risk.values import Selection
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.identifiers import DeclarationId, new_id
from tongguan.kernel.problems import Fault


@dataclass(frozen=True, slots=True)
class Incoming:
    """One submission that was read, with what is known of how it came.

    Attributes:
        submission: the canonical form.
        raw: the bytes as they came, or None where they are our own JSON, which is kept anyway.
        sha256: hash of the bytes as they came.
        format: name of the format it came in.
        id: the id the declaration will have, if it becomes one.
    """

    submission: Submission
    raw: bytes | None
    sha256: bytes
    format: str
    id: DeclarationId = field(default_factory=lambda: DeclarationId(new_id()))


@dataclass(frozen=True, slots=True)
class Known:
    """What the house knows of a batch before it decides: looked up set by set, then frozen.

    Attributes:
        parties: enterprises by unified social credit code and by customs code.
        mandates: by principal and broker.
        bills: by number.
        answered: what idempotency keys were answered with.
        earlier: what was lodged under those keys, where it is sealed otherwise than what came now.
        certificates: those that reliefs and preferences are claimed on, by kind and number.
    """

    parties: Mapping[str, EnterpriseRow]
    mandates: Mapping[tuple[int, int], MandateRow]
    bills: Mapping[str, BillRow]
    answered: Mapping[tuple[int, str], Answered]
    certificates: Mapping[CertificateKey, CertificateRow] = field(default_factory=dict)
    earlier: Mapping[DeclarationId, Submission] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """All that examining a batch may depend on beside the submissions; so it can be repeated.

    Nothing of selection is among it: what is told before acceptance cannot depend on it.

    Attributes:
        reference: law and region, as of any date.
        known: what the house knows of this batch.
        by: who lodges.
        now: the moment of acceptance, one for all.
    """

    reference: Snapshot
    known: Known
    by: Actor
    now: datetime


class Outcome(StrEnum):
    """What became of a submission; `SOUND` is one that was only checked."""

    SOUND = "sound"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Sound:
    """A submission without faults, not accepted yet: it has no number and is not selected on."""

    incoming: Incoming
    faults: tuple[Fault, ...]
    submission: Submission
    content: bytes
    sha256: bytes
    trader: EnterpriseRow
    declarant: EnterpriseRow
    mode: Mode
    bill: BillRow | None
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was decided on a sound submission that customs gave a number."""

    number: str
    submission: Submission
    content: bytes
    sha256: bytes
    trader: EnterpriseRow
    declarant: EnterpriseRow
    mode: Mode
    assessment: Assessment
    facts: Facts
    selection: Selection
    holds: tuple[NewHold, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on one submission, and every problem found: faults or mere warnings."""

    incoming: Incoming
    outcome: Outcome
    faults: tuple[Fault, ...] = ()
    accepted: Accepted | None = None
    repeated: Answered | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check tells: what is wrong, and what follows from the declaration itself.

    Attributes:
        holds: those that the declaration brings with it, whether customs selects it or not.
        assessment: None where the submission is refused or was accepted before.
    """

    incoming: Incoming
    outcome: Outcome
    faults: tuple[Fault, ...] = ()
    holds: tuple[NewHold, ...] = ()
    assessment: Assessment | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the sender is told: the number and what it waits for, or what is wrong."""

    outcome: Outcome
    declaration_id: UUID | None
    reference: str
    number: str
    state: str
    holds: tuple[NewHold, ...]
    assessment: Assessment | None
    faults: tuple[Fault, ...]
