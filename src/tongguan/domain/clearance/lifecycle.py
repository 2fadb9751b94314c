"""How far a declaration can come, and what may hold it. Source: Customs Law."""

from enum import Enum
from typing import Final

from tongguan.kernel.lifecycle import Lifecycle, Move
from tongguan.kernel.text import Term, _


class State(Term):
    """How far a declaration has come."""

    DRAFT = "DRAFT", _("draft")
    ACCEPTED = "ACCEPTED", _("accepted")
    RELEASED = "RELEASED", _("released")
    DEPARTED = "DEPARTED", _("left")
    CLOSED = "CLOSED", _("closed")
    CANCELLED = "CANCELLED", _("cancelled")
    REFUSED = "REFUSED", _("refused")


class Act(Enum):
    """What moves a declaration on."""

    ACCEPT = "ACCEPT"
    CANCEL = "CANCEL"
    REFUSE = "REFUSE"
    RELEASE = "RELEASE"
    DEPART = "DEPART"
    CLOSE = "CLOSE"


class By(Enum):
    """Who may do an act."""

    SYSTEM = "SYSTEM"
    OFFICER = "OFFICER"
    GATE = "GATE"


class Turn(Term):
    """Whose turn it is."""

    TRADER = "TRADER", _("trader")
    CARRIER = "CARRIER", _("carrier")
    CUSTOMS = "CUSTOMS", _("customs")
    AGENCY = "AGENCY", _("agency")


# fmt: off
LIFECYCLE: Final = Lifecycle(
    initial=State.DRAFT,
    final=frozenset({State.CLOSED, State.CANCELLED, State.REFUSED}),
    moves=(
        #    act          from            to               by
        Move(Act.ACCEPT,  State.DRAFT,    State.ACCEPTED,  By.SYSTEM),
        Move(Act.CANCEL,  State.ACCEPTED, State.CANCELLED, By.OFFICER),  # Customs Law, art. 26
        Move(Act.REFUSE,  State.ACCEPTED, State.REFUSED,   By.OFFICER),
        Move(Act.RELEASE, State.ACCEPTED, State.RELEASED,  By.SYSTEM),   # art. 29, no hold left
        Move(Act.DEPART,  State.RELEASED, State.DEPARTED,  By.GATE),
        Move(Act.CLOSE,   State.DEPARTED, State.CLOSED,    By.SYSTEM),
    ),
)

NO_MORE: Final = frozenset({State.CANCELLED, State.REFUSED})
"""States of a declaration that was revoked or refused: nothing of it binds anybody."""


class HoldKind(Term):
    """What a declaration can wait for: code, words, whose turn, the act it blocks."""

    turn: Turn
    blocks: Act

    ARRIVAL =     "ARRIVAL",     _("arrival"),     Turn.CARRIER, Act.RELEASE
    REVIEW =      "REVIEW",      _("review"),      Turn.CUSTOMS, Act.RELEASE
    QUERY =       "QUERY",       _("answer"),      Turn.TRADER,  Act.RELEASE
    SUMMONS =     "SUMMONS",     _("visit"),       Turn.TRADER,  Act.RELEASE
    INSPECTION =  "INSPECTION",  _("examination"),  Turn.CUSTOMS, Act.RELEASE
    PERMIT =      "PERMIT",      _("permit"),      Turn.AGENCY,  Act.RELEASE
    PAYMENT =     "PAYMENT",     _("payment"),     Turn.TRADER,  Act.RELEASE
    TRANSIT =     "TRANSIT",     _("transit"),     Turn.CARRIER, Act.RELEASE
    CASE =        "CASE",        _("case"),        Turn.CUSTOMS, Act.RELEASE
    INSTRUCTION = "INSTRUCTION", _("instruction"), Turn.CUSTOMS, Act.RELEASE
    SUPPLEMENT =  "SUPPLEMENT",  _("second step"), Turn.TRADER,  Act.CLOSE

    def _describe(self, turn: Turn, blocks: Act) -> None:
        self.turn, self.blocks = turn, blocks
# fmt: on


ASKING: Final = (HoldKind.QUERY, HoldKind.SUMMONS)
"""What a reviewer asks of the declarant; the review waits for it."""


class Why(Term):
    """The reason of a hold, in one sentence; facts stand in braces.

    A reason that comes up after release blocks the departure, or the closing, whatever its kind of
    hold blocks.
    """

    blocks: Act | None

    NOT_ARRIVED = (
        "NOT_ARRIVED",
        _("The goods of bill {bill} have not been reported at a site."),
    )
    NO_MANIFEST = "NO_MANIFEST", _("No manifest names bill {bill} yet.")
    NOT_COME = (
        "NOT_COME",
        _("The goods of bill {bill} did not come in time: revoke it, or let it wait on."),
    )
    MANIFEST_DIFFERS = (
        "MANIFEST_DIFFERS",
        _("The manifest came after the declaration and differs from it: {differences}"),
    )
    HOLDER_UNPROVEN = (
        "HOLDER_UNPROVEN",
        _(
            "The manifest makes bill {bill} out to order or to another than a trader: customs "
            "looks at the bill of lading, unless the carrier names the trader."
        ),
    )
    SELECTED = "SELECTED", _("Selected for a check of the documents.")
    LETTERS_UNKNOWN = (
        "LETTERS_UNKNOWN",
        _("Customs decides which documents are needed: no list explains the letters {letters}."),
    )
    RELIEF_UNPROVEN = (
        "RELIEF_UNPROVEN",
        _("A relief is claimed that no certificate known here grants."),
    )
    PRICE_AFFECTED = (
        "PRICE_AFFECTED",
        _("The relation between buyer and seller affects the price: customs determines the value."),
    )
    ROYALTIES_APART = (
        "ROYALTIES_APART",
        _("Royalties are paid and no other charge is declared: the value may lack them."),
    )
    SELECTED_GOODS = "SELECTED_GOODS", _("Selected for examination of the goods.")
    UNDETERMINED = "UNDETERMINED", _("Customs determines the duty and taxes.")
    SELECTED_AFTER = (
        "SELECTED_AFTER",
        _("Selected for examination of the goods at their destination, after release."),
        Act.CLOSE,
    )
    ASKED = "ASKED", _("Customs asks: {question}")
    UNCLEAR = "UNCLEAR", _("The papers stay unclear: {subject}")
    LICENCE = "LICENCE", _("Licence {number} is to be confirmed by {agency}.")
    LICENCE_MISSING = (
        "LICENCE_MISSING",
        _("Licence missing: a document of kind {kind}, which {agency} confirms, is to be named."),
    )
    DUTY_DUE = "DUTY_DUE", _("Duty and taxes of {amount} CNY are due.")
    RATES_UNKNOWN = (
        "RATES_UNKNOWN",
        _("Rates of {day}, the day that is decisive for the duties, are not all known."),
    )
    RATES_UNKNOWN_AFTER = (
        "RATES_UNKNOWN_AFTER",
        _("After release: rates of {day}, which is decisive for the duties, are not all known."),
        Act.CLOSE,
    )
    RECOVERY_DUE = (
        "RECOVERY_DUE",
        _("After release duty and taxes were computed anew: {amount} CNY more are due."),
        Act.CLOSE,
    )
    SECURITY_DUE = (
        "SECURITY_DUE",
        _("Duty and taxes of {amount} CNY, as estimated, are to be secured on a guarantee."),
    )
    MOVING = "MOVING", _("The goods move under customs control to {destination}.")
    MOVING_OUT = (
        "MOVING_OUT",
        _("After release the goods move under customs control to {destination}."),
        Act.DEPART,
    )
    FINDING = "FINDING", _("A finding is investigated: {finding}")
    FOUND_AFTER = "FOUND_AFTER", _("A finding after release: {finding}"), Act.DEPART
    STOPPED = "STOPPED", _("Stopped by a coordination centre: {reason}")
    SECOND_STEP = "SECOND_STEP", _("The full declaration is still to come.")

    def _describe(self, blocks: Act | None = None) -> None:
        self.blocks = blocks


def blocked_by(kind: HoldKind, why: Why) -> Act:
    """Return the act that a hold stands in the way of."""
    return why.blocks or kind.blocks


TURNS: Final = {Why.LICENCE_MISSING: Turn.TRADER}
"""Whose turn it is for a reason, where it is not that of the hold's kind."""
