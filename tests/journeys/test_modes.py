"""Declared in one district, released in another: whole cases over the API, by their own users."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from msgspec.json import encode
from msgspec.structs import replace

from tests.domain.declarations.samples import BROKER, TRADER, sound
from tests.journeys.test_last_two_holds import admit
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import holds_of
from tongguan.domain.declarations.queries import by_number
from tongguan.domain.declarations.values import Inland, Mode, Offices, Submission, Transport
from tongguan.domain.inspection import commands as inspection
from tongguan.domain.inspection.values import Signed
from tongguan.domain.parties.queries import find
from tongguan.domain.review import commands as review
from tongguan.domain.risk import approvals
from tongguan.domain.risk.active import forget
from tongguan.domain.risk.criteria import Condition, Kind, Profile
from tongguan.facilities.accounts.commands import register_client
from tongguan.facilities.accounts.values import SYSTEM, Actor, NewPosting, Role
from tongguan.kernel.time import utc_now
from tongguan.processes import sandbox
from tongguan.processes.jobs import follow

pytestmark = pytest.mark.django_db(transaction=True)
BOX = "XMPU0000013"


class User:
    """Software of one user, signed in with client credentials."""

    def __init__(self, name: str, *postings: NewPosting) -> None:
        """Admit the user and sign in."""
        id_, secret = register_client(
            name=name, label=name, postings=postings, by=SYSTEM, now=utc_now()
        )
        self._client = Client()
        form = {"grant_type": "client_credentials", "client_id": id_, "client_secret": secret}
        token = self._client.post("/oauth/token", form).json()["access_token"]
        self._headers = {"Authorization": f"Bearer {token}"}

    def post(self, path: str, body: bytes | dict[str, Any], *, wants: int = 200) -> Any:
        """Post to the API and return what it says."""
        data = body if isinstance(body, bytes) else json.dumps(body)
        answer = self._client.post(
            f"/api/v1{path}", data, content_type="application/json", headers=self._headers
        )
        assert answer.status_code == wants, answer.content
        return answer.json()

    def get(self, path: str) -> Any:
        """Get from the API."""
        answer = self._client.get(f"/api/v1{path}", headers=self._headers)
        assert answer.status_code == 200, answer.content
        return answer.json()


@pytest.fixture
def broker() -> User:
    """Return the broker of the samples, with the sandbox bank open."""
    admit()
    sandbox.open_bank(now=utc_now())
    return User("broker", NewPosting(Role.BROKER, enterprise_id=find(str(BROKER.scc))))


def at_gate(site: str) -> User:
    """Return the gate of a site."""
    return User(f"gate-{site}", NewPosting(Role.GATE, site=site))


def select(treatment: str) -> None:
    """Put a profile in force that meets every declaration of the sample's trader."""
    by = [analyst(name) for name in ("first", "second")]
    wanted = Profile(
        name=treatment,
        conditions=(Condition("trader", "is", (str(TRADER.scc),)),),
        treatment=treatment,
        reason="goods",
    )
    [made] = approvals.propose(criteria=[wanted], by=by[0], now=utc_now())
    approvals.approve(kind=Kind.PROFILE, ids=[made.id], by=by[1], now=utc_now())
    forget()


def analyst(name: str) -> Actor:
    """Return an analyst."""
    return Actor(name, name, roles=frozenset({Role.RISK_ANALYST}))


def declared(**changes: Any) -> Submission:
    """Return the sample, as of today."""
    today = datetime.now(UTC).date() - timedelta(days=1)
    return replace(sound(), entry_date=today, **changes)


def arrive(site: str) -> None:
    """Let the carrier's manifest and the site's report come in."""
    carrier = User("carrier", NewPosting(Role.SITE_OPERATOR, site=site))
    one = sound()
    bill = {"number": one.bill, "packages": 42, "gross": "3050", "units": [{"id": BOX}]}
    voyage = {"number": "M1", "mode": "2", "name": "EXAMPLE STAR", "voyage": "020W"}
    manifest = {**voyage, "flow": "import", "office": site[:4], "bills": [bill]}
    carrier.post("/manifests", manifest)
    carrier.post("/arrivals", {"number": str(one.bill), "site": site})


def pay(number: str) -> None:
    """Pay at the sandbox bank, once checks that the random share drew are over."""
    id_ = by_number(number)
    assert id_ is not None
    for hold in holds_of(id_):
        act: dict[str, Any] = {
            "declaration_id": id_,
            "hold_id": hold.id,
            "by": SYSTEM,
            "now": utc_now(),
        }
        if hold.ended_at is None and hold.kind is HoldKind.REVIEW:
            review.close_review(finding="", words="", **act)
        if hold.ended_at is None and hold.kind is HoldKind.INSPECTION:
            signed = Signed(officers=("a", "b"), witness="w", result="as declared")
            inspection.sign_record(signed=signed, **act)
    sandbox.pay(declaration_id=id_, by=SYSTEM, now=utc_now())


def leaves(number: str, site: str) -> None:
    """See that the gate opens on the release order, let the box out, and that all is closed."""
    follow(now=utc_now())
    gate = at_gate(site)
    answer = gate.get(f"/gate/{site}/{BOX}")
    assert answer["may_leave"], answer
    gate.post(f"/gate/{site}/{BOX}/out", {})
    assert not gate.get(f"/gate/{site}/{BOX}")["may_leave"]


def open_kinds(user: User, number: str) -> set[str]:
    """Return what a declaration still waits for."""
    held = user.get(f"/declarations/{number}/holds")
    return {hold["kind"] for hold in held if hold["ended"] is None}


def test_cleared_at_the_port_where_the_goods_lie(broker: User) -> None:
    arrive("0202-01")

    told = broker.post(
        "/declarations", encode(declared(offices=Offices(declaration="0202"))), wants=201
    )
    pay(told["number"])

    assert broker.get(f"/declarations/{told['number']}")["mode"] == "port"
    leaves(told["number"], "0202-01")
    assert broker.get(f"/declarations/{told['number']}")["state"] == "CLOSED"


def test_a_gate_is_told_of_its_own_site_only(broker: User) -> None:
    arrive("0202-01")
    here = Offices(declaration="0202")
    told = broker.post("/declarations", encode(declared(offices=here)), wants=201)
    pay(told["number"])
    follow(now=utc_now())

    elsewhere = at_gate("0101-01")

    refused = elsewhere.post(f"/gate/0202-01/{BOX}/out", {}, wants=403)
    assert [error["code"] for error in refused["errors"]] == ["ACC-011"]
    assert broker.get(f"/declarations/{told['number']}")["state"] == "RELEASED"


def test_moved_under_seal_and_cleared_inland(broker: User) -> None:
    arrive("0202-01")
    sea = Transport(
        mode="2", name="EXAMPLE STAR", voyage="020W", inland=Inland(mode="4", name="D1")
    )
    offices = Offices(declaration="0115", goods="0202", payment="0115", inspection="0115")
    one = declared(offices=offices, transport=sea)

    told = broker.post("/declarations", encode(one), wants=201)
    number = told["number"]
    carrier = User("lorry", NewPosting(Role.CARRIER, enterprise_id=find(str(BROKER.scc))))
    path = f"/declarations/{number}/transit"
    carrier.post(f"{path}/departure", {"vehicle": "D1", "seals": "S1"})
    stranger = User("other", NewPosting(Role.CARRIER, enterprise_id=find(str(TRADER.scc))))
    stranger.post(f"{path}/arrival", {"intact": True}, wants=404)
    assert "TRANSIT" in open_kinds(broker, number)
    carrier.post(f"{path}/arrival", {"intact": True})
    pay(number)

    assert {"TRANSIT", "PAYMENT"} <= {hold["kind"] for hold in told["holds"]}
    status = broker.get(f"/declarations/{number}")
    assert (status["mode"], status["state"]) == ("transit", "RELEASED")


def test_declared_inland_inspected_and_released_at_the_port(broker: User) -> None:
    select("sample")
    arrive("0202-01")
    one = declared(
        offices=Offices(declaration="0117", goods="0202"), mode_asked=Mode.LOCAL_DECLARED
    )

    told = broker.post("/declarations", encode(one), wants=201)
    number = told["number"]
    inspector = User("inspector", NewPosting(Role.INSPECTOR, office="0202"))
    record = {"officers": ["a", "b"], "witness": "w", "result": "as declared"}
    inspector.post(f"/declarations/{number}/inspection/record", record)
    pay(number)

    held = {hold["kind"]: hold["office"] for hold in told["holds"]}
    assert held["INSPECTION"] == "0202"
    leaves(number, "0202-01")


def test_released_locally_falls_back_where_goods_are_selected(broker: User) -> None:
    arrive("0202-01")
    offices = Offices(declaration="0401", goods="0202")
    one = declared(offices=offices, mode_asked=Mode.LOCAL_RELEASED)

    refused = broker.post("/declarations", encode(one), wants=422)

    assert [error["code"] for error in refused["errors"] if not error["warning"]] == ["DEC-161"]


def test_five_offices_of_three_districts_act_as_one(broker: User) -> None:
    select("documents")
    select("sample")
    arrive("0101-01")
    offices = Offices(declaration="0207", goods="0101", payment="0202", inspection="0101")

    told = broker.post("/declarations", encode(declared(offices=offices)), wants=201)
    number = told["number"]
    reviewer = User("reviewer", NewPosting(Role.REVIEWER))
    reviewer.post(f"/declarations/{number}/review/close", {})
    inspector = User("inspector", NewPosting(Role.INSPECTOR, office="0101"))
    record = {"officers": ["a", "b"], "witness": "w", "result": "as declared"}
    inspector.post(f"/declarations/{number}/inspection/record", record)
    pay(number)
    last = utc_now()
    follow(now=utc_now())
    opened = at_gate("0101-01").get(f"/gate/0101-01/{BOX}")

    assert opened["may_leave"]
    assert utc_now() - last < timedelta(seconds=1)
    assert opened["declaration_office"] == "0207"
