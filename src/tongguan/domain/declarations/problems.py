"""Refusals of this room, DEC-001 to DEC-199. A code is never reused.

DEC-001 to 019 form, 020 to 029 offices, 030 to 039 masses and packages, 040 to 049 parties,
050 to 059 transport and containers, 060 to 079 lines, 080 to 089 costs, 090 to 099 permits and
papers, 100 to 109 dates and confirmations, 110 to 119 functions, 120 to 139 what the house knows of
the parties, 140 to 159 what it knows of the cargo, 160 to 169 modes.
"""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY

MISSING = Problem(
    code="DEC-001",
    status=REFUSED,
    title=_("A field is missing"),
    detail=_("Missing: {field}."),
    remedy=_("Fill it in; a declaration of this kind has to state it."),
)
MISSING_ON_LINE = Problem(
    code="DEC-002",
    status=REFUSED,
    title=_("A field of a line is missing"),
    detail=_("Line {line}, missing: {field}."),
    remedy=_("Fill it in; every line of a declaration of this kind has to state it."),
)
TOO_LONG = Problem(
    code="DEC-003",
    status=REFUSED,
    title=_("A text is too long"),
    detail=_("Too long: {field}, with {length} characters. At most {most} are kept."),
    remedy=_("Shorten it; we never cut what you declare."),
)
UNREADABLE_CHARACTERS = Problem(
    code="DEC-004",
    status=REFUSED,
    title=_("A text holds characters nobody can read"),
    detail=_("Control characters stand in: {field}."),
    remedy=_("Type the text anew, or correct the character set of your file."),
)
NO_NUMBER = Problem(
    code="DEC-005",
    status=REFUSED,
    title=_("Not a number"),
    detail=_("{value} is not a number that can be declared: {field}."),
    remedy=_("Give a decimal number."),
)
NOT_ABOVE_ZERO = Problem(
    code="DEC-006",
    status=REFUSED,
    title=_("A number has to be above zero"),
    detail=_("{value} is not above zero: {field}."),
    remedy=_("Give the true figure; leave the field out where it does not apply."),
)
TOO_MANY_DIGITS = Problem(
    code="DEC-007",
    status=REFUSED,
    title=_("A number has too many digits"),
    detail=_("{value} has too many digits: {field}."),
    remedy=_("Give at most 13 digits before the point and 6 behind it."),
)
UNKNOWN_CODE = Problem(
    code="DEC-008",
    status=REFUSED,
    title=_("A code is not in force"),
    detail=_("“{code}” is not in the list “{table}” on {day}: {field}."),
    remedy=_("Choose a code of that list which is in force on the day of declaration."),
)
NO_LINES = Problem(
    code="DEC-009",
    status=REFUSED,
    title=_("No goods"),
    detail=_("The declaration has no lines."),
    remedy=_("Declare at least one line of goods."),
)
TOO_MANY_LINES = Problem(
    code="DEC-010",
    status=REFUSED,
    title=_("Too many lines"),
    detail=_("{count} lines stand in one declaration; at most {most} are taken."),
    remedy=_("Split the goods over several declarations."),
)
LINE_NUMBER = Problem(
    code="DEC-011",
    status=REFUSED,
    title=_("Lines are not numbered in order"),
    detail=_("The line in place {place} has number {number}."),
    remedy=_("Number the lines 1, 2, 3 and so on, without gaps."),
)
OLD_CODE = Problem(
    code="DEC-012",
    status=REFUSED,
    title=_("A code was replaced"),
    detail=_("“{code}” was replaced in the list “{table}” in August 2018: {field}."),
    remedy=_("Use {new}."),
)

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
PERMIT_NUMBER = Problem(
    code="DEC-092",
    status=REFUSED,
    title=_("A licence has no readable number"),
    detail=_("A licence of kind {kind} has no number, or one longer than 40 characters."),
    remedy=_("Give the number that stands on the licence."),
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
    remedy=_("A late-declaration fee is added; it is paid before release."),
    warning=True,
)
UNDECLARED_TOO_LONG = Problem(
    code="DEC-104",
    status=REFUSED,
    title=_("Declared after the goods may be sold"),
    detail=_("{days} days have passed since {entry}: customs may have taken the goods."),
    remedy=_("Ask the office of the goods where they are; a late-declaration fee is added."),
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
EFFECT_WITHOUT_RELATIONSHIP = Problem(
    code="DEC-106",
    status=REFUSED,
    title=_("Effect on the price without a relationship"),
    detail=_("An effect on the price is confirmed, but no special relationship."),
    remedy=_("Confirm the relationship as well, or correct the effect on the price."),
)

BELONGS_TO_NONE = Problem(
    code="DEC-110",
    status=REFUSED,
    title=_("A new declaration belongs to no other"),
    detail=_("The declaration is new, yet names {of}."),
    remedy=_("Leave the number out, or say that you amend, complete or cancel that declaration."),
)
BELONGS_TO_MISSING = Problem(
    code="DEC-111",
    status=REFUSED,
    title=_("Which declaration is meant?"),
    detail=_("This acts on an accepted declaration, but none is named: {function}."),
    remedy=_("Give its customs number."),
)
REASON_MISSING = Problem(
    code="DEC-112",
    status=REFUSED,
    title=_("A reason is missing"),
    detail=_("No reason is given for this: {function}."),
    remedy=_("Give the code of the reason; the law names the grounds."),
)
SECOND_STEP_IS_SUMMARY = Problem(
    code="DEC-113",
    status=REFUSED,
    title=_("The second step has to be complete"),
    detail=_("A summary cannot complete a declaration."),
    remedy=_("Send the full declaration as the second step."),
)

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
    remedy=_("Check the number; one bill goes with one declaration."),
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

NO_MODE = Problem(
    code="DEC-160",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No way of clearing fits these offices"),
    detail=_("Declared at {declaration}, goods at {goods}: no mode of {day} allows that."),
    remedy=_("Declare at the office of the goods, or at an office of a district that takes part."),
)
MODE_CONTRADICTS = Problem(
    code="DEC-161",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Mode and offices contradict each other"),
    detail=_(
        "{asked} was asked for, declared at {declaration} with the goods at {goods}: {reason}"
    ),
    remedy=_("Correct the offices, or leave the mark out: the mode follows from the offices."),
)
