"""Queries and revocations as they travel."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.text import Term, _


class ReviewFinding(Term):
    """What a documentary check found."""

    NONE = "", _("as declared")
    PRICE = "PRICE", _("value in doubt")
    CODE = "CODE", _("classification in doubt")
    ORIGIN = "ORIGIN", _("origin in doubt")
    PAPERS = "PAPERS", _("papers do not agree")


class Ground(Term):
    """On what ground an accepted declaration is revoked.

    Source: Order 220 (2014); goods that did not come: announcement 74/2014.
    """

    SHUT_OUT = "SHUT_OUT", _("export goods shut out, or carried by another transport")
    LOSS = "LOSS", _("overflow, shortage, loss or force majeure")
    REFUND = "REFUND", _("refund, recovery or guarantee business")
    PRICE = "PRICE", _("provisional price, the final one came later")
    RETURN = "RETURN", _("approved direct return")
    ERROR = "ERROR", _("wrong data from a computer or network")
    NOT_COME = "NOT_COME", _("declared in advance, and the goods did not come")


class Effect(Term):
    """What a decision on a case does to the goods."""

    GOES_ON = "GOES_ON", _("the case ends and the goods go on")
    STAYS = "STAYS", _("the goods stay until it is done")
    REFUSED = "REFUSED", _("the release is refused")


class Consequence(Term):
    """What follows from a finding; every decision on a case names one.

    Where it is to be amended or recovered, the duty is computed anew by an amendment: until then
    the goods stay. A case ends with the duty unchanged only where the decision says so.
    """

    effect: Effect

    # fmt: off
    NONE =        "NONE",        _("no consequence, duty stays as assessed"),  Effect.GOES_ON
    REFUND =      "REFUND",      _("too much duty, given back on amendment"),  Effect.GOES_ON
    AMENDMENT =   "AMENDMENT",   _("the declaration is to be amended"),        Effect.STAYS
    RECOVERY =    "RECOVERY",    _("additional duty is to be paid"),           Effect.STAYS
    PENALTY =     "PENALTY",     _("referred for a penalty"),                  Effect.STAYS
    REFUSAL =     "REFUSAL",     _("release refused"),                         Effect.REFUSED
    REEXPORT =    "REEXPORT",    _("the goods are to be re-exported"),         Effect.REFUSED
    DESTRUCTION = "DESTRUCTION", _("the goods are to be destroyed"),           Effect.REFUSED
    # fmt: on

    def _describe(self, effect: Effect) -> None:
        self.effect = effect

    @property
    def follow_up(self) -> str:
        """Return what has to follow the decision and whose it is, to be translated; or nothing."""
        return _FOLLOW_UPS.get(self.value, "")


_FOLLOW_UPS: Final = {
    "REFUND": _(
        "This decision gives nothing back by itself. The enterprise asks the office of declaration "
        "to amend the declaration; the refund is ordered when the duty is computed anew."
    ),
    "AMENDMENT": _(
        "Amendments are not taken here yet: another officer refuses it, then it is declared anew."
    ),
    "RECOVERY": _(
        "This decision claims nothing by itself. The duty is computed anew when the declaration is "
        "amended; then another officer decides that it is done."
    ),
    "PENALTY": _("The penalty is decided elsewhere; then another officer decides what follows."),
}


@dataclass(frozen=True, slots=True)
class CaseDecisionRow:
    """One decision on a case: what follows, why, by whom."""

    hold_id: UUID
    consequence: Consequence
    words: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class QueryRow:
    """One question or summons, with its answer."""

    hold_id: UUID
    kind: str
    question: str
    ground: str
    document: str
    asked_by: str
    asked_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None
    office: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """How a documentary check of like goods ended: whose, where it stands, what was found."""

    declaration_id: DeclarationId
    number: str
    commodity: str
    finding: str
    words: str
    closed_by: str
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class RevocationRow:
    """Why a declaration was revoked (`CANCEL`, with its ground) or refused (`REFUSE`)."""

    act: str
    ground: Ground | None
    words: str
    decided_by: str
    decided_at: datetime
