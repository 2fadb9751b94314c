"""Masses and lines of goods: DEC-030 to 039, 060 to 079."""

from http import HTTPStatus
from typing import Final

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

REFUSED: Final = HTTPStatus.UNPROCESSABLE_ENTITY

NET_ABOVE_GROSS = Problem(
    code="DEC-031",
    status=REFUSED,
    title=_("Net mass is above gross mass"),
    detail=_("Net mass {net_kg} kg, gross mass {gross_kg} kg."),
    remedy=_("Gross mass includes the packing: correct one of the two."),
)
NET_ABOVE_GROSS_ON_LINE = Problem(
    code="DEC-032",
    status=REFUSED,
    title=_("Net mass of a line is above its gross mass"),
    detail=_("Line {line}: net mass {net_kg} kg, gross mass {gross_kg} kg."),
    remedy=_("Gross mass includes the packing: correct one of the two."),
)
LINES_ABOVE_GROSS = Problem(
    code="DEC-033",
    status=REFUSED,
    title=_("The lines weigh more than the whole"),
    detail=_("The lines weigh {lines_kg} kg net together, the whole {gross_kg} kg gross."),
    remedy=_("Correct the quantities in kilograms, or the gross mass."),
)
LINES_NOT_NET = Problem(
    code="DEC-034",
    status=REFUSED,
    title=_("Net mass differs from the lines"),
    detail=_("The lines weigh {lines_kg} kg net together, but {net_kg} kg are declared."),
    remedy=_("Check the quantities in kilograms and the net mass."),
    warning=True,
)
PACKAGES_COUNT = Problem(
    code="DEC-035",
    status=REFUSED,
    title=_("Number of packages cannot be"),
    detail=_("{count} packages are declared."),
    remedy=_("Give the number of packages; for goods in bulk give 1."),
)
COMMODITY_FORM = Problem(
    code="DEC-060",
    status=REFUSED,
    title=_("Commodity code has not ten digits"),
    detail=_("Line {line}: commodity code “{code}” has not ten digits."),
    remedy=_("Give all ten digits of the tariff."),
)
COMMODITY_UNKNOWN = Problem(
    code="DEC-061",
    status=REFUSED,
    title=_("Commodity code is not in the tariff"),
    detail=_("Line {line}: {code} is not in the tariff on {day}."),
    remedy=_("Look the goods up in the tariff of that day; codes change on 1 January."),
)
FIRST_UNIT = Problem(
    code="DEC-062",
    status=REFUSED,
    title=_("Not the statutory unit"),
    detail=_("Line {line}: the first unit of {code} is {wanted}, not {unit}."),
    remedy=_("State the first statutory quantity in unit {wanted}."),
)
SECOND_UNIT = Problem(
    code="DEC-063",
    status=REFUSED,
    title=_("Second statutory quantity is missing"),
    detail=_("Line {line}: {code} asks for a second quantity, in unit {wanted}."),
    remedy=_("State the second statutory quantity in unit {wanted}."),
)
NO_SECOND_UNIT = Problem(
    code="DEC-064",
    status=REFUSED,
    title=_("No second statutory quantity"),
    detail=_("Line {line}: {code} has only one statutory unit."),
    remedy=_("Leave the second statutory quantity out."),
)
QUANTITIES_DIFFER = Problem(
    code="DEC-065",
    status=REFUSED,
    title=_("Two quantities in one unit differ"),
    detail=_("Line {line}: {quantity} are sold, {stated} stated, both in unit {unit}."),
    remedy=_("In the same unit the quantities are the same: correct one of the two."),
)
PRICE_TIMES_QUANTITY = Problem(
    code="DEC-066",
    status=REFUSED,
    title=_("Price times quantity is not the total"),
    detail=_("Line {line}: {price} × {quantity} = {expected}, but the total is {total}."),
    remedy=_("Correct the unit price, the quantity or the total."),
)
ELEMENTS_MISSING = Problem(
    code="DEC-067",
    status=REFUSED,
    title=_("Specification is incomplete"),
    detail=_("Line {line}: the tariff also asks for {names}."),
    remedy=_("Give all elements in the tariff's order, with | between them."),
)
TOO_MANY_ELEMENTS = Problem(
    code="DEC-068",
    status=REFUSED,
    title=_("Specification has too many parts"),
    detail=_("Line {line}: {given} parts are given; the tariff names {most} elements."),
    remedy=_("The sign | only stands between elements: take others out."),
)
NO_EXCHANGE_RATE = Problem(
    code="DEC-069",
    status=REFUSED,
    title=_("No exchange rate"),
    detail=_("No exchange rate of {currency} is known for {day}."),
    remedy=_("State the price in another currency of the list, or ask the office of declaration."),
)
LINES_ALIKE = Problem(
    code="DEC-070",
    status=REFUSED,
    title=_("Two lines are alike"),
    detail=_("Line {line} says the same as line {earlier}."),
    remedy=_("If it was declared twice by mistake, take one out."),
    warning=True,
)
PREFERENCE_WITHOUT_CERTIFICATE = Problem(
    code="DEC-071",
    status=REFUSED,
    title=_("Preference without a certificate"),
    detail=_("Line {line}: agreement {agreement} is claimed, but no certificate is named."),
    remedy=_("Name the certificate of origin; without it the most-favoured-nation rate applies."),
    warning=True,
)
INVOICE_DIFFERS = Problem(
    code="DEC-072",
    status=REFUSED,
    title=_("Invoice and lines differ"),
    detail=_("The invoice says {total} {currency}, the lines together {lines} {currency}."),
    remedy=_("Check the totals of the lines against the invoice."),
    warning=True,
)
