"""Manifests, bills and arrivals as they travel."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from msgspec import Struct

from tongguan.kernel.text import Term, _


class ArrivalKind(Term):
    """What was reported of goods at a site."""

    ARRIVAL = "ARRIVAL", _("arrival")
    TALLY = "TALLY", _("tally")
    GATE_IN = "GATE_IN", _("gate-in")


class ManifestUnit(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """A container as the manifest lists it, with its seals."""

    id: str
    seals: tuple[str, ...] = ()


class ManifestBill(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """One bill of a manifest: packages, gross mass in kg, containers."""

    number: str
    packages: int
    gross: Decimal
    consignee: str = ""
    site: str = ""
    units: tuple[ManifestUnit, ...] = ()


class Manifest(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """What a carrier reports of one voyage: means of transport, office of entry or exit, bills."""

    number: str
    mode: str
    name: str
    voyage: str
    flow: str
    office: str
    bills: tuple[ManifestBill, ...]


@dataclass(frozen=True, slots=True)
class BillRow:
    """One bill as lodging and lists see it."""

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

    @property
    def arrived(self) -> bool:
        """Return whether the goods were reported at a site."""
        return self.arrived_at is not None


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """One report of goods at a site."""

    bill: str
    unit: str
    site: str
    kind: ArrivalKind
    at: datetime
    by: str
