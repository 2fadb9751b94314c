"""Refusals of the gateway, MSG-001 to MSG-079 but for MSG-070. A code is never reused."""

from http import HTTPStatus
from typing import Final

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

BAD: Final = HTTPStatus.BAD_REQUEST
UNPROCESSABLE: Final = HTTPStatus.UNPROCESSABLE_ENTITY
LARGE: Final = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
UNSUPPORTED: Final = HTTPStatus.UNSUPPORTED_MEDIA_TYPE

# The document as a whole.

NOT_KNOWN: Final = Problem(
    code="MSG-001",
    status=UNSUPPORTED,
    title=_("Not a format we know"),
    detail=_("The document begins with “{seen}”."),
    remedy=_("Send JSON, a WCO declaration or a single-window DecMessage."),
)
NOT_READ: Final = Problem(
    code="MSG-002",
    status=UNSUPPORTED,
    title=_("Recognised, not read yet"),
    detail=_("The document is recognised as: {format}. It is not read yet."),
    remedy=_("Send JSON, a WCO declaration or a single-window DecMessage."),
)
EMPTY: Final = Problem(
    code="MSG-003",
    status=BAD,
    title=_("Nothing was sent"),
    detail=_("The document is empty."),
    remedy=_("Check that the file was written and chosen, and send it again."),
)
TOO_LARGE: Final = Problem(
    code="MSG-004",
    status=LARGE,
    title=_("Too large"),
    detail=_("The document has {size} bytes; {limit} are taken."),
    remedy=_("Send fewer declarations at once, and attachments as files."),
)
TOO_DEEP: Final = Problem(
    code="MSG-005",
    status=LARGE,
    title=_("Elements stand too deep"),
    detail=_("Elements are nested deeper than {limit} levels."),
    remedy=_("Check what wrote the document: no declaration is that deep."),
)
TOO_MANY_ELEMENTS: Final = Problem(
    code="MSG-006",
    status=LARGE,
    title=_("Too many elements"),
    detail=_("The document has more than {limit} elements, attributes or values."),
    remedy=_("Send fewer declarations at once."),
)
TOO_MANY_LINES: Final = Problem(
    code="MSG-007",
    status=UNPROCESSABLE,
    title=_("Too many lines of goods"),
    detail=_("The declaration has {count} lines; {limit} are taken."),
    remedy=_("Split the goods over several declarations."),
)
BATCH_TOO_LONG: Final = Problem(
    code="MSG-008",
    status=LARGE,
    title=_("Too many declarations at once"),
    detail=_("The document has more than {limit} declarations."),
    remedy=_("Split the batch."),
)
SEVERAL: Final = Problem(
    code="MSG-009",
    status=UNPROCESSABLE,
    title=_("More than one declaration in one message"),
    detail=_("{count} declarations stand in one message; one is taken."),
    remedy=_("Send each declaration in a message of its own."),
)

# XML that cannot be read at all.

MALFORMED: Final = Problem(
    code="MSG-010",
    status=BAD,
    title=_("The XML cannot be read"),
    detail=_("Line {line}, column {column}: {words}."),
    remedy=_("Correct the place, or let your software write the document anew."),
)
BEFORE_START: Final = Problem(
    code="MSG-011",
    status=BAD,
    title=_("Something stands before the XML"),
    detail=_("Line {line}, column {column}: “{seen}” stands before the XML begins."),
    remedy=_("Let the document begin with “<”, with nothing before it, blanks neither."),
)
DOUBLE_HYPHEN: Final = Problem(
    code="MSG-012",
    status=BAD,
    title=_("A comment holds two hyphens"),
    detail=_("Line {line}, column {column}: a comment holds “--” or is not closed."),
    remedy=_("Take the comment out, or write one hyphen."),
)
PLACEHOLDER: Final = Problem(
    code="MSG-013",
    status=UNPROCESSABLE,
    title=_("A placeholder was not filled in"),
    detail=_("Line {line}, column {column}: “{seen}” stands where a value belongs."),
    remedy=_("Put the value in its place."),
)
TWO_DOCUMENTS: Final = Problem(
    code="MSG-014",
    status=BAD,
    title=_("Two documents in one file"),
    detail=_("Line {line}, column {column}: the document has ended, yet “{seen}” follows."),
    remedy=_("Send each document by itself."),
)
DOCTYPE: Final = Problem(
    code="MSG-015",
    status=BAD,
    title=_("A document type is not taken"),
    detail=_("Line {line}, column {column}: the document declares a DOCTYPE."),
    remedy=_("Leave it out: no message needs one, and none is followed."),
)
WRONG_BYTES: Final = Problem(
    code="MSG-016",
    status=BAD,
    title=_("Bytes do not fit the encoding"),
    detail=_("Line {line}, column {column}: the bytes there are not {encoding}."),
    remedy=_("Save the document as UTF-8, or name the encoding it is in."),
)
ENCODING_NOT_READ: Final = Problem(
    code="MSG-017",
    status=BAD,
    title=_("Encoding not read"),
    detail=_("The document says it is in {encoding}."),
    remedy=_("Send UTF-8, GB18030, GBK or GB2312."),
)
READ_AS_GB18030: Final = Problem(
    code="MSG-018",
    status=UNPROCESSABLE,
    title=_("The encoding is not the one stated"),
    detail=_("The document says UTF-8 and is GBK; it was read as GB18030."),
    remedy=_("Let your software state the encoding it writes."),
    warning=True,
)
NO_QUOTES: Final = Problem(
    code="MSG-019",
    status=BAD,
    title=_("An attribute is not in quotes"),
    detail=_("Line {line}, column {column}: “{seen}” stands where a quotation mark belongs."),
    remedy=_('Write attributes as name="value"; text copied from a program may carry backslashes.'),
)
NOT_CLOSED: Final = Problem(
    code="MSG-020",
    status=BAD,
    title=_("An element is not closed"),
    detail=_("Line {line}, column {column}: {closing} closes {opening}, opened on line {opened}."),
    remedy=_("Close each element by its own name."),
)
NO_PREFIX: Final = Problem(
    code="MSG-021",
    status=BAD,
    title=_("A namespace is not declared"),
    detail=_("Line {line}, column {column}: the prefix “{seen}” is declared nowhere."),
    remedy=_("Declare the namespace on the outermost element."),
)
CUT_OFF: Final = Problem(
    code="MSG-022",
    status=BAD,
    title=_("The document ends too early"),
    detail=_("Line {line}, column {column}: the document ends before “{seen}” is closed."),
    remedy=_("Send the whole document; the transfer may have been cut off."),
)
ENTITY: Final = Problem(
    code="MSG-023",
    status=BAD,
    title=_("A character is not written as XML has it"),
    detail=_("Line {line}, column {column}: {words}."),
    remedy=_("Write &amp; for & and &lt; for <."),
)

# The shape of a document that can be read.

UNKNOWN_ELEMENT: Final = Problem(
    code="MSG-030",
    status=UNPROCESSABLE,
    title=_("An element we do not know"),
    detail=_("{name} is not known within {within}."),
    remedy=_("Check the spelling and the group it stands in, or leave it out."),
)
UNKNOWN_NAMESPACE: Final = Problem(
    code="MSG-031",
    status=UNPROCESSABLE,
    title=_("A namespace we do not know"),
    detail=_("{name} at {place} is in the namespace “{namespace}”; expected “{expected}”."),
    remedy=_("Use the namespace of the message format."),
)
UNKNOWN_ATTRIBUTE: Final = Problem(
    code="MSG-032",
    status=UNPROCESSABLE,
    title=_("An attribute we do not know"),
    detail=_("The attribute {name} is not known at {place}."),
    remedy=_("Leave it out."),
)
STRAY_TEXT: Final = Problem(
    code="MSG-033",
    status=UNPROCESSABLE,
    title=_("Text between elements"),
    detail=_("“{seen}” stands between the elements of {place}."),
    remedy=_("Take the text out, or put it into the element it belongs to."),
)
TOO_LONG: Final = Problem(
    code="MSG-034",
    status=UNPROCESSABLE,
    title=_("Too long"),
    detail=_("{name} at {place} has {length} characters; {limit} are taken."),
    remedy=_("Shorten it."),
)
NOT_A_NUMBER: Final = Problem(
    code="MSG-035",
    status=UNPROCESSABLE,
    title=_("Not a number"),
    detail=_("{name} at {place} is “{value}”; expected is a number such as 2800.5."),
    remedy=_("Write digits with a point, without blanks, commas or a unit."),
)
EMPTY_ELEMENT: Final = Problem(
    code="MSG-036",
    status=UNPROCESSABLE,
    title=_("An element is empty"),
    detail=_("{name} at {place} holds nothing."),
    remedy=_("Give its value, or leave the element out."),
)
MISSING_ELEMENT: Final = Problem(
    code="MSG-037",
    status=UNPROCESSABLE,
    title=_("An element is missing"),
    detail=_("{name} is missing at {place}."),
    remedy=_("Add it: the message cannot be read without it."),
)
TOO_OFTEN: Final = Problem(
    code="MSG-038",
    status=UNPROCESSABLE,
    title=_("An element stands too often"),
    detail=_("{name} stands {count} times at {place}; {limit} are taken."),
    remedy=_("Keep the one that is meant."),
)
NOT_A_DATE: Final = Problem(
    code="MSG-039",
    status=UNPROCESSABLE,
    title=_("Not a date"),
    detail=_("{name} at {place} is “{value}”."),
    remedy=_("Write the date as the format has it, such as 20200607."),
)
NOT_LISTED: Final = Problem(
    code="MSG-040",
    status=UNPROCESSABLE,
    title=_("A value that is not in the list"),
    detail=_("{name} at {place} is “{value}”; taken are {allowed}."),
    remedy=_("Choose one of the list."),
)
NO_TRANSLATION: Final = Problem(
    code="MSG-041",
    status=UNPROCESSABLE,
    title=_("A code without a counterpart here"),
    detail=_("{name} at {place} is “{value}”, which has no counterpart in our list."),
    remedy=_("Use a code that has one; the guide to messages lists them."),
)
SEVERAL_TRANSLATIONS: Final = Problem(
    code="MSG-042",
    status=UNPROCESSABLE,
    title=_("A code with several counterparts here"),
    detail=_("{name} at {place} is “{value}”, which may mean {choices}."),
    remedy=_("Use one of the codes shown."),
)
WRONG_LENGTH: Final = Problem(
    code="MSG-043",
    status=UNPROCESSABLE,
    title=_("Another length is expected"),
    detail=_("{name} at {place} is “{value}”; expected are {length} characters."),
    remedy=_("Write it in full, and nothing beside it."),
)

# JSON.

JSON_BROKEN: Final = Problem(
    code="MSG-050",
    status=BAD,
    title=_("The JSON cannot be read"),
    detail=_("Line {line}, column {column}: {words}."),
    remedy=_("Correct the place, or let your software write the document anew."),
)
UNKNOWN_MEMBER: Final = Problem(
    code="MSG-051",
    status=UNPROCESSABLE,
    title=_("A member we do not know"),
    detail=_("“{name}” is not known there."),
    remedy=_("Check the spelling against the guide to messages, or leave it out."),
)
WRONG_TYPE: Final = Problem(
    code="MSG-052",
    status=UNPROCESSABLE,
    title=_("Another kind of value is expected"),
    detail=_("Expected is {expected}; found is {found}."),
    remedy=_("Write the value as the guide to messages shows."),
)
NOT_TEXT: Final = Problem(
    code="MSG-053",
    status=UNPROCESSABLE,
    title=_("A decimal number is written as text"),
    detail=_("{value} stands there as a number."),
    remedy=_('Put it in quotation marks, "2800.5": a bare number may be rounded on the way.'),
)
NOTHING: Final = Problem(
    code="MSG-054",
    status=UNPROCESSABLE,
    title=_("Null and empty text are not taken"),
    detail=_("{found} stands there."),
    remedy=_("Leave out what is absent."),
)
MISSING_MEMBER: Final = Problem(
    code="MSG-056",
    status=UNPROCESSABLE,
    title=_("A member is missing"),
    detail=_("“{name}” is missing."),
    remedy=_("Add it: the declaration cannot be read without it."),
)
NOT_OF_LIST: Final = Problem(
    code="MSG-057",
    status=UNPROCESSABLE,
    title=_("A value that is not in the list"),
    detail=_("“{value}” stands there; taken are {allowed}."),
    remedy=_("Choose one of the list."),
)
NOT_A_DECIMAL: Final = Problem(
    code="MSG-058",
    status=UNPROCESSABLE,
    title=_("Not a decimal number"),
    detail=_("“{value}” stands there."),
    remedy=_('Write digits with a point, such as "2800.5".'),
)
NOT_A_DAY: Final = Problem(
    code="MSG-059",
    status=UNPROCESSABLE,
    title=_("Not a day"),
    detail=_("“{value}” stands there."),
    remedy=_('Write the day as year, month, day: "2026-11-20".'),
)

MARKS_DISAGREE: Final = Problem(
    code="MSG-071",
    status=UNPROCESSABLE,
    title=_("Two marks ask for different modes"),
    detail=_("{first} asks for {one}, {second} for {other}."),
    remedy=_("Keep the one that is meant."),
)
NOT_TAKEN: Final = Problem(
    code="MSG-072",
    status=UNPROCESSABLE,
    title=_("This kind of message is not taken"),
    detail=_("{name} at {place} is “{value}”."),
    remedy=_("Taken are declarations, amendments, cancellations and presentations of goods."),
)
NO_PAYLOAD: Final = Problem(
    code="MSG-073",
    status=UNPROCESSABLE,
    title=_("The envelope holds no declaration"),
    detail=_("{place} holds no declaration that can be read."),
    remedy=_("Put one declaration into the envelope, in Base64 where the format asks for it."),
)
CHARGES_DISAGREE: Final = Problem(
    code="MSG-074",
    status=UNPROCESSABLE,
    title=_("Costs in two currencies"),
    detail=_("Costs of one kind stand in {one} and in {other}."),
    remedy=_("State costs of one kind in one currency."),
)

SEALS_ASTRAY: Final = Problem(
    code="MSG-076",
    status=UNPROCESSABLE,
    title=_("Seals of a container that is not declared"),
    detail=_("{place} names seals of the container “{value}”, which is not declared."),
    remedy=_("Declare the container, or correct its number where the seals stand."),
)
TOO_MANY_PARTS: Final = Problem(
    code="MSG-075",
    status=UNPROCESSABLE,
    title=_("Too many entries"),
    detail=_("The declaration has more than {limit} containers, seals, licences and papers."),
    remedy=_("Split the goods over several declarations."),
)
