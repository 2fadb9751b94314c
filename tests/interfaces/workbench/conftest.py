"""Officers, gates and carriers who sign in, and declarations that wait for them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from django.test import Client

from tests.domain.holding import held, trader
from tests.facilities.accounts.factories import PersonFactory, PostingFactory
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import holds_of, standing
from tongguan.domain.declarations.queries import heads
from tongguan.domain.parties import commands as parties
from tongguan.domain.parties.values import CreditClass, EnterpriseKind
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.kernel.identifiers import DeclarationId, credit_code
from tongguan.kernel.time import utc_now

POSTS: Final[dict[str, dict[str, Any]]] = {
    "reviewer": {"role": "REVIEWER", "office": ""},
    "second": {"role": "REVIEWER", "office": ""},
    "inspector": {"role": "INSPECTOR", "office": "0202"},
    "colleague": {"role": "INSPECTOR", "office": "0202"},
    "third": {"role": "INSPECTOR", "office": "0202"},
    "chief": {"role": "CHIEF", "office": "0202"},
    "elsewhere": {"role": "INSPECTOR", "office": "0401"},
    "revenue": {"role": "REVENUE", "office": ""},
    "analyst": {"role": "RISK_ANALYST", "office": ""},
    "coordinator": {"role": "COORDINATOR", "office": ""},
    "auditor": {"role": "AUDITOR", "office": ""},
    "administrator": {"role": "ADMINISTRATOR", "office": ""},
    "gate": {"role": "GATE", "office": "", "site": "0202-01"},
    "terminal": {"role": "SITE_OPERATOR", "office": "", "site": "0202-01"},
    "carrier": {"role": "CARRIER", "office": ""},
    "trader": {"role": "TRADER", "office": ""},
}
DESK: Final = "/desk"


@dataclass
class House:
    """Everybody who may be asked for, and the trader whose goods wait."""

    trader_id: int
    carrier_id: int
    clients: dict[str, Client] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)

    def at(self, name: str, tongue: str = "en") -> Client:
        """Return somebody signed in, who reads this language."""
        key = f"{name} {tongue}"
        if key not in self.clients:
            client = Client(headers={"accept-language": tongue})
            if name not in self.people:
                self.people[name] = self._person(name)
            client.force_login(self.people[name])
            self.clients[key] = client
        return self.clients[key]

    def get(self, name: str, path: str, tongue: str = "en", *, wants: int = 200) -> str:
        """Return a page as somebody sees it."""
        answer = self.at(name, tongue).get(DESK + path)
        assert answer.status_code == wants, answer.content.decode()[:2_000]
        return answer.content.decode()

    def post(self, name: str, path: str, *, wants: int = 302, **sent: Any) -> str:
        """Post a form; return the page, or where it leads."""
        answer = self.at(name).post(DESK + path, sent)
        assert answer.status_code == wants, answer.content.decode()[:3_000]
        return answer.headers.get("Location") or answer.content.decode()

    def held(self, *kinds: HoldKind, ago: timedelta = timedelta(hours=1), **what: Any) -> Any:
        """Return a declaration that has waited for this since a while."""
        return held(self.trader_id, *kinds, since=utc_now() - ago, **what)

    def _person(self, name: str) -> Any:
        post = dict(POSTS[name])
        if name in {"carrier", "trader"}:
            post["enterprise_id"] = self.carrier_id if name == "carrier" else self.trader_id
        person = PersonFactory.create(username=name, name_en=f"{name} English", name_zh="张三")
        PostingFactory.create(person=person, **post)
        return person


def drawn(house: House, id_: DeclarationId) -> None:
    """Have the two inspectors of 0202 on duty, and draw them for an examination."""
    for name in ("inspector", "colleague"):
        house.post(name, "/inspection/duty", office="0202", officer=name, present="yes")
    house.post("inspector", f"/case/{id_}/officers", act="draw", at="site")


@pytest.fixture
def house(db: None) -> House:
    """Return an empty house: nothing waits, nothing lies, nothing moves."""
    return begin()


@pytest.fixture
def open_house(transactional_db: None) -> House:
    """Return an empty house that is served, so that a browser can enter."""
    return begin()


def begin() -> House:
    """Register the trader and a carrier."""
    lines = parties.register(
        scc=credit_code("91120116FAKE00079"),
        customs_code="1207900079",
        name_zh="天津示例运输有限公司",
        name_en="",
        kind=EnterpriseKind.CARRIER,
        home_office="0202",
        credit=CreditClass.GENERAL,
        by=SYSTEM,
        now=utc_now(),
    )
    return House(trader(), lines)


@pytest.fixture
def number() -> Callable[[DeclarationId], str]:
    """Return how a declaration's customs number is looked up."""
    return lambda id_: heads([id_])[id_].number


def open_kinds(id_: DeclarationId) -> set[HoldKind]:
    """Return what a declaration waits for."""
    return {row.kind for row in holds_of(id_) if row.ended_at is None}


def state(id_: DeclarationId) -> str:
    """Return how far a declaration has come."""
    return str(standing([id_])[id_].state)


def local(at: datetime) -> str:
    """Return a moment as a form's field sends it."""
    return (at + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M")
