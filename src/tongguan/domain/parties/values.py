"""Enterprises and mandates as they travel between rooms."""

from dataclasses import dataclass
from datetime import date

from tongguan.kernel.text import Term, _


class EnterpriseKind(Term):
    """What an enterprise is registered as. Registered once, it is known in all districts."""

    TRADER = "TRADER", _("trader")
    BROKER = "BROKER", _("customs broker")
    CARRIER = "CARRIER", _("carrier")
    OPERATOR = "OPERATOR", _("site operator")
    BANK = "BANK", _("bank")


class CreditClass(Term):
    """Credit classes through the years; which of them are in force is a dated parameter.

    Source: announcement 58/2013 (AA to D, to 30 November 2014); Decree 225; Order 251.
    """

    ADVANCED = "advanced", _("advanced certified")
    GENERAL_CERTIFIED = "general_certified", _("general certified")
    GENERAL = "general", _("general")
    DISCREDITED = "discredited", _("discredited")
    AA = "AA", _("class AA")
    A = "A", _("class A")
    B = "B", _("class B")
    C = "C", _("class C")
    D = "D", _("class D")


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """An enterprise as of a day."""

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


@dataclass(frozen=True, slots=True)
class MandateRow:
    """An electronic delegation: who may declare for whom, what, and for how long."""

    id: int
    principal_id: int
    principal: str
    broker_id: int
    broker: str
    flow: str
    valid_from: date
    valid_until: date
    revoked_on: date | None


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One credit class of an enterprise through a period, with its ground."""

    credit: CreditClass
    valid_from: date
    valid_until: date | None
    reason: str
