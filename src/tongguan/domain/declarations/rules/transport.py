"""The means of transport and the bill. Source: completion rules of 2016; IATA resolution 600a.

What comes by sea, rail, road, air or mail is named by a manifest, so its bill has to be stated: the
bill of lading, the waybill, or the number of the parcel. What does not cross the border, and what
comes through a fixed installation or with a passenger, has no bill.
"""

from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.fields import HEADER
from tongguan.domain.declarations.values import Flow, Submission
from tongguan.kernel.problems import Fault

SEA: Final = "2"
RAIL: Final = "3"
ROAD: Final = "4"
AIR: Final = "5"
MAIL: Final = "6"
_NAMED: Final = frozenset({SEA, RAIL, ROAD, AIR})
_WITH_VOYAGE: Final = frozenset({SEA})
_WITH_BILL: Final = frozenset({SEA, RAIL, ROAD, AIR, MAIL})


def check(submission: Submission, faults: list[Fault]) -> None:
    """Tell what is missing to find the goods in a manifest, and an air waybill misread."""
    transport, bill = submission.transport, submission.bill
    mode = transport.mode
    if mode in _WITH_BILL and not bill:
        field = HEADER["bill"]
        faults.append(problems.MISSING.at(field.pointer, field=field))
    if mode not in _NAMED:
        return
    if not transport.name and not _before_exit(submission):
        field = HEADER["transport.name"]
        faults.append(problems.MISSING.at(field.pointer, field=field))
    if mode in _WITH_VOYAGE and not transport.voyage:
        field = HEADER["transport.voyage"]
        faults.append(problems.MISSING.at(field.pointer, field=field))
    if mode == AIR and bill and not waybill_sound(bill):
        faults.append(problems.WAYBILL_CHECK.at("#/bill", bill=bill))


def waybill_sound(bill: str) -> bool:
    """Return whether a master air waybill ends in its check digit; house numbers may follow `_`.

    >>> waybill_sound("00012345675"), waybill_sound("00012345670")
    (True, False)
    """
    master = bill.partition("_")[0].replace("-", "")
    if len(master) != 11 or not (master.isascii() and master.isdigit()):
        return True
    return int(master[3:10]) % 7 == int(master[10])


def _before_exit(submission: Submission) -> bool:
    return submission.flow is Flow.EXPORT and submission.advance
