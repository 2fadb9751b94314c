"""What the house knows of parties and cargo: DEC-120 to 149."""

from http import HTTPStatus
from typing import Final

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

REFUSED: Final = HTTPStatus.UNPROCESSABLE_ENTITY

UNREGISTERED = Problem(
    code="DEC-120",
    status=REFUSED,
    title=_("Not registered with customs"),
    detail=_("No enterprise with code {code} is registered: {field}."),
    remedy=_("Check the code, or register: one registration holds for all districts."),
)
SUSPENDED = Problem(
    code="DEC-121",
    status=REFUSED,
    title=_("Registration suspended"),
    detail=_("The registration of {name} is suspended: {field}."),
    remedy=_("Ask your home office of customs why, and how to lift it."),
)
NOT_YET_REGISTERED = Problem(
    code="DEC-122",
    status=REFUSED,
    title=_("Registration not in force yet"),
    detail=_("The registration begins on {since}; today is {day}: {field}."),
    remedy=_("Declare from that day on."),
)
CODES_DISAGREE = Problem(
    code="DEC-123",
    status=REFUSED,
    title=_("Two codes name two enterprises"),
    detail=_("Credit code {scc} and customs code {code} belong to different enterprises: {field}."),
    remedy=_("Correct one of the two, or give only one."),
)
NAME_DIFFERS = Problem(
    code="DEC-124",
    status=REFUSED,
    title=_("Name differs from the register"),
    detail=_("“{stated}” is declared, “{known}” is registered: {field}."),
    remedy=_("Use the registered name; if it has changed, tell your home office of customs."),
    warning=True,
)
NOT_A_BROKER = Problem(
    code="DEC-125",
    status=REFUSED,
    title=_("Only a broker declares for others"),
    detail=_("{declarant} is not registered as a customs broker."),
    remedy=_("Let a customs broker declare, or declare in your own name."),
)
BILL_USED = Problem(
    code="DEC-140",
    status=REFUSED,
    title=_("Bill already declared"),
    detail=_("Bill {bill} belongs to another declaration."),
    remedy=_(
        "Check the number; one bill goes with one declaration. If the goods are yours and no "
        "manifest names you, have the carrier name you. Customs then reviews the other "
        "declaration; declare again when that is refused."
    ),
)
BILL_OTHER_FLOW = Problem(
    code="DEC-141",
    status=REFUSED,
    title=_("Bill goes the other way"),
    detail=_("The manifest names bill {bill} in the other direction."),
    remedy=_("Check the number, and whether you import or export."),
)
BILL_OTHER_OFFICE = Problem(
    code="DEC-142",
    status=REFUSED,
    title=_("Goods are at another office"),
    detail=_("The manifest names bill {bill} at office {known}, not at {office}."),
    remedy=_("Correct the office of the goods, or the number of the bill."),
)
BILL_OTHER_MODE = Problem(
    code="DEC-143",
    status=REFUSED,
    title=_("Mode of transport differs from the manifest"),
    detail=_("The manifest names bill {bill} with mode of transport {known}, not {mode}."),
    remedy=_("Correct the mode of transport, or the number of the bill."),
)
BILL_OTHER_VOYAGE = Problem(
    code="DEC-144",
    status=REFUSED,
    title=_("Transport differs from the manifest"),
    detail=_("The manifest names bill {bill} on {known}; declared is {stated}."),
    remedy=_("Compare the names; the manifest counts."),
    warning=True,
)
BILL_PACKAGES = Problem(
    code="DEC-145",
    status=REFUSED,
    title=_("Number of packages differs from the manifest"),
    detail=_("Bill {bill} has {known} packages in the manifest; {count} are declared."),
    remedy=_("Correct the number, or ask the carrier to correct the manifest."),
)
BILL_GROSS = Problem(
    code="DEC-146",
    status=REFUSED,
    title=_("Gross mass differs from the manifest"),
    detail=_("Bill {bill} has {known_kg} kg in the manifest; {gross_kg} kg are declared."),
    remedy=_("Correct the mass, or ask the carrier to correct the manifest."),
    warning=True,
)
BILL_CONTAINER = Problem(
    code="DEC-147",
    status=REFUSED,
    title=_("Container is not on the bill"),
    detail=_("The manifest does not list container {container} under bill {bill}."),
    remedy=_("Correct the container or the bill, or ask the carrier to correct the manifest."),
)
CONTAINER_MISSING = Problem(
    code="DEC-148",
    status=REFUSED,
    title=_("Container of the bill is not declared"),
    detail=_("The manifest lists {containers} under bill {bill}; the declaration does not."),
    remedy=_(
        "Name every container of the bill, also one that others share, or ask the carrier to "
        "correct the manifest: goods in a container leave by its number only."
    ),
)
BILL_OTHER_CONSIGNEE = Problem(
    code="DEC-149",
    status=REFUSED,
    title=_("The goods are another enterprise's"),
    detail=_("The manifest names another enterprise than {trader} for the goods of bill {bill}."),
    remedy=_("Check the number. If the goods passed to you, the carrier corrects the manifest."),
)
