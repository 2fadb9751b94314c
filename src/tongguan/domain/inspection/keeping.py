"""At which site the goods of an examination lie, and so who keeps them."""

from collections.abc import Mapping

from tongguan.domain.cargo import queries as cargo
from tongguan.domain.declarations import queries as declarations
from tongguan.domain.inspection.rules.whereabouts import kept_at
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.kernel.identifiers import DeclarationId


def sites_of_goods(offices: Mapping[DeclarationId, str]) -> dict[DeclarationId, str | None]:
    """Return the site where the goods of each declaration lie, seen from the office it maps to.

    What stands for no site and for an unknown one is told by `kept_at`. Two statements for any
    number of declarations.
    """
    heads = declarations.heads(offices)
    numbers = [head.bill for head in heads.values() if head.bill]
    bills = cargo.bills(numbers).answer() if numbers else {}
    region = snapshot().region
    found = {}
    for id_, head in heads.items():
        bill = bills.get(head.bill) if head.bill else None
        reported = region.site(bill.arrived_site) if bill and bill.arrived_site else None
        declared = region.site(head.site) if head.site else None
        found[id_] = kept_at(offices[id_], reported, declared)
    return found


def keeps(by: Actor, site: str | None, office: str) -> bool:
    """Return whether somebody is the operator of the site where goods lie.

    Args:
        by: who says that he keeps them.
        site: as `sites_of_goods` tells it; None where any site of the office may have them.
        office: where they are to be examined.
    """
    if site is not None:
        return by.at(site, Role.SITE_OPERATOR)
    region = snapshot().region
    own = (region.site(code) for code in by.sites if by.at(code, Role.SITE_OPERATOR))
    return any(one is not None and one.office == office for one in own)
