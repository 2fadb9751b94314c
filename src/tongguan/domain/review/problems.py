"""Refusals of this room, REV-101 to REV-199. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

NO_GROUND = Problem(
    code="REV-101",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Say what is asked, and why"),
    detail=_("A query names a document or a fact, and its ground."),
    remedy=_("Fill in both; the declarant reads them as they are."),
)
TOO_MANY = Problem(
    code="REV-102",
    status=HTTPStatus.CONFLICT,
    title=_("No more queries"),
    detail=_("{count} queries were asked already; no more than {most} are allowed."),
    remedy=_("Decide on what is there, or summon the declarant."),
)
EMPTY_ANSWER = Problem(
    code="REV-103",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("The answer is empty"),
    detail=_("An answer has words, a document, or both."),
    remedy=_("Write a sentence, or attach the document that was asked for."),
)
QUERY_OPEN = Problem(
    code="REV-104",
    status=HTTPStatus.CONFLICT,
    title=_("A query is open"),
    detail=_("The declarant has not answered yet: {question}"),
    remedy=_("Wait for the answer, or withdraw the query."),
)
TOO_SOON = Problem(
    code="REV-105",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Summoned too soon"),
    detail=_("{due} is less than a working day ahead."),
    remedy=_("Choose {earliest} or later."),
)
OFFICE_UNKNOWN = Problem(
    code="REV-106",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No such office"),
    detail=_("No customs office {office} is in force today."),
    remedy=_("Enter the four digits of the office where the declarant is to come."),
)
NO_WORDS = Problem(
    code="REV-107",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Say it in words"),
    detail=_("A finding, a visit and a decision are kept with the words that explain them."),
    remedy=_("Write a sentence."),
)
FINDING_UNKNOWN = Problem(
    code="REV-108",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No such finding"),
    detail=_("“{finding}” is no finding of a documentary check."),
    remedy=_("Choose one of the list."),
)
GROUND_UNKNOWN = Problem(
    code="REV-109",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No ground of the law"),
    detail=_("“{ground}” is none of the grounds on which a declaration is revoked."),
    remedy=_("Choose one of the list: goods shut out or carried otherwise, loss or shortage …"),
)
NO_REASON = Problem(
    code="REV-110",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Say why"),
    detail=_("Revoking and refusing are decided with the reason in words."),
    remedy=_("Write one sentence; the declarant reads it as it is."),
)
UNDER_INSPECTION = Problem(
    code="REV-111",
    status=HTTPStatus.CONFLICT,
    title=_("Not while it is looked into"),
    detail=_("The declaration waits for {kind}; until that has ended it is not revoked."),
    remedy=_("End it first, or refuse the declaration."),
)
STOPPED_BY_HAND = Problem(
    code="REV-112",
    status=HTTPStatus.CONFLICT,
    title=_("A coordination centre stopped it"),
    detail=_("The declaration was stopped by hand: the centre that stopped it decides first."),
    remedy=_("Ask the centre: two of its officers let it go on, or a coordinator refuses it."),
)
OWN_FINDING = Problem(
    code="REV-113",
    status=HTTPStatus.FORBIDDEN,
    title=_("Another officer decides"),
    detail=_("The finding of this case is {person}'s own: who found it does not decide on it."),
    remedy=_("Hand the case to another reviewer or coordinator."),
)
CONSEQUENCE_UNKNOWN = Problem(
    code="REV-114",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Say what follows"),
    detail=_("“{consequence}” is no consequence that a decision on a finding can have."),
    remedy=_("Choose one of the list; that nothing follows is one of them, with its reason."),
)
SAME_OFFICER = Problem(
    code="REV-115",
    status=HTTPStatus.FORBIDDEN,
    title=_("Another officer decides anew"),
    detail=_("{person} took the decision that stands: {consequence}."),
    remedy=_("Another reviewer or coordinator says whether it is done, or decides otherwise."),
)
