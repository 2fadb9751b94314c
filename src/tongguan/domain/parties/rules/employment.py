"""In which roles people act for an enterprise, by what it is registered as.

Source: Customs Law, art. 11: consignees and consignors declare for themselves, brokers for others,
each registered with customs for it. Carriers, banks and agencies: ours.
"""

from typing import Final

from tongguan.domain.parties.values import EnterpriseKind, EnterpriseRow
from tongguan.facilities.accounts.values import Employer, Role

ROLES: Final = {
    EnterpriseKind.TRADER: Role.TRADER,
    EnterpriseKind.BROKER: Role.BROKER,
    EnterpriseKind.CARRIER: Role.CARRIER,
    EnterpriseKind.BANK: Role.BANK,
    EnterpriseKind.AGENCY: Role.AGENCY,
}
"""What acting for others, or in a trade, takes; people of operators are posted at their sites."""


def employer(row: EnterpriseRow) -> Employer:
    """Return an enterprise as a posting names it.

    Whatever it is registered as, with a customs code it may declare goods of its own: its people
    can be traders.
    """
    roles = {ROLES[row.kind]} if row.kind in ROLES else set()
    if row.customs_code:
        roles.add(Role.TRADER)
    return Employer(row.id, row.scc, row.kind, frozenset(roles))
