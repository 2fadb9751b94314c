"""Somebody to whom every role is given, so that every act is reached."""

from collections.abc import Iterator, Mapping
from typing import Final

from tests.interfaces.scene import PASSWORD, enterprise
from tongguan.domain.declarations.values import Party
from tongguan.domain.parties.queries import employer
from tongguan.domain.parties.values import EnterpriseKind
from tongguan.facilities.accounts.commands import admit_person
from tongguan.facilities.accounts.values import SYSTEM, NewPosting, Post, Role
from tongguan.kernel.identifiers import credit_code
from tongguan.kernel.time import utc_now

HOUSE: Final = Party(scc=credit_code("91120116FAKE00073"), code="1207900073", name="示例银行")
MINISTRY: Final = Party(scc=credit_code("91110101FAKE00085"), code="1111900085", name="示例窗口")
WORKS_FOR: Final = {
    Role.TRADER: "broker",
    Role.BROKER: "broker",
    Role.CARRIER: "lines",
    Role.BANK: "bank",
    Role.AGENCY: "ministry",
}


def postings(firms: Mapping[str, int]) -> list[NewPosting]:
    """Return a posting of every role that people have, the enterprises' at those of the scene."""
    known = {
        "bank": enterprise(HOUSE, EnterpriseKind.BANK),
        "ministry": enterprise(MINISTRY, EnterpriseKind.AGENCY),
        **firms,
    }
    return list(_postings(known))


def _postings(firms: Mapping[str, int]) -> Iterator[NewPosting]:
    for role in Role:
        if role in WORKS_FOR:
            yield NewPosting(role, employer=employer(firms[WORKS_FOR[role]], utc_now().date()))
        elif role.post is Post.SITE:
            yield NewPosting(role, site="0202-01")
        elif role.post is Post.OFFICE:
            yield NewPosting(role)


def admit(name: str, *given: NewPosting) -> str:
    """Admit somebody with postings; return the name by which he signs in."""
    admit_person(
        username=name,
        password=PASSWORD,
        name_zh=name,
        name_en=name,
        postings=list(given),
        password_is_own=True,
        by=SYSTEM,
        now=utc_now(),
    )
    return name
