"""Who may do what: checked at the beginning of every command that is not for everybody."""

from tongguan.facilities.accounts import problems
from tongguan.facilities.accounts.values import Actor, Role


def require(by: Actor, *roles: Role) -> None:
    """Refuse an act to whoever holds none of these roles; the system itself may do all.

    Raises:
        ProblemError: ACC-001.
    """
    if not by.is_(*roles, Role.SYSTEM):
        raise problems.NOT_POSTED.error(roles=roles)


def require_at(by: Actor, *roles: Role, office: str = "", site: str = "") -> None:
    """Refuse an act at an office or site where no posting gives one of these roles, or any.

    Who reviews for the region and inspects at one office inspects nowhere else. One of the two
    places is enough; the system itself may act at all.

    Raises:
        ProblemError: ACC-011.
    """
    if by.at(office, *roles) or by.at(site, *roles) or by.is_(Role.SYSTEM):
        return
    raise problems.ELSEWHERE.error(place=" ".join(filter(None, (office, site))))


def require_person(by: Actor) -> None:
    """Refuse an act that a natural person does under a sign-in of his own to anybody else.

    Software signs in with credentials of its own and never stands for a person; nor does the
    system itself, nor a name given on the command line.

    Raises:
        ProblemError: ACC-014 no person, ACC-016 named without signing in.
    """
    if by.person_id is None:
        raise problems.NO_PERSON.error(account=by.name)
    if not by.signed_in:
        raise problems.NOT_SIGNED_IN.error(account=by.name)
