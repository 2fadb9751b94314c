"""Who may do what: checked at the beginning of every command that is not for everybody."""

from tongguan.facilities.accounts import problems
from tongguan.facilities.accounts.values import Actor, Role


def require(by: Actor, *roles: Role) -> None:
    """Refuse an act to whoever holds none of these roles.

    Raises:
        ProblemError: ACC-001.
    """
    if not by.is_(*roles, Role.SYSTEM):
        raise problems.NOT_POSTED.error(roles=", ".join(str(role) for role in roles))
