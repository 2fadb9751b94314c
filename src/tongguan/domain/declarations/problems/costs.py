"""Costs, licences and papers: DEC-080 to 099."""

from http import HTTPStatus
from typing import Final

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

REFUSED: Final = HTTPStatus.UNPROCESSABLE_ENTITY

FREIGHT_MISSING = Problem(
    code="DEC-080",
    status=REFUSED,
    title=_("Freight is missing"),
    detail=_("Under terms of delivery {terms} the freight has to be stated."),
    remedy=_("State the freight, or correct the terms of delivery."),
)
FREIGHT_TOO_MUCH = Problem(
    code="DEC-081",
    status=REFUSED,
    title=_("Freight is not to be stated"),
    detail=_("Under terms of delivery {terms} no freight is stated."),
    remedy=_("Leave the freight out, or correct the terms of delivery."),
)
INSURANCE_MISSING = Problem(
    code="DEC-082",
    status=REFUSED,
    title=_("Insurance is missing"),
    detail=_("Under terms of delivery {terms} the insurance has to be stated."),
    remedy=_("State the insurance, or correct the terms of delivery."),
)
INSURANCE_PRESUMED = Problem(
    code="DEC-083",
    status=REFUSED,
    title=_("Insurance is presumed"),
    detail=_("No insurance is stated under terms {terms}: the share that the law names is added."),
    remedy=_("State the insurance if you know it."),
    warning=True,
)
INSURANCE_TOO_MUCH = Problem(
    code="DEC-084",
    status=REFUSED,
    title=_("Insurance is not to be stated"),
    detail=_("Under terms of delivery {terms} no insurance is stated."),
    remedy=_("Leave the insurance out, or correct the terms of delivery."),
)
FREIGHT_IN_PART = Problem(
    code="DEC-096",
    status=REFUSED,
    title=_("Freight is stated for some lines only"),
    detail=_("{stated} of {count} lines state freight; the others are taken to bear none."),
    remedy=_("State the freight of each line, or of the whole in the header."),
    warning=True,
)
INSURANCE_IN_PART = Problem(
    code="DEC-097",
    status=REFUSED,
    title=_("Insurance is stated for some lines only"),
    detail=_("{stated} of {count} lines state insurance; the others are taken to bear none."),
    remedy=_("State the insurance of each line, or of the whole in the header."),
    warning=True,
)
INSURANCE_PRESUMED_IN_PART = Problem(
    code="DEC-098",
    status=REFUSED,
    title=_("Insurance of some lines is presumed"),
    detail=_(
        "{stated} of {count} lines state insurance: for the others the share that the law names is"
        " added."
    ),
    remedy=_("State the insurance of each line if you know it."),
    warning=True,
)
COST_MARK = Problem(
    code="DEC-085",
    status=REFUSED,
    title=_("Unknown way of stating a cost"),
    detail=_("Mark {mark} cannot be used here: {field}."),
    remedy=_("Use one of {marks}: 1 in per cent, 2 for each tonne, 3 as a sum."),
)
COST_RATE = Problem(
    code="DEC-086",
    status=REFUSED,
    title=_("A cost has no amount"),
    detail=_("An amount above zero is missing: {field}."),
    remedy=_("State the amount, or leave the cost out."),
)
COST_PER_CENT = Problem(
    code="DEC-087",
    status=REFUSED,
    title=_("A cost is above a hundred per cent"),
    detail=_("{rate} per cent of the price is declared: {field}."),
    remedy=_("With mark 1 the figure is in per cent; use mark 3 for a sum of money."),
)
COST_CURRENCY = Problem(
    code="DEC-088",
    status=REFUSED,
    title=_("Currency of a cost is not in force"),
    detail=_("“{currency}” is no currency of the list: {field}."),
    remedy=_("Choose a currency of the list."),
)
COSTS_ABOVE_PRICE = Problem(
    code="DEC-089",
    status=REFUSED,
    title=_("Costs are above the price"),
    detail=_("The costs to be taken out of the price are as high as the price itself."),
    remedy=_("Check the sums and their currencies; state costs in the price with their true sum."),
)
PROHIBITED = Problem(
    code="DEC-090",
    status=REFUSED,
    title=_("These goods are prohibited"),
    detail=_("Line {line}: the tariff marks {code} as prohibited in this direction."),
    remedy=_("Check the commodity code; prohibited goods cannot be declared."),
)
PERMIT_MISSING = Problem(
    code="DEC-091",
    status=REFUSED,
    title=_("A licence may be missing"),
    detail=_("Line {line}: the tariff names licences of kind {letters} for {code}."),
    remedy=_("Name the licence, if your goods need it; an agency has to confirm it."),
    warning=True,
)
PERMIT_NEEDED = Problem(
    code="DEC-180",
    status=REFUSED,
    title=_("A licence is missing"),
    detail=_("Line {line}: the tariff asks for licences of kind {letters} for {code}."),
    remedy=_("Name each licence with its letter and number; its agency confirms it."),
)
PERMIT_AWAITED = Problem(
    code="DEC-181",
    status=REFUSED,
    title=_("Not released without a licence"),
    detail=_("Line {line}: the tariff asks for licences of kind {letters} for {code}."),
    remedy=_("Name the number under the open hold; the goods are released once it is confirmed."),
    warning=True,
)
PERMIT_SHORT = Problem(
    code="DEC-182",
    status=REFUSED,
    title=_("Licences cover less than is declared"),
    detail=_("Line {line}: licences of kind {letters} are named for less of {code} than declared."),
    remedy=_("State the quantity in a unit of the line, or name a further licence for the rest."),
)
LETTER_UNKNOWN = Problem(
    code="DEC-183",
    status=REFUSED,
    title=_("Customs has to look at a letter of the tariff"),
    detail=_("Line {line}: the tariff has letters for {code} that no list explains: {letters}."),
    remedy=_("Nothing is to be done: a reviewer decides which document is needed."),
    warning=True,
)
PERMIT_NUMBER = Problem(
    code="DEC-092",
    status=REFUSED,
    title=_("A licence has no readable number"),
    detail=_("A licence of kind {kind} has no number, or one longer than 40 characters."),
    remedy=_("Give the number that stands on the licence."),
)
PERMIT_TWICE = Problem(
    code="DEC-184",
    status=REFUSED,
    title=_("A licence is named twice"),
    detail=_("Licence {number} of kind {kind} is named for these goods already."),
    remedy=_("Name it once for all goods, or once for each line, with the quantity used there."),
)
VALUE_TOO_HIGH = Problem(
    code="DEC-185",
    status=REFUSED,
    title=_("Amount too high"),
    detail=_("With this figure the customs value comes to {value} CNY; it stays below {most} CNY."),
    remedy=_("Check the figure, its currency and the mark; declare such goods in several parts."),
)
NEEDED_BY_SUPERVISION = Problem(
    code="DEC-093",
    status=REFUSED,
    title=_("The supervision mode asks for more"),
    detail=_("Under supervision mode {mode} this has to be stated: {field}."),
    remedy=_("State it, or correct the supervision mode."),
)
TOO_MANY_DOCUMENTS = Problem(
    code="DEC-094",
    status=REFUSED,
    title=_("Too many documents"),
    detail=_("{count} documents are attached; at most {most} are taken."),
    remedy=_("Join documents of one kind into one file."),
)
DOCUMENT_FORM = Problem(
    code="DEC-095",
    status=REFUSED,
    title=_("A document cannot be found again"),
    detail=_("The number of a document is longer than 64 characters, or its hash is no SHA-256."),
    remedy=_("Give the number of the document, and the hash as 64 hexadecimal digits."),
)
