"""Refusals of this room, PAR-001 to PAR-099. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY

CREDIT_CODE = Problem(
    code="PAR-001",
    status=_REFUSED,
    title=_("Credit code wrong"),
    detail=_("{scc} is no unified social credit code: its check character does not fit."),
    remedy=_("Copy it from the business licence."),
)
REGISTERED = Problem(
    code="PAR-002",
    status=HTTPStatus.CONFLICT,
    title=_("Registered already"),
    detail=_("An enterprise {scc} or {customs_code} is registered: once holds for the region."),
    remedy=_("Use that registration."),
)
CUSTOMS_CODE = Problem(
    code="PAR-003",
    status=_REFUSED,
    title=_("Customs code wrong"),
    detail=_("{customs_code} is no customs code: it has ten places, digits and capital letters."),
    remedy=_("Copy it from the customs registration."),
)
HOME_OFFICE = Problem(
    code="PAR-004",
    status=_REFUSED,
    title=_("No office code"),
    detail=_("“{office}” is not the code of a customs office."),
    remedy=_("An office has four digits, as the region lists them."),
)
NAME_MISSING = Problem(
    code="PAR-005",
    status=_REFUSED,
    title=_("Name missing"),
    detail=_("Enterprise {scc} has no name."),
    remedy=_("Give the name as it is registered."),
)
UNKNOWN = Problem(
    code="PAR-006",
    status=HTTPStatus.NOT_FOUND,
    title=_("No such enterprise"),
    detail=_("No enterprise {enterprise} is registered, or it is not yours to see."),
    remedy=_("Check the code; whoever is registered in one district is known in all."),
)
CLASS_BEFORE = Problem(
    code="PAR-007",
    status=HTTPStatus.CONFLICT,
    title=_("Credit class already set from a later day"),
    detail=_("The class in force was set from {since}; a new one cannot begin before."),
    remedy=_("Let the new class begin on that day or later."),
)
SUSPENSION_OVER = Problem(
    code="PAR-008",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Suspension is over before it begins"),
    detail=_("A suspension begins today, {since}; it cannot end on {until}."),
    remedy=_("Name a later day, or none: it then holds until it is lifted."),
)
NOT_SUSPENDED = Problem(
    code="PAR-009",
    status=HTTPStatus.CONFLICT,
    title=_("Enterprise is not suspended"),
    detail=_("No suspension holds today: it was lifted, it has ended, or there was none."),
    remedy=_("Nothing is to be done: the enterprise may declare."),
)
NO_MANDATE = Problem(
    code="PAR-010",
    status=HTTPStatus.FORBIDDEN,
    title=_("No mandate"),
    detail=_("The trader has given the declarant no electronic mandate."),
    remedy=_("Ask the trader to sign a mandate for the declarant, then lodge again."),
)
MANDATE_EXPIRED = Problem(
    code="PAR-011",
    status=HTTPStatus.FORBIDDEN,
    title=_("Mandate not in force"),
    detail=_("The mandate runs from {valid_from} until {valid_until}."),
    remedy=_("Ask the trader to renew it, then lodge again."),
)
MANDATE_REVOKED = Problem(
    code="PAR-012",
    status=HTTPStatus.FORBIDDEN,
    title=_("Mandate revoked"),
    detail=_("The trader revoked the mandate on {revoked_on}."),
    remedy=_("Ask the trader for a new one."),
)
OTHER_SCOPE = Problem(
    code="PAR-013",
    status=HTTPStatus.FORBIDDEN,
    title=_("Mandate for something else"),
    detail=_("The mandate covers {flow}; chapters: {chapters}."),
    remedy=_("Ask the trader to widen it."),
)
OTHER_PRINCIPAL = Problem(
    code="PAR-014",
    status=HTTPStatus.FORBIDDEN,
    title=_("Mandate of another principal"),
    detail=_("The declarant holds mandates, but none of this trader."),
    remedy=_("Check the domestic party, or ask this trader to sign a mandate."),
)
MANDATE_PERIOD = Problem(
    code="PAR-020",
    status=_REFUSED,
    title=_("Mandate ends before it begins"),
    detail=_("It would run from {valid_from} until {valid_until}; today is {day}."),
    remedy=_("Give an end after its beginning and after today."),
)
NOT_A_BROKER = Problem(
    code="PAR-021",
    status=_REFUSED,
    title=_("Not a customs broker"),
    detail=_("{name} is not registered as a customs broker."),
    remedy=_("Give the mandate to a registered broker; one of any district will do."),
)
CHAPTER = Problem(
    code="PAR-022",
    status=_REFUSED,
    title=_("No chapter of the tariff"),
    detail=_("“{chapter}” is no chapter: it has two digits."),
    remedy=_("Name chapters by two digits, or none to cover all."),
)
NOT_YOUR_MANDATE = Problem(
    code="PAR-023",
    status=HTTPStatus.FORBIDDEN,
    title=_("Not your mandate"),
    detail=_("Only the principal gives a mandate; only the principal or the broker ends it."),
    remedy=_("Sign in with an account of that enterprise."),
)
MANDATE_UNKNOWN = Problem(
    code="PAR-024",
    status=HTTPStatus.NOT_FOUND,
    title=_("No such mandate"),
    detail=_("Mandate {mandate} does not exist, or is revoked already."),
    remedy=_("Look the mandates up again: those that run are listed."),
)
MANDATE_GIVEN = Problem(
    code="PAR-025",
    status=HTTPStatus.CONFLICT,
    title=_("Mandate given already"),
    detail=_("The same mandate runs already, from {valid_from} until {valid_until}."),
    remedy=_("Use that mandate; to change it, end it and give another."),
)
TO_ITSELF = Problem(
    code="PAR-026",
    status=_REFUSED,
    title=_("Mandate to oneself"),
    detail=_("{name} would be principal and broker at once."),
    remedy=_("Give it to another enterprise; a broker declares its own goods without any."),
)
CLASS_NOT_IN_FORCE = Problem(
    code="PAR-040",
    status=_REFUSED,
    title=_("Credit class not in force"),
    detail=_("“{credit}” is no credit class on {day}."),
    remedy=_("Give one of the classes of that day: {classes}."),
)
CLASS_TOO_LATE = Problem(
    code="PAR-041",
    status=_REFUSED,
    title=_("Credit class begins too late"),
    detail=_("The class would begin on {since}; it can begin on {latest} at the latest."),
    remedy=_(
        "Check the year. Until a class begins, another one given from an earlier day drops it."
    ),
)
