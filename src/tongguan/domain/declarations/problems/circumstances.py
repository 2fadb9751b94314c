"""Offices, party codes, transport, dates, modes: DEC-020 to 029, 040 to 059, from 100, from 160."""

from http import HTTPStatus
from typing import Final

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

REFUSED: Final = HTTPStatus.UNPROCESSABLE_ENTITY

OFFICE_UNKNOWN = Problem(
    code="DEC-020",
    status=REFUSED,
    title=_("No such office"),
    detail=_("{office} is no customs office of this region on {day}: {field}."),
    remedy=_("Choose an office of the region that is in service on that day."),
)
OFFICE_IS_DEPARTMENT = Problem(
    code="DEC-021",
    status=REFUSED,
    title=_("Not a place of goods"),
    detail=_("{office} is a district or a department, not an office where goods lie: {field}."),
    remedy=_("Choose one of the offices under it."),
)
SITE_UNKNOWN = Problem(
    code="DEC-022",
    status=REFUSED,
    title=_("No such control site"),
    detail=_("{site} is not known on {day}: {field}."),
    remedy=_("Choose a site of the region, or give only the name of the place."),
)
SITE_OF_OTHER_OFFICE = Problem(
    code="DEC-023",
    status=REFUSED,
    title=_("Site and office do not belong together"),
    detail=_("Site {site} belongs to office {owner}, but the office of the goods is {office}."),
    remedy=_("Correct the office of the goods, or the site."),
)
CREDIT_CODE = Problem(
    code="DEC-040",
    status=REFUSED,
    title=_("Credit code is misread"),
    detail=_("{code} does not end in the right check character: {field}."),
    remedy=_("Copy the 18 characters from the business licence; O, I, S, V and Z do not occur."),
)
CUSTOMS_CODE = Problem(
    code="DEC-041",
    status=REFUSED,
    title=_("Customs code is misread"),
    detail=_("{code} has not the ten characters of a customs code: {field}."),
    remedy=_("Give the code from the registration with customs."),
)
WAYBILL_CHECK = Problem(
    code="DEC-050",
    status=REFUSED,
    title=_("Check digit of the air waybill does not fit"),
    detail=_("Air waybill {bill} does not end in its check digit."),
    remedy=_("Compare the number with the waybill; a wrong one will not be found in a manifest."),
    warning=True,
)
CONTAINER_NUMBER = Problem(
    code="DEC-051",
    status=REFUSED,
    title=_("Container number is misread"),
    detail=_("Container number “{container}” does not end in its check digit."),
    remedy=_("Compare it with the container: four letters, six digits and a check digit."),
)
CONTAINER_CHECK = Problem(
    code="DEC-052",
    status=REFUSED,
    title=_("Check digit of a container does not fit"),
    detail=_("Container number “{container}” does not end in its check digit."),
    remedy=_("Compare it with the container; a wrong number will not open the gate."),
    warning=True,
)
CONTAINER_TWICE = Problem(
    code="DEC-053",
    status=REFUSED,
    title=_("Container named twice"),
    detail=_("Container {container} is named more than once."),
    remedy=_("Name each container once, with all the lines it holds."),
)
CONTAINER_LINES = Problem(
    code="DEC-054",
    status=REFUSED,
    title=_("Container holds lines that are not there"),
    detail=_("Container {container} is to hold lines {lines}, which are not declared."),
    remedy=_("Correct the line numbers of the container."),
)
ENTRY_TO_COME = Problem(
    code="DEC-100",
    status=REFUSED,
    title=_("Date of entry is still to come"),
    detail=_("The goods are to enter on {entry}; today is {day}."),
    remedy=_("Declare in advance, or correct the date of entry."),
)
ADVANCE_TOO_LATE = Problem(
    code="DEC-101",
    status=REFUSED,
    title=_("Too late to declare in advance"),
    detail=_("The goods entered on {entry}; today is {day}."),
    remedy=_("Declare without the mark of an advance declaration."),
)
ADVANCE_TOO_EARLY = Problem(
    code="DEC-102",
    status=REFUSED,
    title=_("Too early to declare in advance"),
    detail=_("The goods arrive on {entry}; today is {day}. At most {days} days lie between."),
    remedy=_("Declare when the goods are closer."),
)
DECLARED_LATE = Problem(
    code="DEC-103",
    status=REFUSED,
    title=_("Declared late"),
    detail=_("{days} days have passed since {entry}; {free} are free."),
    remedy=_("If a late-declaration fee is due, the charges show it; it is paid before release."),
    warning=True,
)
UNDECLARED_TOO_LONG = Problem(
    code="DEC-104",
    status=REFUSED,
    title=_("Declared after the goods may be sold"),
    detail=_("{days} days have passed since {entry}: customs may have taken the goods."),
    remedy=_(
        "Ask the office of the goods where they are. The charges show the fee, if one is due."
    ),
    warning=True,
)
EXIT_BEFORE = Problem(
    code="DEC-105",
    status=REFUSED,
    title=_("Date of exit lies before the declaration"),
    detail=_("The goods are to have left on {entry}; today is {day}."),
    remedy=_("Leave the date of exit out: it is known when the goods have left."),
    warning=True,
)
DAY_IMPLAUSIBLE = Problem(
    code="DEC-107",
    status=REFUSED,
    title=_("Not a date that can be meant"),
    detail=_("The date of entry or exit is {entry}; it lies between {first} and {last}."),
    remedy=_("Correct the date, above all its year."),
)
EFFECT_WITHOUT_RELATIONSHIP = Problem(
    code="DEC-106",
    status=REFUSED,
    title=_("Effect on the price without a relationship"),
    detail=_("An effect on the price is confirmed, but no special relationship."),
    remedy=_("Confirm the relationship as well, or correct the effect on the price."),
)
NO_MODE = Problem(
    code="DEC-160",
    status=REFUSED,
    title=_("No way of clearing fits these offices"),
    detail=_("Declared at {declaration}, goods at {goods}: no mode of {day} allows that."),
    remedy=_("Declare at the office of the goods, or at an office of a district that takes part."),
)
MODE_CONTRADICTS = Problem(
    code="DEC-161",
    status=REFUSED,
    title=_("Mode and offices contradict each other"),
    detail=_(
        "{asked} was asked for, declared at {declaration} with the goods at {goods}: {reason}"
    ),
    remedy=_("Correct the offices, or leave the mark out: the mode follows from the offices."),
)
