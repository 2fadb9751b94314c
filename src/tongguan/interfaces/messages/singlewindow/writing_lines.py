"""The lines of a declaration as DecList, with the licences and certificates that go with them."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from tongguan.domain.declarations.values import Flow, Line, Quantity, Submission
from tongguan.interfaces.messages import problems
from tongguan.interfaces.messages.singlewindow.shaping import block, group
from tongguan.kernel.problems import Fault

LONGEST: Final = 255
_NOTHING: Final = Quantity()

# fmt: off
ORDER: Final = (
    "CodeTS", "ContrItem", "DeclPrice", "DutyMode", "GModel", "GName", "GNo", "OriginCountry",
    "TradeCurr", "DeclTotal", "GQty", "FirstQty", "SecondQty", "GUnit", "FirstUnit", "SecondUnit",
    "UseTo", "DestinationCountry", "CiqCode", "DestCode", "DistrictCode", "RcepOrigPlaceCode",
)
# fmt: on


def write_line(parent: etree._Element, line: Line, flow: Flow) -> None:
    """Add a line; on an export the two countries stand in each other's place."""
    origin, destination = line.origin, line.destination
    if flow is Flow.EXPORT:
        origin, destination = destination, origin
    element = block(
        parent,
        "DecList",
        {
            "CodeTS": line.commodity,
            "ContrItem": line.record_item,
            "DeclPrice": line.price,
            "DutyMode": line.levy_mode,
            "GModel": line.elements,
            "GName": line.name,
            "GNo": line.number,
            "OriginCountry": origin,
            "TradeCurr": line.currency,
            "DeclTotal": line.total,
            "GQty": line.quantity.value,
            "FirstQty": line.first.value,
            "SecondQty": line.second.value,
            "GUnit": line.quantity.unit,
            "FirstUnit": line.first.unit,
            "SecondUnit": line.second.unit,
            "UseTo": line.use,
            "DestinationCountry": destination,
            "CiqCode": line.quarantine,
            "DestCode": line.division,
            "DistrictCode": line.region,
            "RcepOrigPlaceCode": line.preference.origin if line.preference else None,
        },
        ORDER,
    )
    _write_permits(element, line)


def _write_permits(element: etree._Element, line: Line) -> None:
    if not line.permits:
        return
    limits = group(element, "DecGoodsLimits")
    for permit in line.permits:
        used = permit.quantity or _NOTHING
        values = {
            "GoodsNo": line.number,
            "LicTypeCode": permit.kind,
            "LicenceNo": permit.number,
            "LicWrtofDetailNo": permit.line,
            "LicWrtofQty": used.value,
            "LicWrtofQtyUnit": used.unit,
        }
        block(limits, "DecGoodsLimit", values)


def write_preferences(root: etree._Element, submission: Submission) -> None:
    """Add the certificates of origin, one for each line that claims by one."""
    for line in submission.lines:
        claimed = line.preference
        if claimed is None or (claimed.agreement, claimed.certificate, claimed.line) == (None,) * 3:
            continue
        values = {
            "CertType": f"Y{claimed.agreement}" if claimed.agreement else None,
            "EcoCertNo": claimed.certificate,
            "DecGNo": line.number,
            "EcoGNo": claimed.line,
        }
        block(root, "EcoRelation", values)


def too_long(submission: Submission) -> Iterator[Fault]:
    """Walk the texts of lines that are longer than the message takes: none is cut."""
    for index, line in enumerate(submission.lines):
        for field, name, text in (
            ("name", "GName", line.name),
            ("elements", "GModel", line.elements),
        ):
            if text is not None and len(text) > LONGEST:
                facts = {"name": name, "length": len(text), "limit": LONGEST}
                place = f"DecList[GNo={line.number}]/{name}"
                yield problems.TOO_LONG.at(f"#/lines/{index}/{field}", place=place, **facts)
