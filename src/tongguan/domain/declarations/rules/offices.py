"""The four offices, and the site where the goods lie. Source: the region pack, as of the day."""

from datetime import date
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.fields import HEADER
from tongguan.domain.declarations.values import Submission
from tongguan.domain.reference.values import Snapshot
from tongguan.kernel.problems import Fault

_ROLES: Final = tuple(
    HEADER[f"offices.{role}"] for role in ("declaration", "goods", "payment", "inspection")
)


def check(submission: Submission, reference: Snapshot, day: date, faults: list[Fault]) -> None:
    """Tell offices that are none, and a site that is not at the office of the goods."""
    stated = submission.offices
    find = reference.region.office
    codes = (stated.declaration, stated.goods, stated.payment, stated.inspection)
    for field, code in zip(_ROLES, codes, strict=True):
        if code is None:
            continue
