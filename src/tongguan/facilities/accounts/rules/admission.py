"""Whether an account or a posting can be granted as asked. Every fault is told."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from tongguan.facilities.accounts import problems
from tongguan.facilities.accounts.values import SYSTEM, NewPosting, Post, Role
from tongguan.kernel.identifiers import DISTRICT_FORM
from tongguan.kernel.problems import Fault
from tongguan.kernel.spelling import described, unreadable, without_edges

_USERNAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
_OFFICE: Final = re.compile(r"[0-9]{4}")


def check_name(name: str) -> Iterator[Fault]:
    """Yield what is wrong with the name of an account."""
    if not _USERNAME.fullmatch(name) or name == SYSTEM.name:
        yield problems.NAME_FORM.at("#/username", name=name)


def check_words(words: str, pointer: str, *, required: bool = True) -> Iterator[Fault]:
    """Yield what is wrong with the name of a person or of software, as people read it."""
    if required and not without_edges(words):
        yield problems.NAME_EMPTY.at(pointer)
    elif sign := unreadable(words):
        yield problems.NAME_SIGN.at(pointer, sign=described(sign))


def check_posting(new: NewPosting, *, now: datetime, pointer: str = "#") -> Iterator[Fault]:
    """Yield what is wrong with a posting: what its role is bound to, its office, or its end.

    People act for an enterprise in the roles that its registration gives, and in no other.

    Args:
        new: the posting asked for.
        now: when it would begin.
        pointer: where the posting stands in what was sent.
    """
    if new.role is Role.SYSTEM:
        yield problems.NOT_GRANTED.at(f"{pointer}/role", role=new.role)
        return
    post = new.role.post
    named = (new.employer is not None, bool(new.site), bool(new.office or new.district))
    wanted = (post is Post.ENTERPRISE, post is Post.SITE, post is Post.OFFICE and named[2])
    if named != wanted or (new.office and new.district):
        yield problems.NOT_BOUND.at(pointer, role=new.role, bound=post)
    elif new.employer is not None and new.role not in new.employer.roles:
        facts = {"enterprise": new.employer.code, "kind": new.employer.kind, "role": new.role}
        yield problems.OTHER_TRADE.at(f"{pointer}/role", **facts)
    if new.office and not _OFFICE.fullmatch(new.office):
        yield problems.OFFICE_FORM.at(f"{pointer}/office", office=new.office)
    if new.district and not DISTRICT_FORM.fullmatch(new.district):
        yield problems.OFFICE_FORM.at(f"{pointer}/district", office=new.district)
    if new.valid_until is not None and new.valid_until <= now:
        yield problems.PERIOD.at(f"{pointer}/valid_until", until=new.valid_until.isoformat())
