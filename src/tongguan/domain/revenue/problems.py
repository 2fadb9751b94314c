"""Refusals of this room, REV-001 to REV-099. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

NOTHING_OWED = Problem(
    code="REV-001",
    status=HTTPStatus.CONFLICT,
    title=_("Nothing is owed"),
    detail=_("Nothing is owed for this declaration, or it is paid already."),
    remedy=_("Look at its charges: they show what was paid and when."),
)
OTHER_AMOUNT = Problem(
    code="REV-002",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Not the sum that is owed"),
    detail=_("{owed} are owed, {paid} were paid."),
    remedy=_("Pay the whole sum at once; after the due date a surcharge is part of it."),
)
BANK_UNKNOWN = Problem(
    code="REV-003",
    status=HTTPStatus.FORBIDDEN,
    title=_("Bank not registered"),
    detail=_("No bank is registered under the name “{bank}”."),
    remedy=_("Ask the administrator to register the bank with its key."),
)
SIGNATURE_WRONG = Problem(
    code="REV-004",
    status=HTTPStatus.FORBIDDEN,
    title=_("Signature does not fit"),
    detail=_("Receipt {bank_reference} is not signed with the key of {bank} for this declaration."),
    remedy=_("Ask the bank to send the receipt again."),
)
RECEIPT_USED = Problem(
    code="REV-005",
    status=HTTPStatus.CONFLICT,
    title=_("Receipt already used"),
    detail=_("Receipt {bank_reference} of {bank} was recorded with other content."),
    remedy=_("Ask the bank for the number of this payment."),
)
BANK_WITHDRAWN = Problem(
    code="REV-006",
    status=HTTPStatus.FORBIDDEN,
    title=_("Bank was withdrawn"),
    detail=_("Bank “{bank}” was withdrawn: what its key signs is not believed any more."),
    remedy=_("Ask the bank to sign the receipt anew as soon as its new key is registered."),
)
SUMMARY_NOT_PAID = Problem(
    code="REV-007",
    status=HTTPStatus.CONFLICT,
    title=_("A summary is secured, not paid"),
    detail=_("What a summary declaration owes is an estimate: it is secured on a guarantee."),
    remedy=_("Name a guarantee; duty and taxes are paid with the second step."),
)
GUARANTEE_UNKNOWN = Problem(
    code="REV-010",
    status=HTTPStatus.NOT_FOUND,
    title=_("No such guarantee"),
    detail=_("No guarantee {number} is known for the party of this declaration."),
    remedy=_("Check the number; a guarantee serves only the enterprise that gave it."),
)
GUARANTEE_NOT_VALID = Problem(
    code="REV-011",
    status=HTTPStatus.CONFLICT,
    title=_("Guarantee not in force"),
    detail=_("Guarantee {number} runs from {valid_from} until {valid_until}, the end left out."),
    remedy=_("Name another guarantee, extend this one, or pay."),
)
GUARANTEE_TOO_SMALL = Problem(
    code="REV-012",
    status=HTTPStatus.CONFLICT,
    title=_("Guarantee is exhausted"),
    detail=_("{needed} CNY are needed, {available} CNY of guarantee {number} are free."),
    remedy=_("Pay older declarations to free it, raise its limit, or pay this one."),
)
FEE_NOT_SECURED = Problem(
    code="REV-013",
    status=HTTPStatus.CONFLICT,
    title=_("A late-declaration fee is paid, not secured"),
    detail=_("A late-declaration fee of {fee} CNY is part of what is owed."),
    remedy=_("Pay the whole sum: the goods are released when the bank confirms it."),
)
ALREADY_SECURED = Problem(
    code="REV-014",
    status=HTTPStatus.CONFLICT,
    title=_("Already secured"),
    detail=_("What is owed was secured with guarantee {number}."),
    remedy=_("Nothing is to be done until it is due for payment."),
)
GUARANTEE_WITHDRAWN = Problem(
    code="REV-015",
    status=HTTPStatus.CONFLICT,
    title=_("Guarantee was withdrawn"),
    detail=_("Guarantee {number} was withdrawn: nothing more is drawn on it."),
    remedy=_("Take another guarantee, or pay."),
)
GUARANTEE_NOT_YOURS = Problem(
    code="REV-016",
    status=HTTPStatus.FORBIDDEN,
    title=_("Not for you to draw on"),
    detail=_("Your mandate does not let you draw on the guarantees of this trader here."),
    remedy=_(
        "Ask the trader for a mandate that says so, or to draw on it; what another broker declared "
        "is secured by the trader or by that broker."
    ),
)
PAID_AT_NO_TIME = Problem(
    code="REV-017",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("The bank received it at no time that can be"),
    detail=_(
        "The receipt says that the money was received at {paid_at}; it is taken from {since}, when "
        "the declaration was accepted, to now."
    ),
    remedy=_("Have the bank correct the moment and sign the receipt anew."),
)
BANK_REGISTERED = Problem(
    code="REV-020",
    status=HTTPStatus.CONFLICT,
    title=_("Bank already registered"),
    detail=_("A bank is registered under the name “{bank}” with another key."),
    remedy=_("Withdraw the bank first, then register its new key."),
)
KEY_UNREADABLE = Problem(
    code="REV-021",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Key is unreadable"),
    detail=_("The key of “{bank}” is not an Ed25519 public key of 32 bytes."),
    remedy=_("Ask the bank for its public key."),
)
GUARANTEE_REGISTERED = Problem(
    code="REV-022",
    status=HTTPStatus.CONFLICT,
    title=_("Guarantee already registered"),
    detail=_("Guarantee {number} is registered with other content."),
    remedy=_("Look it up; to change it, register the change under a number of its own."),
)
KEY_WITHDRAWN = Problem(
    code="REV-023",
    status=HTTPStatus.CONFLICT,
    title=_("Key was withdrawn"),
    detail=_("The key of “{bank}” was withdrawn, and is never believed again."),
    remedy=_("Ask the bank for a new key."),
)
NO_BANK = Problem(
    code="REV-024",
    status=HTTPStatus.NOT_FOUND,
    title=_("No such bank"),
    detail=_("No bank “{bank}” is believed: there is none, or it was withdrawn."),
    remedy=_("Look the name up with `tongguan admitted banks`."),
)
NO_GUARANTEE = Problem(
    code="REV-025",
    status=HTTPStatus.NOT_FOUND,
    title=_("No guarantee in use"),
    detail=_("No guarantee {number} is in use: there is none, or it was withdrawn."),
    remedy=_("Look the number up with `tongguan admitted guarantees`."),
)
