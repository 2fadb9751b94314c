"""Naming the consignee of a bill, before or after its goods arrive."""

from datetime import datetime
from typing import Final

from django.db import transaction

from tongguan.domain.cargo import problems
from tongguan.domain.cargo.decisions import locked_bill
from tongguan.domain.cargo.events import ConsigneeNamed
from tongguan.domain.cargo.sealed import BILL
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.announcements.commands import announce
from tongguan.facilities.ledger import commands as ledger
from tongguan.facilities.ledger.sealed import changed
from tongguan.kernel.free_text import unfit
from tongguan.kernel.problems import ProblemError

MOST_SIGNS: Final = 150
MOST_REASON: Final = 300
CONSIGNEE_NAMED: Final = "CONSIGNEE_NAMED"
"""Kind of the entry of this act, on the chain of the bill."""


@transaction.atomic(durable=True)
def name_consignee(*, number: str, consignee: str, reason: str, by: Actor, now: datetime) -> None:
    """Name the consignee of a bill, or correct it, as its carrier. The same again changes nothing.

    It counts at once for a bill that no declaration uses. A declaration that uses the bill for
    another trader is not undone by it: customs reviews it. The ledger keeps who was named before.

    Args:
        number: a bill of the carrier's that has not left.
        consignee: name and code, as in a manifest; of an export the consignor.
        reason: why, such as that the bill to order was presented.
        by: somebody of the carrier whose bill it is, or to whom it was handed over.
        now: the moment.

    Raises:
        ProblemError: ACC-001 no carrier, CAR-001 no such bill of theirs, CAR-028 no reason, CAR-052
            nobody is named, GEN-003 or GEN-004 a text that cannot be taken.
    """
    require(by, Role.CARRIER)
    bill = locked_bill(number, by)
    named = " ".join(consignee.split())
    faults = []
    if not named or len(named) > MOST_SIGNS:
        faults.append(problems.NO_CONSIGNEE.at("#/consignee", most=MOST_SIGNS))
    if not reason.strip():
        faults.append(problems.NO_REASON.at("#/reason"))
    texts = ((named, "#/consignee", MOST_SIGNS), (reason, "#/reason", MOST_REASON))
    told = {one.pointer for one in faults}
    found = (unfit(text, at, most=most) for text, at, most in texts if at not in told)
    faults += filter(None, found)
    if faults:
        raise ProblemError(*faults)
    if named == bill.consignee:
        return
    before, bill.consignee = bill.consignee, named
    bill.save(update_fields=["consignee"])
    facts = {"bill": number, "consignee": named, "before": before, "reason": reason.strip()}
    wrote = [changed(BILL, bill.pk, consignee=named)]
    ledger.record(CONSIGNEE_NAMED, bill.pk, by=by, at=now, wrote=wrote, **facts)
    announce([ConsigneeNamed(bill.pk, now, number)])
