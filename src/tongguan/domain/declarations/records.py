"""Declarations as they are written and read back: frozen rows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tongguan.domain.declarations.values import Flow, Kind, Mode, Submission
from tongguan.kernel.identifiers import DeclarationId


@dataclass(frozen=True, slots=True)
class NewDeclaration:
    """A declaration about to be written: `content` is its canonical JSON, `sha256` its hash."""

    id: DeclarationId
    number: str
    submission: Submission
    content: bytes
    sha256: bytes
    trader_id: int
    declarant_id: int
    mode: Mode
    accepted_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class NewAttempt:
    """A submission as it came: its bytes unless they are the canonical JSON that is kept anyway."""

    id: UUID
    declarant_code: str
    reference: str
    declaration_id: DeclarationId | None
    format: str
    channel: str
    received_at: datetime
    received_by: str
    sha256: bytes
    raw: bytes | None
    faults: list[dict[str, object]] | None


@dataclass(frozen=True, slots=True)
class Answered:
    """What an idempotency key was answered with."""

    declaration_id: DeclarationId
    number: str
    sha256: bytes


@dataclass(frozen=True, slots=True)
class DeclarationRow:
    """One declaration, as lists and pages show its head."""

    id: DeclarationId
    number: str
    reference: str
    trader_id: int
    trader: str
    declarant_id: int
    declarant: str
    flow: Flow
    kind: Kind
    mode: Mode
    declaration_office: str
    goods_office: str
    payment_office: str
    inspection_office: str
    site: str
    bill: str
    goods: str
    line_count: int
    version: int
    accepted_at: datetime


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a declaration, without its content."""

    number: int
    sha256: bytes
    reason: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class CameRow:
    """One document that a declaration came in by: how it was written, and the hash of its bytes.

    Attributes:
        kept: whether its bytes are kept as they came; our own JSON is kept as versions.
    """

    id: UUID
    format: str
    channel: str
    received_at: datetime
    received_by: str
    sha256: bytes
    kept: bool


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One submission, as the sender's list shows it."""

    id: UUID
    reference: str
    declaration_id: UUID | None
    number: str
    format: str
    channel: str
    received_at: datetime
    faults: list[dict[str, object]] | None
