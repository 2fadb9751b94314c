"""What is another's is answered like what is not there: every call and page that takes a number.

Each address is asked twice: with numbers that are there and belong to others, and with numbers that
nobody has. Status, refusals and shape of the answers are equal.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import product
from typing import Any, Final
from uuid import uuid4

import pytest
from django.test import Client

from tests.domain.cargo.factories import BOXES, ELSEWHERE, MANIFEST, BillFactory, carrier
from tests.domain.declarations.samples import TRADER
from tests.interfaces.bodies import VALUES
from tests.interfaces.scene import (
    PASSWORD,
    Scene,
    declared,
    enterprise,
    hold,
    lodged,
    number_of,
    play,
)
from tests.interfaces.test_who_sees_what import filled, pages
from tongguan.domain.cargo import commands as cargo
from tongguan.domain.cargo import decisions
from tongguan.domain.cargo.claims import disputes
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.queries import holds_of
from tongguan.domain.declarations.queries import came
from tongguan.domain.declarations.values import Party, Permit
from tongguan.domain.parties.queries import employer, mandates_of
from tongguan.domain.parties.values import EnterpriseKind
from tongguan.domain.permits.certificates import register_certificate
from tongguan.domain.permits.commands import grant, register_agency
from tongguan.domain.permits.holdings import held
from tongguan.domain.permits.values import (
    CertificateKind,
    Freed,
    HoldingKind,
    NewCertificate,
    NewLicence,
)
from tongguan.domain.revenue.registers import register_guarantee
from tongguan.facilities.accounts.commands import admit_person
from tongguan.facilities.accounts.values import SYSTEM, Actor, NewPosting, Role
from tongguan.facilities.announcements.queries import of as events_of
from tongguan.interfaces.api.application import api
from tongguan.kernel.identifiers import KINDS as IDENTIFIERS
from tongguan.kernel.identifiers import credit_code
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now

pytestmark = pytest.mark.django_db(transaction=True)

OWNER: Final = Party(
    scc=credit_code("91120116FAKE00080"), code="1207900080", name="天津另一运输有限公司"
)
CLAIMANT: Final = Party(
    scc=credit_code("91120116FAKE00083"), code="1207900083", name="天津第三运输有限公司"
)
MINISTRY: Final = Party(scc=credit_code("91110101FAKE00081"), code="1111900081", name="示例窗口一")
OTHERS: Final = Party(scc=credit_code("91110101FAKE00082"), code="1111900082", name="示例窗口二")
STRANGERS: Final = (
    "rival",
    "agent",
    "lines",
    "far-gate",
    "far-operator",
    "elsewhere",
    "far-inspector",
    "far-agency",
)
"""Another trader and his broker, a carrier, people of another site and office, another agency."""
SITE: Final = "0202-02"
"""Where the goods are to be brought: another site of the office of the goods."""
ACTS: Final = {
    "/desk/cargo": (
        "arrived", "transport", "depart", "arrive", "decide", "hand_over", "divert",
        "decide_diversion", "name_consignee",
    ),
    "/desk/gate": ("ask", "acknowledge", "out"),
    "/desk/gate/examinations": ("",),
    "/desk/permits": ("confirm", "decline"),
}  # fmt: skip
"""Pages that act on what a form names."""
ON_ONE: Final = ("", "decide")
OK, NOT_FOUND = 200, 404
SEARCHED: Final = {
    "/portal/search": "q",
    "/portal/declarations": "q",
    "/desk/search": "q",
    "/desk/ledger": "number",
    "/desk/cargo?view=transit": "number",
}
"""Pages that find by a number in the address."""
FREE_BOX: Final = "XMPU0000055"
CHANGES: Final = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|\d\d:\d\d(:\d\d)?'
    r'|"X-CSRFToken": "[^"]*"|"cursor": "[^"]*"'
)


@dataclass(frozen=True)
class Names:
    """What stands in addresses and bodies: all of it another's, or all of it nobody's."""

    parts: dict[str, str]
    bodies: dict[str, str]
    numbers: tuple[str, ...]
    """Of declaration, bill, container, manifest, licence and guarantee."""

    def all(self) -> set[str]:
        """Return every one of these names."""
        return {*self.parts.values(), *self.bodies.values(), *self.numbers} - {""}


@dataclass
class Stage:
    scene: Scene
    foreign: Names
    unknown: Names

    def told(self, answer: Any) -> tuple[int, str, str]:
        """Return status, place and words of an answer, without the names that were asked for."""
        text = CHANGES.sub("", answer.getvalue().decode())
        return (
            answer.status_code,
            self._hidden(answer.headers.get("Location", "")),
            self._hidden(text),
        )

    def _hidden(self, text: str) -> str:
        asked = self.foreign.all() | self.unknown.all()
        spelled = asked | {kind.plain(name) for kind in IDENTIFIERS.values() for name in asked}
        names = sorted(spelled - {""}, key=len, reverse=True)
        either = "|".join(map(re.escape, names))
        return re.sub(rf"(?<![0-9A-Za-z])({either})(?![0-9A-Za-z])", "N", text)

    def browser(self, name: str) -> Client:
        """Return a browser in which somebody is signed in."""
        client = Client(raise_request_exception=True)
        assert client.login(username=name, password=PASSWORD)
        return client


def admit(name: str, posting: NewPosting) -> None:
    admit_person(
        username=name,
        password=PASSWORD,
        name_zh=name,
        name_en=name,
        postings=[posting],
        password_is_own=True,
        by=SYSTEM,
        now=utc_now(),
    )


def at(firm: int) -> Any:
    return employer(firm, utc_now().date())


@pytest.fixture
def stage() -> Stage:
    """Let something of every kind be there that is none of the strangers' business."""
    scene, now, today = play(), utc_now(), utc_now().date()
    owner, claimant = (enterprise(one, EnterpriseKind.CARRIER) for one in (OWNER, CLAIMANT))
    firms: dict[str, int] = {}
    for code, name, party in (("MOFCOM", "agency", MINISTRY), ("NMPA", "far-agency", OTHERS)):
        firms[name] = enterprise(party, EnterpriseKind.AGENCY)
        register_agency(code=code, enterprise_id=firms[name], by=SYSTEM, now=now)
        admit(name, NewPosting(Role.AGENCY, employer=at(firms[name])))
    admit("far-operator", NewPosting(Role.SITE_OPERATOR, site=ELSEWHERE))
    admit("far-inspector", NewPosting(Role.INSPECTOR, office="0421"))
    days: dict[str, Any] = {
        "valid_from": today - timedelta(days=9),
        "valid_until": today + timedelta(days=9),
    }
    trader = scene.firms["trader"]
    licence = NewLicence("1", "LIC-77001", trader, Decimal(100), "035", **days)
    ministry = actor_of("agency", firms["agency"])
    grant(licence=licence, by=ministry, now=now)
    relief = NewCertificate(
        kind=CertificateKind.RELIEF,
        number="Z02020000001",
        holder_id=trader,
        basis="401",
        commodities=("4016",),
        granted=Decimal(1000),
        unit="035",
        issuer="Tianjin Customs",
        levy_modes=("2", "3"),
        frees=(Freed.DUTY, Freed.VAT),
        **days,
    )
    register_certificate(certificate=relief, by=SYSTEM, now=now)
    limit = Decimal(1_000_000)
    register_guarantee(
        number="G-77001", enterprise_id=trader, limit_cny=limit, by=SYSTEM, now=now, **days
    )
    cargo.receive_manifest(MANIFEST, by=carrier(owner), now=now)
    with pytest.raises(ProblemError):
        cargo.receive_manifest(MANIFEST, by=carrier(claimant), now=now)
    asked = decisions.ask_diversion(
        number="B2", site=SITE, reason="berth full", by=carrier(owner), now=now
    )
    id_ = lodged(declared(permits=(Permit(kind="1", number="LIC-77001"),)))
    BillFactory.create(number="BILLR-1", consignee=TRADER.scc, here=True)
    hold(id_, HoldKind.TRANSIT, Why.MOVING, destination="0202")
    [dispute] = disputes(viewer=carrier(claimant))
    [mandate] = mandates_of(viewer=carrier(trader))
    query = next(row for row in holds_of(id_) if row.why is Why.LICENCE)
    number = number_of(id_)
    kept = (held(HoldingKind.RELIEF, viewer=scene.actor("trader"))[0].id, mandate.id)
    cursor = str(events_of(id_)[0].cursor)
    attempt = str(came(id_)[0].id)
    foreign = Names(
        {
            **dict.fromkeys(("declaration_id", "id"), str(id_)),
            "hold_id": str(query.id),
            "dispute_id": str(dispute.id),
            "unit": BOXES[0],
            "diversion_id": str(asked),
            "attempt_id": attempt,
            "cursor": cursor,
            "holding_id": str(kept[0]),
            "mandate_id": str(kept[1]),
            "number": number,
        },
        {"manifest": "M1", "carrier": str(OWNER.scc), "text": "G-77001", "hold": str(query.id)},
        (number, "B1", "BILLR-1", BOXES[0], "LIC-77001"),
    )
    nobodys = "020220261000000018"
    unknown = Names(
        {
            **{name: str(uuid4()) for name in foreign.parts if name.endswith("id")},
            "unit": FREE_BOX,
            "cursor": cursor,
            "number": nobodys,
            "holding_id": "900001",
            "mandate_id": "900002",
        },
        {"manifest": "M9", "carrier": str(OWNER.scc), "text": "G-99001", "hold": str(uuid4())},
        (nobodys, "B9", "BILLR-9", FREE_BOX, "LIC-99001"),
    )
    return Stage(scene, foreign, unknown)


def actor_of(name: str, firm: int) -> Actor:
    return Actor(
        name, name, roles=frozenset({Role.AGENCY}), own_ids=frozenset({firm}), channel="api"
    )


KINDS: Final = {"form": "wco", "site": ELSEWHERE, "table": "commodities", "channel": "review"} | {
    "kind": "relief",
    "code": "DEC-001",
    "day": "2026-11-20",
}
"""Parts of addresses that name nothing of anybody's."""


def addresses(names: Names) -> list[str]:
    """Return the address of every page, with these names in it."""
    return [filled(route, {**KINDS, **names.parts}) for route, _kinds in pages()]


def calls(names: Names, number: str) -> Iterator[tuple[str, str, bytes]]:
    """Yield every call of the API: method, address, body; a number in it is that one."""
    schema = api.get_openapi_schema()
    parts = {**KINDS, **names.parts, "id": names.parts["holding_id"], "number": number}
    for path, operations in schema["paths"].items():
        address = path
        for name, value in parts.items():
            address = address.replace(f"{{{name}}}", value)
        for method, operation in operations.items():
            body = _body(operation, schema, names, number)
            of_one = "/declarations/{number}" in path
            named = not of_one and ("{number}" in path or number.encode() in body)
            if named or number == names.numbers[0]:
                yield method.upper(), address, body


def _body(operation: Any, schema: Any, names: Names, number: str) -> bytes:
    content = operation.get("requestBody", {}).get("content", {})
    wanted = content.get("application/json", {}).get("schema", {}).get("$ref", "")
    if not wanted:
        return b"{}"
    shape = schema["components"]["schemas"][wanted.rpartition("/")[2]]
    given = {**VALUES, "reason": "x", "words": "x", **names.bodies, "number": number}
    return json.dumps({name: given[name] for name in shape["properties"] if name in given}).encode()


@pytest.mark.parametrize("stranger", STRANGERS)
def test_the_api_answers_what_is_anothers_like_what_is_not_there(
    stage: Stage, stranger: str
) -> None:
    client, asked, differ = stage.browser(stranger), 0, []

    for foreign, unknown in zip(stage.foreign.numbers, stage.unknown.numbers, strict=True):
        both = zip(calls(stage.foreign, foreign), calls(stage.unknown, unknown), strict=True)
        for pair in both:
            first, second = (
                stage.told(client.generic(method, address, body, "application/json"))
                for method, address, body in pair
            )
            asked += first[0] == NOT_FOUND
            if first != second:
                differ.append((pair[0], first, second))

    assert not differ
    assert asked, "every act was refused before what it names was looked for"


@pytest.mark.parametrize("stranger", STRANGERS)
def test_pages_show_what_is_anothers_like_what_is_not_there(stage: Stage, stranger: str) -> None:
    browser, differ = stage.browser(stranger), []

    for pair in zip(addresses(stage.foreign), addresses(stage.unknown), strict=True):
        if pair[0] == pair[1]:
            continue
        first, second = (stage.told(browser.get(address)) for address in pair)
        if first != second:
            differ.append((pair[0], "GET", first, second))
        for act in ON_ONE:
            sent = {"act": act, "text": "x", "words": "x", "reason": "x", "guarantee": "G"}
            first, second = (stage.told(browser.post(address, sent)) for address in pair)
            if first != second:
                differ.append((pair[0], act, first, second))

    assert not differ


@pytest.mark.parametrize("stranger", STRANGERS)
def test_forms_answer_what_is_anothers_like_what_is_not_there(stage: Stage, stranger: str) -> None:
    browser, differ = stage.browser(stranger), []
    numbers = list(zip(stage.foreign.numbers, stage.unknown.numbers, strict=True))

    for page, acts in ACTS.items():
        for act in acts if browser.get(page).status_code == OK else ():
            for pair, claim in product(numbers, ("dispute_id", "diversion_id")):
                first, second = (
                    stage.told(browser.post(page, form(names, act, number, claim)))
                    for names, number in zip((stage.foreign, stage.unknown), pair, strict=True)
                )
                if first != second:
                    differ.append((page, act, pair, first, second))

    assert not differ


def form(names: Names, act: str, number: str, claim: str) -> dict[str, str]:
    """Return all fields of the forms of a desk, naming things."""
    return {
        "act": act,
        "number": number,
        "unit": number,
        "id": names.parts[claim],
        **names.bodies,
        "site": ELSEWHERE,
        "reason": "x",
        "words": "x",
        "outcome": "FIRST",
        "approved": "yes",
        "vehicle": "V",
        "seals": "S1",
        "intact": "yes",
        "declared": "2026-11-20T10:00",
        "consignee": str(TRADER.scc),
        **({"acknowledge": number} if act == "acknowledge" else {}),
    }


@pytest.mark.parametrize("stranger", STRANGERS)
def test_searching_for_what_is_anothers_finds_as_much_as_for_what_is_not_there(
    stage: Stage, stranger: str
) -> None:
    browser, differ = stage.browser(stranger), []

    for page, name in SEARCHED.items():
        mark = "&" if "?" in page else "?"
        for pair in zip(stage.foreign.numbers, stage.unknown.numbers, strict=True):
            first, second = (
                stage.told(browser.get(f"{page}{mark}{name}={number}")) for number in pair
            )
            if first != second:
                differ.append((page, pair, first, second))

    assert not differ
