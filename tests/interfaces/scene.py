"""Two traders with a broker each who know nothing of one another, and what the first one lodged."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from msgspec.structs import replace

from tests.domain.declarations.samples import BROKER, TRADER, sound
from tests.domain.risk.cases import in_force
from tests.emptying.rows import Rows, filled, put_back, rows
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.queries import holds_of
from tongguan.domain.clearance.values import NewHold
from tongguan.domain.declarations.queries import heads
from tongguan.domain.declarations.values import Party, Submission
from tongguan.domain.parties import commands as parties
from tongguan.domain.parties.queries import acting, employer
from tongguan.domain.parties.values import CreditClass, EnterpriseKind
from tongguan.domain.risk.active import forget
from tongguan.domain.risk.criteria import Share
from tongguan.facilities.accounts.commands import admit_person
from tongguan.facilities.accounts.queries import duties_of_person
from tongguan.facilities.accounts.values import SYSTEM, Actor, NewPosting, Role
from tongguan.kernel.identifiers import DeclarationId, HoldId, credit_code
from tongguan.kernel.time import LOCAL, utc_now
from tongguan.processes import sandbox
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.values import Incoming

RIVAL: Final = Party(
    scc=credit_code("91110113FAKE00077"), code="1111900077", name="北京另一机械有限公司"
)
AGENT: Final = Party(
    scc=credit_code("91120116FAKE00078"), code="1207900078", name="天津另一报关有限公司"
)
LINES: Final = Party(
    scc=credit_code("91120116FAKE00079"), code="1207900079", name="天津示例运输有限公司"
)
SINCE: Final = date(2020, 1, 1)
PASSWORD: Final = "correct horse battery"


@dataclass(frozen=True)
class Scene:
    """Enterprises by role in the play, and who works for them."""

    firms: dict[str, int]
    people: dict[str, int]
    postings: dict[str, NewPosting]

    def actor(self, name: str) -> Actor:
        """Return what somebody may do at this moment."""
        now = utc_now()
        duties = duties_of_person(self.people[name], now=now)
        assert duties is not None
        return acting(duties, channel="portal", now=now)


def draw_nothing(now: datetime) -> None:
    """Let the random share draw nothing: a check by chance would refute a test by chance."""
    in_force(*(_never(treatment) for treatment in ("documents", "sample")), now=now)


_PLAYED: Final[dict[date, tuple[Scene, Rows]]] = {}


def play() -> Scene:
    """Have everybody registered, with a mandate on each side, and the sandbox bank open.

    Where all tables are empty it is played once a process and day: from then on its rows are put
    back. Cost: 0.03 s then, of 0.3.
    """
    day = utc_now().astimezone(LOCAL).date()
    with connection.cursor() as cursor:
        if filled(cursor):
            return _play()
        if day not in _PLAYED:
            _PLAYED[day] = _play(), rows(cursor.cursor)
        else:
            with transaction.atomic():
                put_back(cursor.cursor, _PLAYED[day][1])
            # What the process keeps may be of a test that had other criteria in force.
            forget()
    return _PLAYED[day][0]


def _play() -> Scene:
    now = utc_now()
    draw_nothing(now)
    sandbox.open_bank(now=now)
    firms = {
        "trader": enterprise(TRADER, EnterpriseKind.TRADER),
        "broker": enterprise(BROKER, EnterpriseKind.BROKER),
        "rival": enterprise(RIVAL, EnterpriseKind.TRADER),
        "agent": enterprise(AGENT, EnterpriseKind.BROKER),
        "lines": enterprise(LINES, EnterpriseKind.CARRIER),
    }
    for principal, broker in (("trader", "broker"), ("rival", "agent")):
        _mandate(firms[principal], firms[broker], now)
    postings = {
        "trader": NewPosting(Role.TRADER, employer=employer(firms["trader"], now.date())),
        "broker": NewPosting(Role.BROKER, employer=employer(firms["broker"], now.date())),
        "rival": NewPosting(Role.TRADER, employer=employer(firms["rival"], now.date())),
        "agent": NewPosting(Role.BROKER, employer=employer(firms["agent"], now.date())),
        "lines": NewPosting(Role.CARRIER, employer=employer(firms["lines"], now.date())),
        "reviewer": NewPosting(Role.REVIEWER),
        "elsewhere": NewPosting(Role.REVIEWER, office="0421"),
        "inspector": NewPosting(Role.INSPECTOR, office="0202"),
        "gate": NewPosting(Role.GATE, site="0202-01"),
        "far-gate": NewPosting(Role.GATE, site="0101-01"),
    }
    people = {
        name: admit_person(
            username=name,
            password=PASSWORD,
            name_zh=name,
            name_en=name,
            postings=[posting],
            password_is_own=True,
            by=SYSTEM,
            now=now,
        )
        for name, posting in postings.items()
    }
    return Scene(firms, people, postings)


def declared(reference: str = "R-1", **changes: Any) -> Submission:
    """Return the sample as of today, under a reference and a bill of its own."""
    today = datetime.now(UTC).date() - timedelta(days=1)
    given: dict[str, Any] = {"bill": f"BILL{reference}", "entry_date": today, **changes}
    return replace(sound(), reference=reference, **given)


def lodged(one: Submission, by: Actor = SYSTEM) -> DeclarationId:
    """Lodge a declaration; it has to be accepted."""
    [answer] = lodge([Incoming(one, None, bytes(32), "json")], by=by, now=utc_now())
    assert answer.declaration_id is not None, answer.faults
    return DeclarationId(UUID(str(answer.declaration_id)))


def hold(
    id_: DeclarationId, kind: HoldKind, why: Why, office: str = "0202", **facts: str
) -> HoldId:
    """Put something in the way of a declaration."""
    new = NewHold(id_, kind, office, why, facts, utc_now())
    with transaction.atomic():
        clearance.open_hold(clearance.lock(id_), new, by=SYSTEM, now=utc_now())
    return new.id


def open_kinds(id_: DeclarationId) -> set[HoldKind]:
    """Return what a declaration waits for."""
    return {row.kind for row in holds_of(id_) if row.ended_at is None}


def _never(treatment: str) -> Share:
    return Share(treatment=treatment, credit=str(CreditClass.GENERAL), share=Decimal(0))


def enterprise(party: Party, kind: EnterpriseKind) -> int:
    """Register an enterprise of a kind."""
    return parties.register(
        scc=str(party.scc),
        customs_code=str(party.code),
        name_zh=str(party.name),
        name_en="",
        kind=kind,
        home_office="0117",
        credit=CreditClass.GENERAL,
        by=SYSTEM,
        now=utc_now(),
        since=SINCE,
    )


def _mandate(principal: int, broker: int, now: datetime) -> None:
    parties.grant_mandate(
        principal_id=principal,
        broker_id=broker,
        valid_from=now.date() - timedelta(days=30),
        valid_until=now.date() + timedelta(days=300),
        by=SYSTEM,
        now=now,
    )


def end_all(id_: DeclarationId, *, but: HoldKind | None = None) -> None:
    """End whatever holds a declaration, but for holds of one kind."""
    with transaction.atomic():
        locked = clearance.lock(id_)
        for row in holds_of(id_):
            if row.ended_at is None and row.kind is not but:
                clearance.discharge(locked, row.id, by=SYSTEM, now=utc_now())


def number_of(id_: DeclarationId) -> str:
    """Return the customs number of a declaration."""
    return heads([id_])[id_].number
