"""Who may lodge for whom, and who is told what a manifest says. Pure."""

from tongguan.domain.cargo.values import BillRow
from tongguan.domain.declarations.rules.counterparts import check_consignee
from tongguan.domain.declarations.values import Submission
from tongguan.domain.parties.delegation import check_mandate
from tongguan.domain.parties.values import EnterpriseRow
from tongguan.facilities.accounts.values import Role
from tongguan.kernel.problems import Fault
from tongguan.kernel.time import LOCAL
from tongguan.processes.lodgement import problems
from tongguan.processes.lodgement.values import Circumstances


def may_lodge(declarant: EnterpriseRow, given: Circumstances) -> bool:
    """Return whether the sender acts for a declarant; the system itself acts for all."""
    return declarant.id in given.by.own_ids or Role.SYSTEM in given.by.roles


def check_authority(
    sent: Submission,
    trader: EnterpriseRow | None,
    declarant: EnterpriseRow | None,
    given: Circumstances,
) -> tuple[Fault, ...]:
    """Tell why the sender may not lodge for the trader, as far as both are registered."""
    if trader is None or declarant is None:
        return ()
    if not may_lodge(declarant, given):
        name = declarant.name_zh
        return (problems.NOT_YOURS.at("#/parties/declarant", declarant=name),)
    if declarant.id == trader.id:
        return ()
    mandate = given.known.mandates.get((trader.id, declarant.id))
    commodities = [line.commodity for line in sent.lines]
    day = given.now.astimezone(LOCAL).date()
    return check_mandate(mandate, sent.flow.value, commodities=commodities, day=day)


def known_standing(
    trader: EnterpriseRow | None,
    declarant: EnterpriseRow | None,
    authority: tuple[Fault, ...],
    given: Circumstances,
) -> tuple[EnterpriseRow | None, EnterpriseRow | None]:
    """Return trader and declarant as far as the sender may learn their class and standing.

    Of a declarant learns who acts for it, of a trader who may declare for it. To anybody else
    every enterprise is one of no class that nothing stands against.
    """
    if declarant is None or not may_lodge(declarant, given):
        return None, None
    if trader is None or any(not one.problem.warning for one in authority):
        return None, declarant
    return trader, declarant


def shown_bill(
    sent: Submission,
    trader: EnterpriseRow | None,
    declarant: EnterpriseRow | None,
    authority: tuple[Fault, ...],
    given: Circumstances,
) -> tuple[BillRow | None, tuple[Fault, ...]]:
    """Return the bill of a submission as its sender may know it, and why he may not use it.

    Facts of goods are told to those alone who may declare for the trader, and only where the
    manifest does not name another enterprise for them. For anybody else there is no bill.
    """
    bill = given.known.bills.get(sent.bill or "")
    if trader is None or declarant is None or any(not one.problem.warning for one in authority):
        return None, ()
    refused = check_consignee(bill, trader=trader, known=given.known.parties)
    return (bill, ()) if refused is None else (None, (refused,))
