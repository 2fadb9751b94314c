"""What this room tells."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Arrived:
    """All goods of a bill were reported at a site. The subject is the bill.

    `unit` is the container that came last, empty where the bill was reported as a whole.
    """

    subject: UUID
    at: datetime
    bill: str
    unit: str
    site: str


@dataclass(frozen=True, slots=True)
class UnitArrived:
    """A container was reported at a site; others of its bill are still to come."""

    subject: UUID
    at: datetime
    bill: str
    unit: str
    site: str


@dataclass(frozen=True, slots=True)
class TransportDeclared:
    """A means of transport was declared at entry, or goods of it were first reported at a site.

    The subject is the manifest; `day` is the local day of the declaration.
    """

    subject: UUID
    at: datetime
    manifest: str
    day: str


@dataclass(frozen=True, slots=True)
class ConsigneeNamed:
    """The carrier named another consignee for a bill than its manifest did. The subject is it."""

    subject: UUID
    at: datetime
    bill: str


@dataclass(frozen=True, slots=True)
class ManifestReceived:
    """A carrier's manifest, or a change to one, was taken. The subject is the manifest."""

    subject: UUID
    at: datetime
    manifest: str
    function: str
    bills: int
