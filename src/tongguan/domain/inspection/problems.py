"""Refusals of this room, INS-001 to INS-099. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

TWO_OFFICERS = Problem(
    code="INS-001",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Two officers are needed"),
    detail=_("{officers}: an examination is held by two different officers."),
    remedy=_("Choose two different officers."),
)
NO_WITNESS = Problem(
    code="INS-002",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Nobody is said to attend"),
    detail=_("Goods are unpacked in the presence of the enterprise, or by a rule without it."),
    remedy=_("Enter the attending person, or the ground on which nobody attends."),
)
NO_RESULT = Problem(
    code="INS-003",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Result missing"),
    detail=_("The record does not say what was seen."),
    remedy=_("Write it in a sentence."),
)
IN_THE_PAST = Problem(
    code="INS-004",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Appointment in the past"),
    detail=_("{at} is before now."),
    remedy=_("Choose a later moment."),
)
NOT_ATTENDED = Problem(
    code="INS-005",
    status=HTTPStatus.CONFLICT,
    title=_("Nobody's arrival is recorded"),
    detail=_("Unpacking begins when the attending person has come, or by a rule without one."),
    remedy=_("Record the attending person first, or the ground on which nobody attends."),
)
NOT_STARTED = Problem(
    code="INS-006",
    status=HTTPStatus.CONFLICT,
    title=_("The examination has not begun"),
    detail=_("A record is written of an examination that was begun before somebody who attends."),
    remedy=_("Record who attends, then the beginning."),
)
NO_PLACE = Problem(
    code="INS-007",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Place missing"),
    detail=_("An appointment names the place."),
    remedy=_("Enter the bay or the warehouse where the enterprise is to come."),
)
FINDING_UNKNOWN = Problem(
    code="INS-008",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No such finding"),
    detail=_("“{finding}” is no finding of an examination."),
    remedy=_("Choose one of the list."),
)
STARTED = Problem(
    code="INS-009",
    status=HTTPStatus.CONFLICT,
    title=_("The examination has begun"),
    detail=_("Goods are being unpacked since {at}: who attends stands fixed."),
    remedy=_("Sign the record; it can say who joined later."),
)
TOO_FEW_PRESENT = Problem(
    code="INS-020",
    status=HTTPStatus.CONFLICT,
    title=_("Too few officers are present"),
    detail=_("Two are drawn of those present at {office}: {present}."),
    remedy=_(
        "Each officer on duty marks himself present, or the chief marks him; then draw. Where fewer"
        " than two are there, another inspector is posted to the office, or the appointment moves."
    ),
)
NOT_THOSE_DRAWN = Problem(
    code="INS-021",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Others were drawn"),
    detail=_("{officers} hold this examination, and nobody else acts in it."),
    remedy=_("Those two act; or the chief confirms a replacement that has a ground."),
)
DRAWN_ALREADY = Problem(
    code="INS-022",
    status=HTTPStatus.CONFLICT,
    title=_("Officers were drawn already"),
    detail=_("{officers} were drawn; nobody draws twice for one examination."),
    remedy=_("If one of them cannot come, ask for a replacement; the chief confirms it."),
)
NOT_DRAWN = Problem(
    code="INS-023",
    status=HTTPStatus.CONFLICT,
    title=_("No officers were drawn yet"),
    detail=_("Nobody was drawn for this examination, so nobody can be replaced."),
    remedy=_("Draw two of those present first."),
)
NO_REASON = Problem(
    code="INS-024",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Reason missing"),
    detail=_("Others than those drawn hold an examination for a reason only."),
    remedy=_("Say in a sentence why."),
)
NOT_QUALIFIED = Problem(
    code="INS-025",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No inspector there"),
    detail=_("{officer} is not posted as an inspector at {office}."),
    remedy=_("Choose somebody who is, or let him be posted there."),
)
NOT_ARRIVED = Problem(
    code="INS-010",
    status=HTTPStatus.CONFLICT,
    title=_("The goods are not here"),
    detail=_("Goods are examined at {office} when they are there: {why}."),
    remedy=_("Wait until their arrival is reported at that office, then begin."),
)
NO_DRAW = Problem(
    code="INS-011",
    status=HTTPStatus.CONFLICT,
    title=_("No officers were drawn yet"),
    detail=_("Two officers drawn at random hold an examination; nobody was drawn for this one."),
    remedy=_("Draw two of those present first."),
)
ABSENCE_UNKNOWN = Problem(
    code="INS-012",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No such ground"),
    detail=_("“{ground}” is no ground on which goods are examined without the enterprise."),
    remedy=_("Choose one of the list."),
)
NOT_DECLARED = Problem(
    code="INS-013",
    status=HTTPStatus.CONFLICT,
    title=_("The enterprise did not say so"),
    detail=_("The enterprise neither delegated anybody nor declared that nobody comes."),
    remedy=_(
        "The enterprise says it in the portal or through the API; or it is told in time and"
        " waited for."
    ),
)
NOTICE_SHORT = Problem(
    code="INS-014",
    status=HTTPStatus.CONFLICT,
    title=_("No notice in time"),
    detail=_(
        "That nobody came is a ground where the appointment was told {hours} hours before and its"
        " moment has passed. {told}"
    ),
    remedy=_("Appoint it with enough notice, and wait for the moment."),
)
KEEPER_MISSING = Problem(
    code="INS-015",
    status=HTTPStatus.CONFLICT,
    title=_("The keeper of the goods does not attend yet"),
    detail=_("Where nobody of the enterprise attends, the keeper of the goods attends as witness."),
    remedy=_("The operator of the site says under his own sign-in that he attends."),
)
NOT_PREPARED = Problem(
    code="INS-016",
    status=HTTPStatus.CONFLICT,
    title=_("No record is prepared"),
    detail=_("A record is signed when it is prepared; this one is not."),
    remedy=_("One of the two officers writes it first."),
)
CHANGED = Problem(
    code="INS-017",
    status=HTTPStatus.CONFLICT,
    title=_("The record was changed"),
    detail=_("What you saw is not the record as it stands now: it was changed."),
    remedy=_("Read it again, then sign."),
)
CODE_WRONG = Problem(
    code="INS-018",
    status=HTTPStatus.FORBIDDEN,
    title=_("The code is not right"),
    detail=_("This code does not sign this record. Tries left: {left}."),
    remedy=_(
        "Enter the code that the enterprise reads in the portal, or let it ask for a new one."
    ),
)
CODE_OVER = Problem(
    code="INS-019",
    status=HTTPStatus.FORBIDDEN,
    title=_("No code is in force"),
    detail=_(
        "No one-time code is in force for this record: none was asked for, it was used, or its"
        " time or its tries are over."
    ),
    remedy=_("The enterprise asks for a new one in the portal."),
)
SIGNED_ALREADY = Problem(
    code="INS-026",
    status=HTTPStatus.CONFLICT,
    title=_("Signed already"),
    detail=_("{person} has signed this record already; somebody else signs in each part."),
    remedy=_("What is missing, and from whom, stands on its page."),
)
NOT_ASKED_TO_SIGN = Problem(
    code="INS-027",
    status=HTTPStatus.FORBIDDEN,
    title=_("Not yours to sign"),
    detail=_("This record is signed by {parts}."),
    remedy=_("Leave it to them."),
)
NOT_SELF = Problem(
    code="INS-028",
    status=HTTPStatus.FORBIDDEN,
    title=_("Not yours to mark"),
    detail=_("Presence is marked by {officer} himself, or by the chief of the office."),
    remedy=_("Let him mark it, or the chief."),
)
GROUND_UNKNOWN = Problem(
    code="INS-029",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No such ground"),
    detail=_("“{ground}” is no ground on which another officer acts."),
    remedy=_("Choose one of the list."),
)
NOT_WANTED = Problem(
    code="INS-030",
    status=HTTPStatus.CONFLICT,
    title=_("Nobody asks for it"),
    detail=_("No replacement is asked for in this examination."),
    remedy=_("Ask for it first, with its ground."),
)
SECOND_PERSON = Problem(
    code="INS-031",
    status=HTTPStatus.FORBIDDEN,
    title=_("A second person confirms"),
    detail=_("{person} asked for this replacement, or it is about him: he does not confirm it."),
    remedy=_("The chief of the office confirms it."),
)
MEASURED_OTHERWISE = Problem(
    code="INS-032",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Measured otherwise than declared"),
    detail=_("{what}: declared {declared}, found {found}. That is no examination “as declared”."),
    remedy=_("Choose the finding; it opens a case."),
)
NOT_MEASURED = Problem(
    code="INS-033",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Say what was found"),
    detail=_(
        "A finding of quantity says what was found: packages, gross mass or the quantity of a line."
    ),
    remedy=_("Enter at least one of them, other than declared."),
)
NO_SUCH_LINE = Problem(
    code="INS-034",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No such line"),
    detail=_("The declaration has no line {line}."),
    remedy=_("Enter the number of a line, or none for the whole consignment."),
)
NO_RECORD = Problem(
    code="INS-035",
    status=HTTPStatus.CONFLICT,
    title=_("No record to add to"),
    detail=_("A supplement adds to a record that is signed by all."),
    remedy=_("Write it into the record itself."),
)
NO_WORDS = Problem(
    code="INS-036",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Words missing"),
    detail=_("This act is kept with words that explain it."),
    remedy=_("Write a sentence."),
)
FINDING_SIGNED = Problem(
    code="INS-037",
    status=HTTPStatus.CONFLICT,
    title=_("A signed finding is changed"),
    detail=_("{names} signed version {version} with a finding, and this version says otherwise."),
    remedy=_("Say on what ground it is changed; every version stays readable."),
)
TOO_EARLY = Problem(
    code="INS-038",
    status=HTTPStatus.CONFLICT,
    title=_("Before the appointed time"),
    detail=_("It is appointed for {at}, and the enterprise has not agreed that it begins earlier."),
    remedy=_("Wait, let the enterprise agree in the portal, or say on what ground it begins now."),
)
SEALS_MISSING = Problem(
    code="INS-039",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Seals missing"),
    detail=_("The manifest lists the seals {seals}; what was found before opening is not said."),
    remedy=_("Enter the numbers that were found, or the word “none” where no seal was there."),
)
SEALS_DIFFER = Problem(
    code="INS-040",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Other seals than the manifest lists"),
    detail=_("Listed: {listed}; found: {found}. That is no examination “as declared”."),
    remedy=_("Choose the finding; it opens a case."),
)
NOT_APPOINTED = Problem(
    code="INS-041",
    status=HTTPStatus.CONFLICT,
    title=_("No appointment"),
    detail=_("No appointment is told for this examination."),
    remedy=_("Wait until customs appoints it."),
)
NOT_HOLDING = Problem(
    code="INS-042",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Not one of those who hold it"),
    detail=_("{officers} hold this examination; one of them, or both, can be replaced."),
    remedy=_("Choose one of them, or both."),
)
DRAWN_INSTEAD = Problem(
    code="INS-043",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("A substitute is drawn"),
    detail=_("{officers}: on this ground nobody is named; who acts instead is drawn."),
    remedy=_("Name nobody; or, for goods that need special knowledge, choose that ground."),
)
STILL_PRESENT = Problem(
    code="INS-044",
    status=HTTPStatus.CONFLICT,
    title=_("On duty still"),
    detail=_("{officer} is marked present at {office}, so he is not ill or away."),
    remedy=_("He marks himself absent, or the chief of the office marks him; then ask for it."),
)
NOBODY_LEFT = Problem(
    code="INS-045",
    status=HTTPStatus.CONFLICT,
    title=_("Too few officers are left to draw"),
    detail=_(
        "{count} are to be drawn at {office} of those present who did not hold this examination"
        " before: {present}. Who confirms it is not drawn."
    ),
    remedy=_(
        "Another officer on duty marks himself present, or another inspector is posted to the"
        " office; then confirm it."
    ),
)
MARKED_OTHERS = Problem(
    code="INS-046",
    status=HTTPStatus.FORBIDDEN,
    title=_("Who marked others does not draw"),
    detail=_(
        "{person} marked another officer present or absent at {office} today, and so draws no"
        " officers there today."
    ),
    remedy=_("Another officer draws, or a chief who marked nobody there today."),
)
NAMES_HIMSELF = Problem(
    code="INS-047",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Nobody names himself"),
    detail=_("{person} asks for this replacement and is named in it."),
    remedy=_("Name another officer, or let another officer ask."),
)
REQUEST_CHANGED = Problem(
    code="INS-048",
    status=HTTPStatus.CONFLICT,
    title=_("The request was changed"),
    detail=_("What you read is not what is asked now: the request was changed meanwhile."),
    remedy=_("Read it again, then confirm it."),
)
