"""Manifests, bills and arrivals as they travel."""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from msgspec import Struct

from tongguan.kernel.spelling import plain_signs
from tongguan.kernel.text import Term, _

FLOWS: Final = ("import", "export")
_CODE: Final = re.compile(r"(?<![0-9A-Z])(?:USCI)?([0-9A-Z]{18}|[0-9A-Z]{10})(?![0-9A-Z])")
_TO_ORDER: Final = re.compile(r"\s*(?:TO\s+)?(?:THE\s+)?ORDER\b|\s*凭.*指示")


class ArrivalKind(Term):
    """What was reported of goods at a site."""

    ARRIVAL = "ARRIVAL", _("arrival")
    TALLY = "TALLY", _("tally")
    GATE_IN = "GATE_IN", _("gate-in")


class Outcome(Term):
    """What an officer decided about a carrier's claim to what another announced first."""

    FIRST = "FIRST", _("stays with the first carrier")
    SECOND = "SECOND", _("passes to the carrier that claims it")


class ManifestFunction(StrEnum):
    """What a manifest message asks for; the national manifest writes 9, 2, 3, 5."""

    ORIGINAL = "original"
    ADD = "add"
    DELETE = "delete"
    REPLACE = "replace"


class ManifestUnit(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """A container as the manifest lists it, with its seals."""

    id: str
    seals: tuple[str, ...] = ()


class ManifestBill(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """One bill of a manifest: packages, gross mass in kg, containers.

    To delete a bill its number is enough. `site` is the control site the goods are expected at.
    """

    number: str
    packages: int = 0
    gross: Decimal = Decimal(0)
    consignee: str = ""
    site: str = ""
    units: tuple[ManifestUnit, ...] = ()
    goods: str = ""


class Manifest(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """What a carrier reports of one voyage: means of transport, office of entry or exit, bills.

    `carrier` is its credit code or customs code; empty where the sender is the carrier.
    """

    number: str
    mode: str
    name: str
    voyage: str
    flow: str
    office: str
    bills: tuple[ManifestBill, ...]
    function: ManifestFunction = ManifestFunction.ORIGINAL
    carrier: str = ""


@dataclass(frozen=True, slots=True)
class BillRow:
    """One bill as lodging and lists see it.

    Attributes:
        id: its row.
        number: as the manifest has it.
        flow: `import` or `export`.
        mode: transport mode, a code of the table.
        name: means of transport.
        voyage: its voyage.
        office: office of entry or exit, or the one that an approved diversion names.
        site: control site it is expected at.
        packages: how many.
        gross: kg.
        used_by: the declaration that uses it.
        arrived_at: when all of its goods had been reported at a site.
        arrived_site: the site they were reported at last.
        left_at: when the last of them left through a gate.
        manifest: the manifest's number.
        consignee: as the manifest names it.
        units: containers, by number.
        manifested: False where no manifest names it yet, but a declaration uses it: then nothing
            but `number` and `used_by` is known.
        diverted: whether an approved diversion sends it to another office than the manifest's.
        transport_at: when the carrier declared the means of transport, or by when it had.
        reached_at: when goods of the bill were first reported at `arrived_site`.
    """

    id: UUID
    number: str
    flow: str
    mode: str
    name: str
    voyage: str
    office: str
    site: str
    packages: int
    gross: Decimal
    used_by: UUID | None
    arrived_at: datetime | None
    arrived_site: str
    left_at: datetime | None = None
    manifest: str = ""
    consignee: str = ""
    units: tuple[str, ...] = ()
    manifested: bool = True
    diverted: bool = False
    transport_at: datetime | None = None
    reached_at: datetime | None = None

    @property
    def arrived(self) -> bool:
        """Return whether all of the goods were reported at a site."""
        return self.arrived_at is not None

    @property
    def consignee_codes(self) -> tuple[str, ...]:
        """Return what may be codes of the party that the manifest names; none for an order bill.

        Carriers write the code beside the name or before it, such as `USCI+91110113FAKE000102`.
        """
        text = plain_signs(self.consignee).upper()
        return () if _TO_ORDER.match(text) else tuple(_CODE.findall(text))


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A container and the bill it carries goods of; a shared container has a row a bill."""

    unit: str
    bill: str
    seals: tuple[str, ...]
    site: str
    arrived_at: datetime | None
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class ListedRow:
    """That a manifest lists a container under a bill, or the bill itself, and it has not left.

    Attributes:
        unit: the number asked for.
        bill: the bill's number.
        voyage: the manifest's row.
        office: office of entry or exit.
        site: where it was reported last; empty while it was nowhere.
        boxed: False where `unit` is the bill's own number.
        expected: the site it is bound for; empty where any site of the office will do.
        containers: where `unit` is the bill's own number, those of it that have not left.
    """

    unit: str
    bill: str
    voyage: UUID
    office: str
    site: str
    boxed: bool
    expected: str = ""
    containers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """One report of goods at a site."""

    bill: str
    unit: str
    site: str
    kind: ArrivalKind
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """A manifest as a list shows it, with how many of its bills have arrived.

    `transport_at` is when its means of transport was declared; None: not yet.
    """

    id: UUID
    number: str
    flow: str
    mode: str
    name: str
    voyage: str
    office: str
    received_at: datetime
    transport_at: datetime | None
    bills: int
    arrived: int


@dataclass(frozen=True, slots=True)
class Lying:
    """That a bill of a bulk load lies at a site already, and since when."""

    site: str
    since: datetime


@dataclass(frozen=True, slots=True)
class SiteRow:
    """How many bills lie at one site, and since when the first of them."""

    site: str
    count: int
    oldest_at: datetime


@dataclass(frozen=True, slots=True)
class Contest:
    """What a manifest claims although another carrier announced it first.

    Attributes:
        claimant: the carrier whose manifest it is.
        holder: the carrier that announced it, if that is known.
        number: whether the manifest's own number is the other's.
        voyage: whether the voyage is.
        bills: those of its bills that are.
        office: where it is decided: where the goods are, or where the first manifest says.
    """

    claimant: int
    holder: int | None
    number: bool
    voyage: bool
    bills: tuple[str, ...]
    office: str


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A claim of a second carrier, as an officer or the claimant sees it."""

    id: UUID
    number: str
    name: str
    voyage: str
    office: str
    bills: tuple[str, ...]
    holder: str
    claimant: str
    raised_at: datetime
    outcome: str
    decided_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class DiversionRow:
    """A carrier's request to bring goods to another place, as an officer or the carrier sees it."""

    id: UUID
    bill: str
    from_office: str
    from_site: str
    to_office: str
    to_site: str
    reason: str
    asked_at: datetime
    approved: bool | None
    decided_at: datetime | None
    words: str
