"""Refusals of this room, CAR-001 to CAR-099. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY

NO_BILL = Problem(
    code="CAR-001",
    status=HTTPStatus.NOT_FOUND,
    title=_("No such bill"),
    detail=_("No manifest names bill or container {bill} for you, or its goods have left."),
    remedy=_("Check the number, or send the manifest first; goods of another are its carrier's."),
)
NO_SITE = Problem(
    code="CAR-002",
    status=_REFUSED,
    title=_("No such site"),
    detail=_("No control site {site} is in force today."),
    remedy=_("Use the site's code from the region pack."),
)
OTHER_OFFICE = Problem(
    code="CAR-003",
    status=_REFUSED,
    title=_("Office not in force"),
    detail=_("Manifest {manifest}: office {office} is not in force today."),
    remedy=_("Use the four digits of the office of entry or exit."),
)
BILL_TWICE = Problem(
    code="CAR-004",
    status=HTTPStatus.CONFLICT,
    title=_("Bill on two manifests"),
    detail=_("Bill {bill} stands on another manifest already."),
    remedy=_("Correct the number; if the other manifest is yours, withdraw the bill from it."),
)
NO_BILLS = Problem(
    code="CAR-005",
    status=_REFUSED,
    title=_("Empty manifest"),
    detail=_("Manifest {manifest} names no bill."),
    remedy=_("List the bills of the voyage."),
)
UNREADABLE = Problem(
    code="CAR-006",
    status=_REFUSED,
    title=_("Manifest cannot be read"),
    detail=_("{reason}"),
    remedy=_("Correct it and send it again; the guide to messages shows the form."),
)
MANIFEST_UNKNOWN = Problem(
    code="CAR-007",
    status=HTTPStatus.NOT_FOUND,
    title=_("No such manifest"),
    detail=_("No manifest {manifest} of yours was received."),
    remedy=_("Correct the number; a manifest is sent as an original, and changed by its sender."),
)
MANIFEST_DIFFERS = Problem(
    code="CAR-008",
    status=HTTPStatus.CONFLICT,
    title=_("Manifest already received"),
    detail=_("Manifest {manifest} was received as an original with other content."),
    remedy=_("Send the change as an addition, a replacement or a deletion."),
)
NOT_YOUR_MANIFEST = Problem(
    code="CAR-009",
    status=HTTPStatus.FORBIDDEN,
    title=_("Not your manifest"),
    detail=_("Manifest {manifest} is another carrier's."),
    remedy=_("Sign in with an account of that carrier, or correct the number."),
)
CARRIER_UNKNOWN = Problem(
    code="CAR-010",
    status=_REFUSED,
    title=_("Carrier is not registered"),
    detail=_("No enterprise is registered under {carrier}."),
    remedy=_("Give the carrier's credit code or customs code, or leave it out if you are it."),
)
BILL_ABSENT = Problem(
    code="CAR-011",
    status=_REFUSED,
    title=_("Bill is not on this manifest"),
    detail=_("Manifest {manifest} has no bill {bill}."),
    remedy=_("Correct the number; a new bill is sent as an addition."),
)
BILL_BOUND = Problem(
    code="CAR-012",
    status=HTTPStatus.CONFLICT,
    title=_("Bill can no longer be changed"),
    detail=_("A declaration uses bill {bill}, or its goods have arrived."),
    remedy=_("Ask the office of the goods; the declaration has to be amended with it."),
)
BILL_REPEATED = Problem(
    code="CAR-013",
    status=_REFUSED,
    title=_("Bill stands twice"),
    detail=_("{place}: bill {bill} stands here twice."),
    remedy=_("List each bill once, with all its containers."),
)
MISSING = Problem(
    code="CAR-014",
    status=_REFUSED,
    title=_("A field is missing"),
    detail=_("{place}: {field} is missing."),
    remedy=_("Fill it in."),
)
WRONG = Problem(
    code="CAR-015",
    status=_REFUSED,
    title=_("A field cannot be read"),
    detail=_("{place}: {field} is “{value}”."),
    remedy=_("Give {wanted}."),
)
UNKNOWN_FIELD = Problem(
    code="CAR-016",
    status=_REFUSED,
    title=_("A field is not known"),
    detail=_("{place}: “{name}” is no field of a manifest."),
    remedy=_("Correct its name, or leave it out; nothing is dropped in silence."),
)
CONTAINER_CHECK = Problem(
    code="CAR-017",
    status=_REFUSED,
    title=_("Container number ends in another check digit"),
    detail=_("{place}: container {unit} does not end in its check digit."),
    remedy=_("Compare it with the container."),
    warning=True,
)
TOO_LARGE = Problem(
    code="CAR-018",
    status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    title=_("Manifest too large"),
    detail=_("{place}: at most {most} are taken in one message: {what}."),
    remedy=_("Send the rest as additions; in a sheet, delete what is not of the manifest."),
)
ROWS_DISAGREE = Problem(
    code="CAR-019",
    status=_REFUSED,
    title=_("Rows of one manifest disagree"),
    detail=_("{place}: {field} is “{value}”, but “{first}” in an earlier row."),
    remedy=_("A sheet holds one manifest: state the same in every row."),
)
NO_VALUE = Problem(
    code="CAR-020",
    status=_REFUSED,
    title=_("A formula has no value"),
    detail=_("{place}: the cell holds a formula without its result."),
    remedy=_("Open the file in your spreadsheet program, save it, and send it again."),
)
HIDDEN = Problem(
    code="CAR-021",
    status=_REFUSED,
    title=_("A row is hidden"),
    detail=_("{place}: the row is hidden, so you may not know that it would be sent."),
    remedy=_("Show the row, or delete it."),
)
HEAD_DIFFERS = Problem(
    code="CAR-022",
    status=HTTPStatus.CONFLICT,
    title=_("Voyage differs from the original"),
    detail=_("Manifest {manifest} was received with {field} “{first}”, not “{value}”."),
    remedy=_("A change names the bills only; another voyage is another manifest."),
)
NO_MODE = Problem(
    code="CAR-023",
    status=_REFUSED,
    title=_("Transport mode not in force"),
    detail=_("“{mode}” is no transport mode of the table in force."),
    remedy=_("Choose one of the table: 2 by sea, 3 by rail, 4 by road, 5 by air."),
)
CLAIMED = Problem(
    code="CAR-024",
    status=HTTPStatus.CONFLICT,
    title=_("Another carrier announced it first"),
    detail=_("Manifest {manifest}: another carrier has announced {what}. Your claim is recorded."),
    remedy=_("An officer of {office} decides; until then nothing changes. Send nothing again."),
)
EXPECTED_ELSEWHERE = Problem(
    code="CAR-025",
    status=HTTPStatus.CONFLICT,
    title=_("Expected at another place"),
    detail=_("Bill {bill} is expected at {expected}, not at {site}."),
    remedy=_("Report it there; its carrier may ask {office} for a diversion."),
)
CLAIM_DECLINED = Problem(
    code="CAR-026",
    status=HTTPStatus.CONFLICT,
    title=_("The claim was declined"),
    detail=_("Customs decided that what {manifest} names stays with the other carrier: {reason}"),
    remedy=_("Leave it out, or send other facts; office {office} answers questions."),
)
NO_DISPUTE = Problem(
    code="CAR-027",
    status=HTTPStatus.NOT_FOUND,
    title=_("Nothing is left to decide"),
    detail=_("No claim or request {number} waits for a decision."),
    remedy=_("Reload the page: it shows what waits."),
)
NO_REASON = Problem(
    code="CAR-028",
    status=_REFUSED,
    title=_("A reason is required"),
    detail=_("The act is entered in the ledger with its reason."),
    remedy=_("Write a sentence."),
)
HAVE_LEFT = Problem(
    code="CAR-029",
    status=HTTPStatus.CONFLICT,
    title=_("The goods have left"),
    detail=_("The goods of bill {bill} have left through a gate."),
    remedy=_("Nothing can be changed about them by a manifest; tell the investigation desk."),
)
NOT_A_CARRIER = Problem(
    code="CAR-030",
    status=_REFUSED,
    title=_("Not a carrier in good standing"),
    detail=_("{name} is not registered as a carrier, or is suspended."),
    remedy=_("Name a registered carrier."),
)
NO_DIVERSION = Problem(
    code="CAR-031",
    status=HTTPStatus.CONFLICT,
    title=_("No diversion is possible"),
    detail=_("Bill {bill} has arrived, is expected at {site} already, or a request waits."),
    remedy=_("Reload the page: it shows where the goods are expected and what waits."),
)
NOT_YOUR_BILL = Problem(
    code="CAR-032",
    status=HTTPStatus.FORBIDDEN,
    title=_("Not your bill"),
    detail=_("Bill {bill} is another carrier's."),
    remedy=_("Leave it out; a bill is changed by the carrier whose it is."),
)
OWN_MATTER = Problem(
    code="CAR-033",
    status=HTTPStatus.FORBIDDEN,
    title=_("Somebody else decides"),
    detail=_("{person} asked for this, or works for a carrier whom it concerns."),
    remedy=_("Another officer of the office decides it."),
)
BILL_IS_CONTAINER = Problem(
    code="CAR-051",
    status=_REFUSED,
    title=_("Bill number is a container number"),
    detail=_("{bill} is the number of a container: no bill can be found under it."),
    remedy=_("Give the number of the bill, and list the container under it."),
)
NO_CONSIGNEE = Problem(
    code="CAR-052",
    status=_REFUSED,
    title=_("Nobody is named"),
    detail=_("A consignee has 1 to {most} signs."),
    remedy=_("Give name and credit code or customs code, such as USCI+91110113FAKE00013H."),
)
TRANSPORT_TOO_LATE = Problem(
    code="CAR-040",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Day of the transport cannot be"),
    detail=_("The means of transport cannot have been declared on {day}, after {latest}."),
    remedy=_("Give the day on which it was declared: today at the latest, not after its goods."),
)
TRANSPORT_DECLARED = Problem(
    code="CAR-041",
    status=HTTPStatus.CONFLICT,
    title=_("Transport declared already"),
    detail=_("The means of transport of manifest {manifest} was declared on {day}."),
    remedy=_("Duties and terms are counted from that day. If it is wrong, correct it: say why."),
)
TRANSPORT_NOT_DECLARED = Problem(
    code="CAR-042",
    status=HTTPStatus.CONFLICT,
    title=_("Transport not declared yet"),
    detail=_("Nobody has declared the means of transport of manifest {manifest}."),
    remedy=_("Declare it, without a reason; only what was declared can be corrected."),
)
TRANSPORT_TOO_EARLY = Problem(
    code="CAR-050",
    status=_REFUSED,
    title=_("Transport declared too long before its manifest"),
    detail=_("The means of transport cannot have been declared on {day}, before {earliest}."),
    remedy=_("Give the day on which it was declared; days and duties are counted from it."),
)
KEPT_AS_NUMBER = Problem(
    code="CAR-060",
    status=_REFUSED,
    title=_("A code was kept as a number"),
    detail=_("{place}: {field} is the number {value}; a spreadsheet keeps 15 digits of it."),
    remedy=_("Give the cell the format Text, and type the code anew from your papers."),
)
SHOWN_OTHERWISE = Problem(
    code="CAR-061",
    status=_REFUSED,
    title=_("A cell shows something else than it holds"),
    detail=_("{place}: {field} is “{value}”, shown by the format “{form}”."),
    remedy=_("Give the cell the format Text, and type what is meant."),
)
NOT_A_TEXT = Problem(
    code="CAR-062",
    status=_REFUSED,
    title=_("A cell is neither text nor number"),
    detail=_("{place}: {field} is {what}."),
    remedy=_("Give the cell the format Text, and type what is meant."),
)
SECOND_SHEET = Problem(
    code="CAR-063",
    status=_REFUSED,
    title=_("A second sheet has rows"),
    detail=_("“{first}” and “{second}” both have rows; a manifest is one sheet."),
    remedy=_("Bring all rows to one sheet, and delete the others or send each as an addition."),
)
HIDDEN_SHEET = Problem(
    code="CAR-064",
    status=_REFUSED,
    title=_("A hidden sheet was not read"),
    detail=_("The sheet “{second}” is hidden: its rows were not read."),
    remedy=_("If they belong to the manifest, bring them to the sheet that is shown."),
    warning=True,
)
MERGED = Problem(
    code="CAR-065",
    status=_REFUSED,
    title=_("Cells are merged"),
    detail=_("{place}: the cells are merged, and only the first of them holds a value."),
    remedy=_("Unmerge them, and state in each row what holds for it."),
)
COLUMN_TWICE = Problem(
    code="CAR-066",
    status=_REFUSED,
    title=_("A column stands twice"),
    detail=_("{place}: another column is headed {field} already."),
    remedy=_("Keep one of them."),
)
NO_HEADING = Problem(
    code="CAR-067",
    status=_REFUSED,
    title=_("A cell has no heading"),
    detail=_("{place}: “{value}” stands under no heading."),
    remedy=_("Name its column in the first row, or delete it; nothing is dropped in silence."),
)
CONTAINER_TWICE = Problem(
    code="CAR-068",
    status=_REFUSED,
    title=_("Container stands twice"),
    detail=_("{place}: container {unit} stands twice under this bill."),
    remedy=_("List each container of a bill once, with all its seals."),
)
SEALS_DIFFER = Problem(
    code="CAR-069",
    status=_REFUSED,
    title=_("Seals of one container differ"),
    detail=_("{place}: container {unit} has the seals {seals}, but {first} under another bill."),
    remedy=_("Compare them with the container, and state the same wherever it is listed."),
)
ENCODING_SUPPOSED = Problem(
    code="CAR-070",
    status=_REFUSED,
    title=_("The text was read as GB 18030"),
    detail=_("The file is not in UTF-8; its signs fit GB 18030, but nothing proves it."),
    remedy=_("Compare names in the answer; save the file as CSV UTF-8 to be sure."),
    warning=True,
)
MEMBER_TWICE = Problem(
    code="CAR-071",
    status=_REFUSED,
    title=_("A member stands twice"),
    detail=_("{place}: “{name}” stands twice in one object."),
    remedy=_("State it once; which of the two is meant is not guessed."),
)
HIDDEN_COLUMN = Problem(
    code="CAR-074",
    status=_REFUSED,
    title=_("A column is hidden"),
    detail=_("{place}: the column is hidden, so you may not know that it would be sent."),
    remedy=_("Show the column, or delete it."),
)
BROKEN = Problem(
    code="CAR-075",
    status=_REFUSED,
    title=_("A sheet is broken"),
    detail=_("{place}: {reason}"),
    remedy=_("Open the file in your spreadsheet program, save it, and send it again."),
)
TEXT_TOO_LONG = Problem(
    code="CAR-076",
    status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    title=_("A cell is too long"),
    detail=_("{place}: the text has more than {most} signs."),
    remedy=_("Write in the cell what its heading names, and nothing else."),
)
BILL_LISTED = Problem(
    code="CAR-077",
    status=HTTPStatus.CONFLICT,
    title=_("Bill is on this manifest already"),
    detail=_("Manifest {manifest} has bill {bill} already."),
    remedy=_("Leave it out; to change it, send it as a replacement."),
)
