"""The claims page: who sees and decides what, and where bad input is told."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.domain.cargo.factories import ELSEWHERE, SITE, BillFactory, carrier, manifest
from tests.interfaces.scene import enterprise
from tests.interfaces.workbench.conftest import House
from tongguan.domain.cargo import commands as cargo
from tongguan.domain.cargo.models import Dispute, Diversion
from tongguan.domain.declarations.values import Party
from tongguan.domain.parties.values import EnterpriseKind
from tongguan.kernel.identifiers import credit_code
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now

OTHER = Party(scc=credit_code("91120116FAKE00080"), code="1207900080", name="天津另一运输有限公司")
CLAIMS = "/cargo?view=claims"


@pytest.fixture
def claim(house: House) -> UUID:
    """Return a claim of the house's carrier to what another announced."""
    first = enterprise(OTHER, EnterpriseKind.CARRIER)
    cargo.receive_manifest(manifest(), by=carrier(first), now=utc_now())
    with pytest.raises(ProblemError):
        cargo.receive_manifest(manifest(), by=carrier(house.carrier_id), now=utc_now())
    return Dispute.objects.get().pk


def test_an_officer_of_the_office_sees_a_claim_with_its_buttons_and_its_carrier_without(
    house: House, claim: UUID
) -> None:
    assert str(claim) in house.get("inspector", CLAIMS)
    own = house.get("carrier", CLAIMS)
    assert "B1, B2" in own
    assert str(claim) not in own
    assert "B1, B2" not in house.get("elsewhere", CLAIMS)


def test_an_officer_decides_a_claim(house: House, claim: UUID) -> None:
    sent: dict[str, Any] = {
        "act": "decide",
        "id": str(claim),
        "outcome": "SECOND",
        "reason": "its vessel",
    }

    house.post("carrier", CLAIMS, wants=422, **sent)
    house.post("elsewhere", CLAIMS, wants=422, **sent)
    assert Dispute.objects.get().outcome == ""
    house.post("inspector", CLAIMS, **sent)

    row = Dispute.objects.get()
    assert (row.outcome, row.decided_by, row.reason) == ("SECOND", "inspector", "its vessel")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"outcome": "third"}, "“third” is no answer here"),
        ({"outcome": ""}, "WBN-005"),
        ({"reason": " "}, "WBN-005"),
        ({"id": "17"}, "WBN-007"),
        ({"id": str(uuid4())}, "CAR-027"),
    ],
)
def test_what_is_no_answer_decides_nothing(
    house: House, claim: UUID, changes: dict[str, str], told: str
) -> None:
    sent: dict[str, Any] = {"act": "decide", "id": str(claim), "outcome": "FIRST", "reason": "x"}
    sent |= changes

    page = house.post("inspector", CLAIMS, wants=422, **sent)

    assert told in page
    assert Dispute.objects.get().outcome == ""


def test_a_carrier_asks_and_an_officer_decides_where_goods_go(house: House) -> None:
    BillFactory.create(number="B1", manifest__carrier_id=house.carrier_id, site=SITE)
    asked: dict[str, Any] = {
        "act": "divert",
        "number": "B1",
        "site": ELSEWHERE,
        "reason": "berth full",
    }
    house.post("carrier", CLAIMS, **asked)
    row = Diversion.objects.get()
    answer: dict[str, Any] = {"act": "decide_diversion", "id": str(row.pk), "reason": "well"}

    house.post("inspector", CLAIMS, wants=422, **answer, approved="perhaps")
    assert Diversion.objects.get().approved is None
    house.post("inspector", CLAIMS, **answer, approved="yes")

    assert Diversion.objects.get().approved is True


@pytest.mark.parametrize(
    "sent",
    [
        {"act": "divert", "site": ELSEWHERE, "reason": "x"},
        {"act": "hand_over", "carrier": "NONE"},
    ],
)
def test_another_carriers_bill_and_none_are_refused_alike(
    house: House, sent: dict[str, Any]
) -> None:
    BillFactory.create(number="THEIRS", site=SITE)

    pages = [
        house.post("carrier", CLAIMS, wants=422, **sent, number=number)
        for number in ("THEIRS", "NOSUCH")
    ]

    assert all("CAR-001" in page for page in pages)
