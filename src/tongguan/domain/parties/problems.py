"""Refusals of this room, PAR-001 to PAR-099. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

CREDIT_CODE = Problem(
    code="PAR-001",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
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
    detail=_("The mandate covers {flow} only."),
    remedy=_("Ask the trader to widen it."),
)
