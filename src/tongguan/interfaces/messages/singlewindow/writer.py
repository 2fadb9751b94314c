"""The canonical declaration, written as a DecMessage."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from lxml import etree

from tongguan.domain.declarations.values import (
    Charge,
    Confirmations,
    Flow,
    Function,
    Mode,
    Offices,
    Submission,
)
from tongguan.interfaces.messages.differences import lost
from tongguan.interfaces.messages.singlewindow.marks import type_of
from tongguan.interfaces.messages.singlewindow.problems import NOT_HELD
from tongguan.interfaces.messages.singlewindow.reader import read_message
from tongguan.interfaces.messages.singlewindow.shaping import SPACES, block, group, named
from tongguan.interfaces.messages.singlewindow.writing_lines import (
    too_long,
    write_line,
    write_preferences,
)
from tongguan.interfaces.messages.translation.tables import Translation
from tongguan.interfaces.messages.values import Defaults, Format, Limits
from tongguan.kernel.problems import Fault

VERSION: Final = "4.9.7"
_SEQUENCE: Final = re.compile(r"[IE][0-9]{17}")
_SIGNS: Final = {True: "1", False: "0", None: "9"}

# fmt: off
HEAD: Final = (
    "SeqNo", "IEFlag", "Type", "AgentCode", "AgentName", "BillNo", "ContrNo", "CustomMaster",
    "CutMode", "DistinatePort", "FeeCurr", "FeeMark", "FeeRate", "GrossWet", "IEDate", "IEPort",
    "InsurCurr", "InsurMark", "InsurRate", "LicenseNo", "ManualNo", "NetWt", "NoteS", "OtherCurr",
    "OtherMark", "OtherRate", "OwnerCode", "OwnerName", "PackNo", "TradeCode", "TradeCountry",
    "TradeMode", "TradeName", "TrafMode", "TrafName", "TransMode", "WrapType", "EntryId", "EdiId",
    "EntryType", "DeclTrnRel", "ChkSurety", "OwnerCodeScc", "AgentCodeScc", "TradeCoScc",
    "PromiseItmes", "TradeAreaCode", "MarkNo", "DespPortCode", "EntyPortCode", "GoodsPlace",
    "BLNo", "PurpOrgCode", "OverseasConsignorCode", "OverseasConsignorEname",
    "OverseasConsigneeCode", "OverseasConsigneeEname",
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Written:
    """A document, and what the format could not hold: nothing is cut or dropped unsaid."""

    data: bytes
    faults: tuple[Fault, ...] = ()


def write(submission: Submission, *, tables: Translation, day: date) -> Written:
    """Return a declaration as a DecMessage, with every value that the message cannot hold.

    What was written is read again and compared. The office of payment has no place in the
    message: the receiving side knows it of the trader.
    """
    root = _message(submission)
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    payment = Defaults(Offices(payment=submission.offices.payment))
    limits = Limits(lines=len(submission.lines))
    again = read_message(root, tables.on("singlewindow", day), payment, limits).submission
    faults = [
        NOT_HELD.at(pointer, format=Format.SINGLE_WINDOW, field=pointer)
        for pointer in lost(submission, again)
    ]
    return Written(data, (*faults, *too_long(submission)))


def _message(submission: Submission) -> etree._Element:
    root = etree.Element(named("DecMessage"), nsmap=SPACES, version=VERSION)
    block(root, "DecHead", _head(submission), HEAD)
    lists = group(root, "DecLists")
    for line in submission.lines:
        write_line(lists, line, submission.flow)
    licences = group(root, "DecLicenseDocus")
    for permit in submission.permits:
        if permit.kind is not None:
            block(licences, "LicenseDocu", {"DocuCode": permit.kind, "CertCode": permit.number})
    _write_containers(root, submission)
    moved = submission.mode_asked is Mode.TRANSIT
    sign = {"OperType": "D" if moved else "C", "ClientSeqNo": submission.reference}
    block(root, "DecSign", sign)
    place = submission.place
    block(root, "DecFreeTxt", {"VoyNo": submission.transport.voyage, "CusFie": place.id})
    if place.inspection is not None:
        access = {"TransitionApply": "1", "TransitionSite": place.inspection}
        block(root, "DecTpAccess", access)
    _write_transit(root, submission)
    for document in submission.documents:
        values = {
            "EdocID": document.number,
            "EdocCode": document.kind,
            "EdocFomatType": document.format,
        }
        block(root, "EdocRealation", values)
    write_preferences(root, submission)
    return root


def _write_containers(root: etree._Element, submission: Submission) -> None:
    containers = group(root, "DecContainers")
    for container in submission.containers:
        values = {
            "ContainerId": container.id,
            "ContainerMd": container.size,
            "LclFlag": None if container.shared is None else str(int(container.shared)),
            "GoodsNo": ",".join(map(str, container.lines)),
        }
        block(containers, "Container", values)


def _write_transit(root: etree._Element, submission: Submission) -> None:
    inland = submission.transport.inland
    if inland is not None:
        values = {
            "NativeTrafMode": inland.mode,
            "NativeShipName": inland.name,
            "NativeVoyageNo": inland.voyage,
        }
        block(root, "TrnHead", values)
    for container in submission.containers:
        if container.seals:
            seals = ",".join(container.seals)
            block(root, "TrnContainer", {"ContaNo": container.id, "SealNo": seals})


def _head(submission: Submission) -> dict[str, object]:
    imported = submission.flow is Flow.IMPORT
    parties, overseas = submission.parties, submission.parties.overseas
    far = submission.countries.dispatch if imported else submission.countries.destination
    side = "OverseasConsignor" if imported else "OverseasConsignee"
    values: dict[str, object] = {
        "IEFlag": "I" if imported else "E",
        "Type": type_of(submission.mode_asked, submission.function, submission.kind),
        "BillNo": submission.bill,
        "ContrNo": submission.contract,
        "CustomMaster": submission.offices.declaration,
        "CutMode": submission.regime.levy,
        "DistinatePort": submission.ports.call,
        "GrossWet": submission.mass.gross,
        "IEDate": f"{submission.entry_date:%Y%m%d}" if submission.entry_date else None,
        "IEPort": submission.offices.goods,
        "LicenseNo": next((p.number for p in submission.permits if p.kind is None), None),
        "ManualNo": submission.regime.record,
        "NetWt": submission.mass.net,
        "NoteS": submission.remarks,
        "PackNo": submission.packages.count,
        "TradeCountry": far,
        "TradeMode": submission.regime.supervision,
        "TrafMode": submission.transport.mode,
        "TrafName": submission.transport.name,
        "TransMode": submission.terms,
        "WrapType": submission.packages.kind,
        "EdiId": "1",
        "EntryType": "M",
        "DeclTrnRel": "1" if submission.mode_asked is Mode.TRANSIT else "0",
        "ChkSurety": "1" if submission.released_on_guarantee else "0",
        "PromiseItmes": _promises(submission.confirmations),
        "TradeAreaCode": submission.countries.trading,
        "MarkNo": submission.packages.marks,
        "DespPortCode": submission.ports.departure,
        "EntyPortCode": submission.place.port,
        "GoodsPlace": submission.place.name,
        "PurpOrgCode": submission.offices.inspection,
        f"{side}Code": overseas.code,
        f"{side}Ename": overseas.name,
    }
    named = {"Trade": parties.trader, "Owner": parties.owner, "Agent": parties.declarant}
    for name, party in named.items():
        values[f"{name}Code"], values[f"{name}Name"] = party.code, party.name
        values["TradeCoScc" if name == "Trade" else f"{name}CodeScc"] = party.scc
    charges = submission.charges
    for name, charge in (
        ("Fee", charges.freight),
        ("Insur", charges.insurance),
        ("Other", charges.other),
    ):
        values |= _charge(name, charge)
    return values | _number(submission)


def _number(submission: Submission) -> dict[str, object]:
    """Return the number of the declaration it belongs to, under the name its form asks for."""
    second = submission.function is Function.COMPLETE
    if submission.of and second and _SEQUENCE.fullmatch(submission.of):
        return {"SeqNo": submission.of}
    return {"EntryId": submission.of}


def _charge(name: str, charge: Charge | None) -> dict[str, object]:
    if charge is None:
        return {}
    return {
        f"{name}Mark": charge.mark,
        f"{name}Rate": charge.rate,
        f"{name}Curr": charge.currency,
    }


def _promises(said: Confirmations) -> str:
    signs = (
        said.relationship,
        said.price_effect,
        said.royalties,
        said.formula_price,
        said.provisional_price,
    )
    return "".join(_SIGNS[sign] for sign in signs).rstrip("9")
