"""Refusals of this room, CAR-001 to CAR-099. A code is never reused."""

from http import HTTPStatus

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY

NO_BILL = Problem(
    code="CAR-001",
    status=HTTPStatus.NOT_FOUND,
    title=_("No such bill"),
    detail=_("No manifest names bill or container {bill}."),
    remedy=_("Check the number, or send the manifest first."),
)
NO_SITE = Problem(
    code="CAR-002",
    status=_REFUSED,
    title=_("No such site"),
    detail=_("No control site {site} is in force today."),
    remedy=_("Use the site's code from the region pack."),
)
OTHER_OFFICE = Problem(
    code="CAR-003",
    status=_REFUSED,
    title=_("Office not in force"),
    detail=_("Manifest {manifest}: office {office} is not in force today."),
    remedy=_("Use the four digits of the office of entry or exit."),
)
BILL_TWICE = Problem(
    code="CAR-004",
    status=HTTPStatus.CONFLICT,
    title=_("Bill on two manifests"),
    detail=_("Bill {bill} stands on manifest {other} already."),
    remedy=_("Correct the number, or withdraw the other manifest."),
)
NO_BILLS = Problem(
    code="CAR-005",
    status=_REFUSED,
    title=_("Empty manifest"),
    detail=_("Manifest {manifest} names no bill."),
    remedy=_("List the bills of the voyage."),
)
UNREADABLE = Problem(
    code="CAR-006",
    status=_REFUSED,
    title=_("Manifest cannot be read"),
    detail=_("{reason}"),
    remedy=_("Correct it and send it again; the guide to messages shows the form."),
)
