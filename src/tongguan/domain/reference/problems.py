"""Refusals of this room, REF-001 to REF-099. A code is never reused."""

from http import HTTPStatus
from typing import Final

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

_BAD: Final = HTTPStatus.UNPROCESSABLE_ENTITY
_SEE_GUIDE: Final = _("The guide to region packs lists all files and their columns.")

# A region pack.
FILE_MISSING = Problem(
    code="REF-001",
    status=_BAD,
    title=_("File missing in the region pack"),
    detail=_("{file} is not there."),
    remedy=_SEE_GUIDE,
)
COLUMN_MISSING = Problem(
    code="REF-002",
    status=_BAD,
    title=_("Column missing"),
    detail=_("{file} has no column “{column}”."),
    remedy=_SEE_GUIDE,
)
VALUE_WRONG = Problem(
    code="REF-003",
    status=_BAD,
    title=_("Value cannot be read"),
    detail=_("{file}, row {row}, column “{column}”: “{value}” should be {wanted}."),
    remedy=_("Correct the value."),
)
OVERLAP = Problem(
    code="REF-004",
    status=_BAD,
    title=_("Two rows for one day"),
    detail=_("{file}, row {row}: “{key}” has an earlier row that is still in force on {day}."),
    remedy=_("End the earlier row on the day the later one begins."),
)
NO_SOURCE = Problem(
    code="REF-005",
    status=_BAD,
    title=_("Row without a source"),
    detail=_("{file}, row {row}: the source is empty."),
    remedy=_(
        "Name the law or publication the row is taken from, or say that it is the pack's own."
    ),
)
UNKNOWN = Problem(
    code="REF-006",
    status=_BAD,
    title=_("Code that the pack does not have"),
    detail=_("{file}, row {row}: “{value}” is not in {other}."),
    remedy=_("Correct the code, or add it there."),
)
PARAMETER_MISSING = Problem(
    code="REF-007",
    status=_BAD,
    title=_("Parameter missing"),
    detail=_("The pack has no parameter {name}."),
    remedy=_("Add a row with its value, validity and source to a file in parameters/."),
)
UNREADABLE = Problem(
    code="REF-008",
    status=_BAD,
    title=_("File cannot be read"),
    detail=_("{file}: {reason}."),
    remedy=_("Save it as UTF-8, with every quotation mark closed."),
)
COLUMN_UNKNOWN = Problem(
    code="REF-009",
    status=_BAD,
    title=_("Column that nothing reads"),
    detail=_("{file} has a column “{column}”."),
    remedy=_("Correct its name, or take it out."),
)
ROW_LENGTH = Problem(
    code="REF-010",
    status=_BAD,
    title=_("Row too long or too short"),
    detail=_("{file}, row {row}: {cells} cells under {columns} columns."),
    remedy=_("Put words that hold a comma in quotation marks."),
)
ENDS_FIRST = Problem(
    code="REF-011",
    status=_BAD,
    title=_("Row ends before it begins"),
    detail=_("{file}, row {row}: in force from {since}, and until {until}."),
    remedy=_("Correct the days; the last one is the first on which the row is not in force."),
)
OUT_OF_RANGE = Problem(
    code="REF-012",
    status=_BAD,
    title=_("Number out of range"),
    detail=_("{file}, row {row}, column “{column}”: {value} is not between {least} and {most}."),
    remedy=_("Correct the number."),
)
CELL_EMPTY = Problem(
    code="REF-013",
    status=_BAD,
    title=_("Empty cell"),
    detail=_("{file}, row {row}: “{column}” is empty."),
    remedy=_("Fill it in; names are needed in Chinese and in English."),
)
NO_GATE = Problem(
    code="REF-014",
    status=_BAD,
    title=_("Site without a gate"),
    detail=_("{file}, row {row}: site {site} has no gate, so nothing could leave it."),
    remedy=_("Add a row for it to gates.csv."),
)
GATE_WITHOUT_SITE = Problem(
    code="REF-015",
    status=_BAD,
    title=_("Gate of an unknown site"),
    detail=_("{file}: there is no sound row of site {site} in sites.csv."),
    remedy=_("Correct the code, or add the site."),
)
MODE_MISSING = Problem(
    code="REF-016",
    status=_BAD,
    title=_("Mode missing"),
    detail=_("{file} has no sound row of the mode {mode}."),
    remedy=_("Add a row; one that ended long ago says that the region does not use it."),
)
PARAMETER_GAP = Problem(
    code="REF-017",
    status=_BAD,
    title=_("Parameter without a value for some days"),
    detail=_("{name} has no value on {day}."),
    remedy=_("Let a row begin on that day; the last one has no end."),
)
TWICE = Problem(
    code="REF-018",
    status=_BAD,
    title=_("Parameter in two files"),
    detail=_("{file}: {name} stands in {other} already."),
    remedy=_("Keep all its rows in one file."),
)
NOT_READ = Problem(
    code="REF-019",
    status=_BAD,
    title=_("File that nothing reads"),
    detail=_("{file} is no part of a region pack."),
    remedy=_SEE_GUIDE,
)
NAME_IS_CODE = Problem(
    code="REF-040",
    status=_BAD,
    title=_("Name repeats its code"),
    detail=_("{file}, row {row}: the name of “{code}” repeats the code."),
    remedy=_("Give the name that people use; pages show the code beside it."),
)
PLACE_WITHOUT_SITE = Problem(
    code="REF-041",
    status=_BAD,
    title=_("Office of goods without a site"),
    detail=_("{office} is a place of goods and has no site with a gate on {day}."),
    remedy=_("Add a site and a gate that are in force from that day, or say `no` under `place`."),
)
SITE_FAR = Problem(
    code="REF-042",
    status=_BAD,
    title=_("Site far from its office"),
    detail=_("Site {site} lies {km} km from its office {office}; {most} km are plausible."),
    remedy=_("Correct the office or the position. The parameter {name} sets the distance."),
)
PARAMETER_NOT_READ = Problem(
    code="REF-043",
    status=_BAD,
    title=_("Parameter that nothing reads"),
    detail=_("No rule reads the parameter {name}."),
    remedy=_("Correct its name, or take it out."),
)

NOT_IN_FORCE = Problem(
    code="REF-044",
    status=_BAD,
    title=_("Refers to what is not in force"),
    detail=_("{file}, row {row}: “{value}” of {other} is not in force on {day}."),
    remedy=_("End the row when that ends, begin it when that begins, or correct the days there."),
)
PARAMETER_REFERS = Problem(
    code="REF-045",
    status=_BAD,
    title=_("Parameter with an unknown word"),
    detail=_("{name}, from {day}: “{value}” is not in {other}."),
    remedy=_("Correct the word, or add it there."),
)
LEVY_MODE_MEANING = Problem(
    code="REF-046",
    status=_BAD,
    title=_("Levy mode with no meaning, or with two"),
    detail=_(
        "On {day} levy mode {mode} stands {count} times in levy_full, levy_shares and levy_stated."
    ),
    remedy=_("Let each mode of codes/levy_modes.csv stand in one of the three parameters."),
)
VAT_UNKNOWN = Problem(
    code="REF-047",
    status=_BAD,
    title=_("Rate of value added tax that the law does not have"),
    detail=_("{name}: {rate} is not among vat_rates on {day}."),
    remedy=_("Correct the rate or its days, or add it to vat_rates."),
)
RATE_GAP = Problem(
    code="REF-048",
    status=_BAD,
    title=_("Months without an exchange rate"),
    detail=_("{file}: {currency} has no rate from {day} until {until}."),
    remedy=_("Add the months that lack, or correct the days of the rows around them."),
)
DAY_TWICE = Problem(
    code="REF-049",
    status=_BAD,
    title=_("Day that is worked and free"),
    detail=_("{file}: {day} stands under worked and under free."),
    remedy=_("Take it out of one of them."),
)

# What an operator loads.
TARIFF_ROW = Problem(
    code="REF-020",
    status=_BAD,
    title=_("Tariff row refused"),
    detail=_("Row {row}, code “{commodity}”, column “{column}”: {reason} Found: “{value}”."),
    remedy=_("Correct the row and load the file again; nothing of it is loaded until then."),
)
SECOND_PERSON = Problem(
    code="REF-021",
    status=HTTPStatus.FORBIDDEN,
    title=_("A second person is needed"),
    detail=_("{person} loaded or proposed this and cannot also put it in force."),
    remedy=_("Another person puts it in force."),
)
SETTING_WRONG = Problem(
    code="REF-022",
    status=_BAD,
    title=_("Setting of the pack missing or wrong"),
    detail=_("{file}: “{name}” should be {wanted}."),
    remedy=_SEE_GUIDE,
)
CURRENCY_UNKNOWN = Problem(
    code="REF-023",
    status=_BAD,
    title=_("Currency without an exchange rate of its own"),
    detail=_("“{currency}” is not in the table of currencies, or is the yuan itself."),
    remedy=_("Give a currency of the table."),
)
RATE_WRONG = Problem(
    code="REF-024",
    status=_BAD,
    title=_("No exchange rate"),
    detail=_("{rate} cannot be a rate: it is above 0, below 1,000,000, with 6 decimals at most."),
    remedy=_("Give the yuan for one unit of the currency."),
)
NO_CORRECTION = Problem(
    code="REF-025",
    status=HTTPStatus.NOT_FOUND,
    title=_("Nothing waits for confirmation"),
    detail=_("There is no correction {correction} that still waits for a second person."),
    remedy=_("Look at the list of corrections again."),
)
REASON_MISSING = Problem(
    code="REF-026",
    status=_BAD,
    title=_("Reason missing"),
    detail=_("A correction of a rate in use says why, and where the right one was published."),
    remedy=_("Give a reason and a source."),
)
FILE_NOT_A_TARIFF = Problem(
    code="REF-027",
    status=_BAD,
    title=_("Not a tariff in the official layout"),
    detail=_("The file cannot be read as a tariff: {reason}"),
    remedy=_("It is CSV; its first line names the columns, as the guide to region packs lists."),
)
FILE_NOT_A_CALENDAR = Problem(
    code="REF-028",
    status=_BAD,
    title=_("Not a list of holidays"),
    detail=_("{file} cannot be read as a list of holidays. Found: “{reason}”."),
    remedy=_("It is CSV in UTF-8; its first line is day,kind,source."),
)
CALENDAR_ROW = Problem(
    code="REF-029",
    status=_BAD,
    title=_("Row of the holidays refused"),
    detail=_("{file}, row {row}: {reason} Found: “{value}”."),
    remedy=_("Correct the row and load the file again; nothing of it was taken."),
)
CALENDAR_YEAR = Problem(
    code="REF-030",
    status=_BAD,
    title=_("Year of holidays not complete"),
    detail=_("{file} has days of {year}, but not all its statutory holidays: {missing}."),
    remedy=_("List the whole year as the notice announces it, holidays on a weekend too."),
)
CALENDAR_ENDING = Problem(
    code="REF-031",
    status=HTTPStatus.OK,
    title=_("Calendar about to end"),
    detail=_("Holidays are known up to {day}; deadlines after it are counted Monday to Friday."),
    remedy=_(
        "Load the holidays of the next year as soon as they are announced: "
        "tongguan reference load calendar FILE."
    ),
    warning=True,
)
COLUMN_OF_PERCENTS = Problem(
    code="REF-070",
    status=_BAD,
    title=_("Percents where shares are wanted"),
    detail=_(
        "{high} of {count} rates in column “{column}” are too high for shares of 1: the column "
        "seems to state percents."
    ),
    remedy=_("Divide the column by 100, so that 8 % is 0.08, and load the file again."),
)
NO_LAW = Problem(
    code="REF-071",
    status=_BAD,
    title=_("A day before the law that is known"),
    detail=_("The region pack knows no rates of value added tax on {day}."),
    remedy=_("Give a later first day, or add rows to the pack that hold on that day."),
)
BACKDATED = Problem(
    code="REF-080",
    status=_BAD,
    title=_("Law of a day that is over"),
    detail=_("This would change the law of {day}; duties and deadlines were computed by it."),
    remedy=_("Give a later first day; or load it with --backdated and the reason why it is right."),
)
NOTHING_WAITS = Problem(
    code="REF-081",
    status=HTTPStatus.NOT_FOUND,
    title=_("Nothing waits for a second person"),
    detail=_("There is no release {release} that still waits to be approved."),
    remedy=_("tongguan reference list tells what was loaded and what waits."),
)
LOADER_NEEDED = Problem(
    code="REF-082",
    status=HTTPStatus.FORBIDDEN,
    title=_("A person loads what the law sets"),
    detail=_("The operator loads alone only in a house that has no person yet; this one has."),
    remedy=_("An administrator or a revenue officer does it under a sign-in: --by ACCOUNT."),
)
OVERTAKEN = Problem(
    code="REF-083",
    status=HTTPStatus.CONFLICT,
    title=_("Another came in force since"),
    detail=_(
        "Number {later} came in force for the same days after number {release} was loaded; "
        "approving number {release} now would undo it."
    ),
    remedy=_("Decline it; where it is still right, load the file, or propose the rate, again."),
)
DECLINED_WITHOUT_REASON = Problem(
    code="REF-084",
    status=_BAD,
    title=_("Reason missing"),
    detail=_("Whoever declines what another loaded, or withdraws it, says why."),
    remedy=_("Give a reason."),
)
LETTER_WITHOUT_RULE = Problem(
    code="REF-050",
    status=_BAD,
    title=_("A letter of the tariff has no rule"),
    detail=_("{file} has no rule of letter “{letter}” for {day}."),
    remedy=_("Add a row; every letter of codes/permit_documents.csv has one for each day."),
)
LETTER_UNKNOWN = Problem(
    code="REF-051",
    status=_BAD,
    title=_("Unknown letter in the tariff"),
    detail=_("{file}: the controls of {commodity} have letters without a rule: {letters}."),
    remedy=_("Correct the letters, or add them to codes/permit_documents.csv with their rules."),
)
AGENCY_NEEDED = Problem(
    code="REF-052",
    status=_BAD,
    title=_("Nobody confirms a document that is asked for"),
    detail=_("{file}, row {row}: letter “{letter}” asks for a document, and names no agency."),
    remedy=_("Name the agency that confirms it, or let the letter only tell."),
)
