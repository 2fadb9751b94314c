"""The four offices, and the sites of the goods. Source: the region pack, as of the day."""

from datetime import date
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.fields import HEADER, SITE_ASKED, Field
from tongguan.domain.declarations.values import Submission
from tongguan.domain.reference.values import Snapshot
from tongguan.kernel.problems import Fault

_DECLARATION: Final = HEADER["offices.declaration"]
_PAYMENT: Final = HEADER["offices.payment"]
_GOODS: Final = HEADER["offices.goods"]
_INSPECTION: Final = HEADER["offices.inspection"]
_SITE: Final = HEADER["place.id"]


def check(submission: Submission, reference: Snapshot, day: date, faults: list[Fault]) -> None:
    """Tell offices that are none, and sites that are none or not at the office of the goods.

    Any office in service may take the declaration and the payment; goods lie and are inspected at
    offices that are places.
    """
    stated, find = submission.offices, reference.region.office
    for field, code, of_goods in (
        (_DECLARATION, stated.declaration, False),
        (_GOODS, stated.goods, True),
        (_PAYMENT, stated.payment, False),
        (_INSPECTION, stated.inspection, True),
    ):
        if not code:
            continue
        office = find(code, day)
        if office is None:
            at = field.pointer
            faults.append(problems.OFFICE_UNKNOWN.at(at, field=field, office=code, day=day))
        elif of_goods and not office.place:
            faults.append(problems.OFFICE_IS_DEPARTMENT.at(field.pointer, field=field, office=code))
    place = submission.place
    if place.id:
        _site(place.id, _SITE, stated.goods, reference=reference, day=day, faults=faults)
    if place.inspection:
        _site(place.inspection, SITE_ASKED, None, reference=reference, day=day, faults=faults)


def _site(
    code: str,
    field: Field,
    office: str | None,
    *,
    reference: Snapshot,
    day: date,
    faults: list[Fault],
) -> None:
    site = reference.region.site(code, day)
    if site is None:
        faults.append(problems.SITE_UNKNOWN.at(field.pointer, field=field, site=code, day=day))
    elif office and site.office != office:
        told = problems.SITE_OF_OTHER_OFFICE
        faults.append(told.at(field.pointer, site=code, owner=site.office, office=office))
