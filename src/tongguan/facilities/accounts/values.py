"""Who acts, as every command and query is told."""

from dataclasses import dataclass
from typing import Final

from tongguan.kernel.text import Term, _


class Role(Term):
    """What somebody is posted to do."""

    TRADER = "TRADER", _("trader")
    BROKER = "BROKER", _("customs broker")
    CARRIER = "CARRIER", _("carrier")
    GATE = "GATE", _("gate operator")
    BANK = "BANK", _("bank")
    REVIEWER = "REVIEWER", _("reviewer")
    INSPECTOR = "INSPECTOR", _("inspector")
    REVENUE = "REVENUE", _("revenue officer")
    ANALYST = "ANALYST", _("risk analyst")
    COORDINATOR = "COORDINATOR", _("coordinator")
    AGENCY = "AGENCY", _("partner agency")
    AUDITOR = "AUDITOR", _("auditor")
    ADMINISTRATOR = "ADMINISTRATOR", _("administrator")
    SYSTEM = "SYSTEM", _("system")


OFFICERS: Final = frozenset(
    {
        Role.REVIEWER,
        Role.INSPECTOR,
        Role.REVENUE,
        Role.ANALYST,
        Role.COORDINATOR,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts or looks, at one moment.

    Attributes:
        name: account name, as it stands in the ledger.
        label: name as people read it.
        roles: what the postings in force say.
        enterprise_ids: enterprises acted for: one's own and, for a broker, its principals.
        offices: customs offices that the postings cover.
        sites: control sites that the postings cover.
        channel: portal, api, cli or system.
    """

    name: str
    label: str = ""
    roles: frozenset[Role] = frozenset()
    enterprise_ids: frozenset[int] = frozenset()
    offices: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    channel: str = "system"

    def is_(self, *roles: Role) -> bool:
        """Return whether one of these roles is held."""
        return not self.roles.isdisjoint(roles)


SYSTEM: Final = Actor("system", "Tongguan", frozenset({Role.SYSTEM}))
