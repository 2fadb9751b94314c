"""Enterprises and mandates as they travel between rooms."""

from dataclasses import dataclass
from datetime import date, datetime

from tongguan.kernel.text import Term, _


class EnterpriseKind(Term):
    """What an enterprise is registered as. Registered once, it is known in all districts."""

    TRADER = "TRADER", _("trader")
    BROKER = "BROKER", _("customs broker")
    CARRIER = "CARRIER", _("carrier")
    OPERATOR = "OPERATOR", _("site operator")
    BANK = "BANK", _("bank")
    AGENCY = "AGENCY", _("partner agency")


class CreditClass(Term):
    """Credit classes through the years; which of them are in force is a dated parameter.

    Source: announcement 58/2013 (AA to D, to 30 November 2014); Decree 225; Order 251; from
    1 April 2026 Order 282, which has five: advanced certified, certified, general (常规),
    discredited, seriously discredited.
    """

    ADVANCED = "advanced", _("advanced certified")
    CERTIFIED = "certified", _("certified")
    GENERAL_CERTIFIED = "general_certified", _("general certified")
    GENERAL = "general", _("general")
    DISCREDITED = "discredited", _("discredited")
    SERIOUSLY_DISCREDITED = "seriously_discredited", _("seriously discredited")
    AA = "AA", _("class AA")
    A = "A", _("class A")
    B = "B", _("class B")
    C = "C", _("class C")
    D = "D", _("class D")


class MandateFlow(Term):
    """Which declarations a mandate lets a broker make."""

    BOTH = "", _("imports and exports")
    IMPORT = "import", _("imports")
    EXPORT = "export", _("exports")


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """An enterprise as of a day. `customs_code` is empty where it has none."""

    id: int
    scc: str
    customs_code: str
    name_zh: str
    name_en: str
    kind: EnterpriseKind
    home_office: str
    credit: CreditClass
    registered_on: date
    suspended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEnterprise:
    """An enterprise to be registered.

    Attributes:
        scc: unified social credit code, 18 places.
        customs_code: customs registration, 10 places; empty for whoever never declares.
        name_zh: name as registered.
        name_en: name as others write it.
        kind: what it is registered as.
        home_office: the office that keeps its file.
        credit: its first credit class.
        since: day of registration, if it lies before today.
    """

    scc: str
    customs_code: str
    name_zh: str
    name_en: str = ""
    kind: EnterpriseKind
    home_office: str
    credit: CreditClass
    since: date | None = None


@dataclass(frozen=True, slots=True)
class MandateRow:
    """An electronic delegation: who may declare for whom, what, and for how long.

    Attributes:
        id: its row.
        principal_id: who gave it.
        principal: its name, in lists.
        broker_id: who holds it.
        broker: its name, in lists.
        flow: `import`, `export`, or empty for both.
        valid_from: first day.
        valid_until: the day it no longer runs.
        revoked_on: the day it was revoked.
        chapters: first two digits of the commodity codes it covers; all where none are named.
        sees_others: the broker also sees, and acts on, what others declared for the principal.
        draws_guarantee: the broker may draw on the principal's guarantees.
        further: other mandates between the two that are in force on the same day.
        other_principal: it was looked up for one principal, but the broker has only another's.
    """

    id: int
    principal_id: int
    principal: str
    broker_id: int
    broker: str
    flow: str
    valid_from: date
    valid_until: date
    revoked_on: date | None
    chapters: tuple[str, ...] = ()
    sees_others: bool = False
    draws_guarantee: bool = False
    further: tuple["MandateRow", ...] = ()
    other_principal: bool = False

    def in_force(self, day: date) -> bool:
        """Return whether it may be used on a day."""
        revoked = self.revoked_on is not None and self.revoked_on <= day
        return not revoked and self.valid_from <= day < self.valid_until

    def lasts(self, day: date) -> bool:
        """Return whether there is something to end: it runs on a day, or will."""
        return self.revoked_on is None and day < self.valid_until


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One credit class of an enterprise through a period, with its ground."""

    credit: CreditClass
    valid_from: date
    valid_until: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class BrokerRow:
    """A broker, as a trader finds it who wants to give a mandate."""

    id: int
    scc: str
    name_zh: str
    name_en: str
    home_office: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature under a mandate: who signed, when, and the signature itself as text."""

    by: str
    at: datetime
    text: str = ""
