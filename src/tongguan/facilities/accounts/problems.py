"""Refusals of this room, ACC-001 to ACC-099. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

NOT_POSTED = Problem(
    code="ACC-001",
    status=HTTPStatus.FORBIDDEN,
    title=_("Not among your duties"),
    detail=_("This is for: {roles}."),
    remedy=_("Ask your administrator for the posting, or hand the case to a colleague."),
)
NAME_TAKEN = Problem(
    code="ACC-002",
    status=HTTPStatus.CONFLICT,
    title=_("Account name in use"),
    detail=_("There is an account {name} already."),
    remedy=_("Choose another name."),
)
NAME_FORM = Problem(
    code="ACC-003",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Account name cannot be used"),
    detail=_("“{name}” is no account name."),
    remedy=_("Take 2 to 60 small letters, digits, dots, hyphens; the first a letter or digit."),
)
EMAIL_TAKEN = Problem(
    code="ACC-004",
    status=HTTPStatus.CONFLICT,
    title=_("E-mail address in use"),
    detail=_("Another account has the address {email}."),
    remedy=_("Give an address of this person alone, or none."),
)
PASSWORD_WEAK = Problem(
    code="ACC-005",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Password too weak"),
    detail=_("The password can be guessed: too short, too common, or too like the name."),
    remedy=_("Take 12 characters or more that nobody would guess; a sentence does well."),
)
NOT_BOUND = Problem(
    code="ACC-006",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Posting lacks its place"),
    detail=_("A posting as {role} names {bound}, and nothing else."),
    remedy=_("Name what the role asks for, and leave the other places out."),
)
OFFICE_FORM = Problem(
    code="ACC-007",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No office code"),
    detail=_("“{office}” is not the code of a customs office or district."),
    remedy=_("An office has four digits, a district up to eight digits or capital letters."),
)
PERIOD = Problem(
    code="ACC-008",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Posting ends before it begins"),
    detail=_("The posting would end at {until}, which has passed."),
    remedy=_("Give a later end, or none."),
)
NO_ACCOUNT = Problem(
    code="ACC-009",
    status=HTTPStatus.NOT_FOUND,
    title=_("No such account"),
    detail=_("No account {name} is in use: there is none, or it was let go."),
    remedy=_("Check the name."),
)
NO_POSTING = Problem(
    code="ACC-010",
    status=HTTPStatus.CONFLICT,
    title=_("No such posting in force"),
    detail=_("Posting {posting} is not in force: it has ended, or never was."),
    remedy=_("Look the postings up again: what is in force now is listed."),
)
ELSEWHERE = Problem(
    code="ACC-011",
    status=HTTPStatus.FORBIDDEN,
    title=_("Not at your office or site"),
    detail=_("Your postings do not cover {place}."),
    remedy=_("Hand the case to a colleague there, or ask your administrator for the posting."),
)
NOT_GRANTED = Problem(
    code="ACC-012",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Role is never granted"),
    detail=_("Nobody can be posted as {role}."),
    remedy=_("Choose the role that fits the work."),
)
OTHER_TRADE = Problem(
    code="ACC-013",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Role does not fit the enterprise"),
    detail=_("{enterprise} is registered as {kind}: nobody acts for it as {role}."),
    remedy=_("Post as what it is registered as; or as trader, where it has a customs code."),
)
NO_PERSON = Problem(
    code="ACC-014",
    status=HTTPStatus.FORBIDDEN,
    title=_("Only a person can do this"),
    detail=_("{account} is not a person who signed in. Software and the system cannot do this."),
    remedy=_("The person whose act it is signs in and does it."),
)
ACCOUNT_WITHDRAWN = Problem(
    code="ACC-015",
    status=HTTPStatus.FORBIDDEN,
    title=_("Account was withdrawn"),
    detail=_("The account {account} was withdrawn; what it asks or confirms does not count."),
    remedy=_("A person with an account in use asks anew, or confirms."),
)
NOT_SIGNED_IN = Problem(
    code="ACC-016",
    status=HTTPStatus.FORBIDDEN,
    title=_("Sign in first"),
    detail=_("{account} was only named on the command line; the person did not sign in."),
    remedy=_("The person signs in on the command line with the password, or on the pages."),
)
SIGN_IN_REFUSED = Problem(
    code="ACC-017",
    status=HTTPStatus.FORBIDDEN,
    title=_("Sign-in failed"),
    detail=_("The password, or the code of the second factor, of {account} is not right."),
    remedy=_("Try again, or do it on the pages; a security key works only there."),
)
FACTOR_NEEDED = Problem(
    code="ACC-018",
    status=HTTPStatus.FORBIDDEN,
    title=_("Second factor needed"),
    detail=_("Officers and administrators sign in with a second factor; {account} has none yet."),
    remedy=_("Activate one on the pages, under your name: an app or a security key."),
)
NO_FACTOR = Problem(
    code="ACC-019",
    status=HTTPStatus.CONFLICT,
    title=_("No second factor"),
    detail=_("{name} has no second factor that could be taken away."),
    remedy=_("Check the name. Who forgot the password gets another one."),
)
LINK_ENDED = Problem(
    code="ACC-020",
    status=HTTPStatus.CONFLICT,
    title=_("Link is of no use any more"),
    detail=_("The link is too old, was used, or belongs to another account."),
    remedy=_("Sign in with the account whose address it is, and ask for another link."),
)
OWN_PASSWORD_NEEDED = Problem(
    code="ACC-021",
    status=HTTPStatus.FORBIDDEN,
    title=_("Choose your own password first"),
    detail=_("The password of {account} was given by an administrator."),
    remedy=_("Sign in on the pages, and choose another password there."),
)
NAME_EMPTY = Problem(
    code="ACC-022",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("Name missing"),
    detail=_("There is nothing that people could read as the name."),
    remedy=_("Give the name as it is to be shown."),
)
NAME_SIGN = Problem(
    code="ACC-023",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("A sign cannot stand in a name"),
    detail=_("The name holds {sign}, which nobody sees as a sign of a name."),
    remedy=_("Give the name on one line, in signs that can be seen."),
)
LAST_ADMINISTRATOR = Problem(
    code="ACC-024",
    status=HTTPStatus.CONFLICT,
    title=_("Nobody would be administrator"),
    detail=_("This is the last posting of an administrator that is in force."),
    remedy=_("Admit or post another administrator first."),
)
