"""Licences, certificates and what is asked of agencies, as they travel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple, Protocol

from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.text import Term, _


class Answer(Term):
    """What an agency said."""

    WAITING = "", _("not answered yet")
    CONFIRMED = "confirmed", _("confirmed")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("no longer needed")


class Asked(NamedTuple):
    """A licence to be confirmed: `quantity` of `unit` is used of it."""

    agency: str
    kind: str
    number: str
    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class NewLicence:
    """A licence as its agency registers it.

    Attributes:
        kind: letter of the list of permit documents.
        number: unique with that kind.
        holder_id: the enterprise that may use it.
        granted: so much of `unit`, a code of the unit table.
        valid_from: first day on which a declaration may be accepted on it.
        valid_until: the day after the last.
        commodities: codes from their beginning that it is for; all where none are named.
        port: the office or district that it names; one of the region is all of the region.
    """

    kind: str
    number: str
    holder_id: int
    granted: Decimal
    unit: str
    valid_from: date
    valid_until: date
    commodities: tuple[str, ...] = ()
    port: str = ""


class LicenceRow(NamedTuple):
    """A licence as lists read it, with what is drawn on it."""

    kind: str
    number: str
    holder_id: int
    agency: str
    granted: Decimal
    drawn: Decimal
    unit: str
    commodities: Sequence[str]
    port: str
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class RequestRow:
    """What an agency is asked, or was: with the licence's balance where one is registered."""

    hold_id: HoldId
    declaration_id: DeclarationId
    declaration: str
    trader: str
    agency: str
    kind: str
    number: str
    quantity: Decimal
    unit: str
    asked_at: datetime
    answer: Answer
    words: str
    answered_by: str
    answered_at: datetime | None
    left: Decimal | None


class CertificateKind(Term):
    """What a certificate proves."""

    RELIEF = "RELIEF", _("relief certificate or record")
    ORIGIN = "ORIGIN", _("certificate of origin")


class Freed(Term):
    """What a relief certificate may lower; codes as those of the taxes themselves."""

    DUTY = "DUTY", _("duty")
    VAT = "VAT", _("value added tax")
    CONSUMPTION = "CONSUMPTION", _("consumption tax")


BY_VALUE: Final = "CNY"
"""Stands for a unit where the balance of a certificate counts the customs value."""


@dataclass(frozen=True, slots=True)
class NewCertificate:
    """A certificate as it is registered.

    Attributes:
        number: as declarations name it: record number, or number of the certificate of origin.
        holder_id: the enterprise that may use it, as the trader of a declaration.
        basis: nature of levy of a relief; agreement of a certificate of origin.
        origin: country of a certificate of origin.
        levy_modes: levy modes that lines on it may have.
        frees: what it lowers; consumption tax only where it says so.
        share: what is levied all the same, as a share of 1, where the levy mode does not say.
        commodities: codes it covers, or the digits they begin with, two or more.
        granted: so much of `unit`, a code of the unit table; or CNY of customs value.
        valid_from: first day on which a declaration may be accepted on it.
        valid_until: the day after the last.
    """

    kind: CertificateKind
    number: str
    holder_id: int
    basis: str
    commodities: tuple[str, ...]
    granted: Decimal
    unit: str
    valid_from: date
    valid_until: date
    issuer: str
    origin: str = ""
    levy_modes: tuple[str, ...] = ()
    frees: tuple[Freed, ...] = ()
    share: Decimal | None = None


class CertificateRow(NamedTuple):
    """A certificate as decisions and lists read it, with what is drawn on it."""

    id: int
    kind: CertificateKind
    number: str
    holder_id: int
    basis: str
    origin: str
    levy_modes: tuple[str, ...]
    frees: tuple[str, ...]
    share: Decimal | None
    commodities: tuple[str, ...]
    granted: Decimal
    drawn: Decimal
    unit: str
    valid_from: date
    valid_until: date
    issuer: str
    withdrawn_at: datetime | None

    @property
    def left(self) -> Decimal:
        """Return how much of it may still be drawn."""
        return self.granted - self.drawn


class CertificateKey(NamedTuple):
    """What a declaration names a certificate by."""

    kind: CertificateKind
    number: str


@dataclass(frozen=True, slots=True)
class Held:
    """The certificates that the trader of one declaration may count on.

    Attributes:
        certificates: those that declarations name, whoever holds them; drawn as of now.
        holder_id: the trader.
        day: local day of acceptance.
    """

    certificates: Mapping[CertificateKey, CertificateRow]
    holder_id: int
    day: date


class Drawn(Protocol):
    """What one line draws on a certificate."""

    @property
    def certificate_id(self) -> int:
        """Return the certificate."""
        ...

    @property
    def number(self) -> str:
        """Return the number of the certificate."""
        ...

    @property
    def kind(self) -> str:
        """Return what the certificate proves, a code of `CertificateKind`."""
        ...

    @property
    def line(self) -> int:
        """Return the number of the line."""
        ...

    @property
    def quantity(self) -> Decimal:
        """Return how much is drawn."""
        ...


class HoldingKind(Term):
    """What an enterprise may hold that declarations draw on."""

    RELIEF = "relief", _("relief certificates and records")
    ORIGIN = "origin", _("certificates of origin")
    LICENCE = "licence", _("licences")


@dataclass(frozen=True, slots=True)
class Holding:
    """A certificate or licence as its holder reads it.

    Attributes:
        basis: nature of levy of a relief, agreement of an origin, letter of a licence.
        granted: so much of `unit`; None where the balance is not for the reader.
        drawn: of it; None likewise.
        issuer: who issued a certificate, or the code of the agency that granted a licence.
        port: the office or district that a licence names.
    """

    kind: HoldingKind
    id: int
    number: str
    holder: str
    basis: str
    granted: Decimal | None
    drawn: Decimal | None
    unit: str
    commodities: tuple[str, ...]
    valid_from: date
    valid_until: date
    issuer: str
    withdrawn_at: datetime | None = None
    origin: str = ""
    levy_modes: tuple[str, ...] = ()
    frees: tuple[str, ...] = ()
    share: Decimal | None = None
    port: str = ""

    @property
    def left(self) -> Decimal | None:
        """Return how much of it may still be drawn, where the reader may know."""
        if self.granted is None or self.drawn is None:
            return None
        return self.granted - self.drawn


class Drawing(NamedTuple):
    """What one declaration drew on a certificate or licence, and what of it was given back."""

    declaration_id: DeclarationId
    number: str
    reference: str
    drawn: Decimal
    given_back: Decimal
    at: datetime
