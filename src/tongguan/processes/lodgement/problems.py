"""Refusals of lodging, LOD-001 to LOD-099. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

OTHER_CONTENT = Problem(
    code="LOD-001",
    status=HTTPStatus.CONFLICT,
    title=_("Reference already used"),
    detail=_("Reference {reference} was accepted as {number} with other content."),
    remedy=_(
        "Give a new declaration a new reference. {number} cannot be amended here yet: to change "
        "it, ask its office of declaration to revoke it, then declare anew."
    ),
)
NOT_YOURS = Problem(
    code="LOD-002",
    status=HTTPStatus.FORBIDDEN,
    title=_("Not your declarant"),
    detail=_("You may not lodge for declarant {declarant}."),
    remedy=_("Sign in with an account of that enterprise, or name your own as declarant."),
)
NOT_TAKEN = Problem(
    code="LOD-003",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Not taken by this channel yet"),
    detail=_("A submission to “{function}” an accepted declaration is not taken here yet."),
    remedy=_("Ask the office of declaration to revoke that declaration, then declare anew."),
)
TWICE_IN_BATCH = Problem(
    code="LOD-004",
    status=HTTPStatus.CONFLICT,
    title=_("Reference twice in one batch"),
    detail=_("Reference {reference} stands twice in this batch: the first was taken."),
    remedy=_("If it is another declaration, give it a reference of its own."),
)
TOO_MANY = Problem(
    code="LOD-005",
    status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    title=_("Batch too large"),
    detail=_("{count} submissions are too many for one batch of at most {most}."),
    remedy=_("Send several batches."),
)
ONE_STEP = Problem(
    code="LOD-006",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Two-step declaration is not in use"),
    detail=_("This is a summary, the first of two steps; only whole declarations are taken."),
    remedy=_("Send the full declaration, as one step."),
)
NOT_ESTIMATED = Problem(
    code="LOD-007",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Security cannot be estimated"),
    detail=_(
        "Line {line}: a rate or a quantity is not known, so what a summary secures is not either."
    ),
    remedy=_(
        "Give code and quantities of the line in full, or lodge the full declaration in one step."
    ),
)
CLASS_ONE_STEP = Problem(
    code="LOD-009",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Not in two steps with this credit class"),
    detail=_("{trader} is {credit}: only enterprises of class general or above send summaries."),
    remedy=_("Send the full declaration, as one step."),
)
TAXES_TOO_HIGH = Problem(
    code="LOD-010",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Duties and taxes too high"),
    detail=_("Line {line}: the figures come to {amount} CNY; what is owed stays below {most} CNY."),
    remedy=_("Check the quantities and the total price of the line."),
)
NOT_KEPT = Problem(
    code="LOD-011",
    status=HTTPStatus.INTERNAL_SERVER_ERROR,
    title=_("This submission could not be recorded"),
    detail=_("A fault on our side: the submission was not recorded, and nothing of it was kept."),
    remedy=_("Send it again later; the operator finds the reason in the log."),
)
