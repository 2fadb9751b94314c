"""A case: every act by its form, and every refusal at its field with the words kept."""

from datetime import timedelta
from typing import Any

import pytest

from tests.domain.holding import BOXES
from tests.interfaces.workbench.conftest import House, local, open_kinds, state
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.release import commands as release
from tongguan.domain.release.lifecycle import OrderState
from tongguan.domain.release.queries import orders_of
from tongguan.domain.revenue.models import Overpayment, Refund
from tongguan.domain.review.queries import queries_of
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.time import utc_now

REVIEW = HoldKind.REVIEW
WEEK = timedelta(days=7)


@pytest.fixture
def id_(house: House) -> DeclarationId:
    """Return a declaration whose papers are checked."""
    found: DeclarationId = house.held(REVIEW)
    return found


def test_the_whole_case_stands_on_one_page(house: House, id_: DeclarationId) -> None:
    page = house.get("reviewer", f"/case/{id_}")

    for words in (
        "深沟球轴承",
        "8482.10.20.00",
        "INVOICE.pdf",
        "EXAMPLE WAELZLAGER GMBH",
        "EX-2026-1101",
        "Selected for a check of the documents.",
    ):
        assert words in page


def test_a_review_is_closed_as_declared(house: House, id_: DeclarationId) -> None:
    house.post("reviewer", f"/case/{id_}", act="close", finding="", words="")

    assert state(id_) == "RELEASED"


def test_the_declarant_is_asked_summoned_and_received(house: House, id_: DeclarationId) -> None:
    path = f"/case/{id_}"
    due = local(utc_now() + WEEK)

    house.post("reviewer", path, act="ask", question="Contract for line 1", ground="price")
    house.post("reviewer", path, act="summon", subject="origin", due=due, office="0401")
    assert open_kinds(id_) == {REVIEW, HoldKind.QUERY, HoldKind.SUMMONS}
    [query, summons] = queries_of(id_)
    assert (summons.office, local(summons.due_at or utc_now())) == ("0401", due)

    house.post("reviewer", path, act="withdraw", hold=str(query.hold_id))
    house.post("reviewer", path, act="visit", words="came, explained")

    assert open_kinds(id_) == {REVIEW}
    page = house.get("reviewer", path)
    assert "came, explained" in page
    assert "reviewer English" in page


def test_a_case_is_decided_by_reviewer_or_coordinator(house: House) -> None:
    id_ = house.held(HoldKind.CASE)

    sent: dict[str, Any] = {"act": "decide", "words": "price adjusted"}

    refused = house.post("coordinator", f"/case/{id_}", wants=422, **sent)
    house.post("coordinator", f"/case/{id_}", **sent, consequence="NONE")

    assert "REV-114" in refused
    assert "price adjusted" in refused
    assert state(id_) == "RELEASED"
    assert "no consequence, duty stays as assessed" in house.get("reviewer", f"/case/{id_}")


def test_a_refund_is_told_to_follow_an_amendment_and_orders_nothing(house: House) -> None:
    id_ = house.held(HoldKind.CASE)
    before = house.get("reviewer", f"/case/{id_}")

    house.post("reviewer", f"/case/{id_}", act="decide", consequence="REFUND", words="too dear")

    after = house.get("reviewer", f"/case/{id_}")
    for page in (before, after):
        assert "gives nothing back by itself" in page
    assert not Refund.objects.exists()
    assert not Overpayment.objects.exists()


def test_who_found_it_is_offered_no_decision_and_refused_one(house: House) -> None:
    id_ = house.held(REVIEW)
    path = f"/case/{id_}"
    house.post("reviewer", path, act="close", finding="PRICE", words="below like goods")

    refused = house.post(
        "reviewer", path, wants=422, act="decide", consequence="NONE", words="never mind"
    )

    assert "REV-113" in refused
    assert "Decide the case" not in house.get("reviewer", path)
    assert "Decide the case" in house.get("second", path)
    assert open_kinds(id_) == {HoldKind.CASE}


def test_an_amendment_keeps_the_goods_and_is_the_traders_turn(house: House) -> None:
    id_ = house.held(HoldKind.CASE)

    words = "quantity of line 1"
    house.post("reviewer", f"/case/{id_}", act="decide", consequence="AMENDMENT", words=words)

    assert (state(id_), open_kinds(id_)) == ("ACCEPTED", {HoldKind.CASE})
    todo = house.at("trader").get("/portal/").content.decode()
    page = house.at("trader").get(f"/portal/declarations/{id_}").content.decode()
    assert "Customs requires a correction (quantity of line 1)" in todo
    assert "the declaration is to be amended" in page


REFUSED: list[tuple[dict[str, str], str, str, str]] = [
    ({"act": "fly"}, "WBN-001", "", "fly"),
    ({"act": ""}, "WBN-001", "", ""),
    (
        {"act": "summon", "subject": "my words", "due": "soon"},
        "WBN-002",
        "f-summon-due",
        "my words",
    ),
    ({"act": "summon", "subject": "my words", "due": ""}, "WBN-002", "f-summon-due", "my words"),
    (
        {"act": "summon", "subject": "my words", "due": "2020-01-01T10:00", "office": "0401"},
        "REV-105",
        "f-summon-due",
        "my words",
    ),
    (
        {"act": "ask", "question": "my words", "ground": "x" * 201},
        "WBN-004",
        "f-ask-ground",
        "my words",
    ),
    ({"act": "ask", "question": "my words", "ground": ""}, "REV-101", "f-ask-ground", "my words"),
    (
        {"act": "close", "finding": "SUN", "words": "my words"},
        "REV-108",
        "f-close-finding",
        "my words",
    ),
    ({"act": "withdraw", "hold": "none"}, "WBN-007", "", ""),
    ({"act": "withdraw", "hold": "0" * 32}, "CLR-002", "", ""),
    ({"act": "visit", "words": "my words"}, "CLR-002", "", ""),
    ({"act": "confirm_recall", "order": "x"}, "WBN-007", "", ""),
    ({"act": "ask_recall", "order": "0" * 32, "reason": "my words"}, "REL-005", "", ""),
]


@pytest.mark.parametrize(("sent", "code", "field", "kept"), REFUSED)
def test_what_cannot_be_done_is_refused_at_its_field_and_nothing_typed_is_lost(
    house: House, id_: DeclarationId, sent: dict[str, str], code: str, field: str, kept: str
) -> None:
    page = house.post("reviewer", f"/case/{id_}", wants=422, **sent)

    assert code in page
    if field:
        assert f'href="#{field}"' in page
        assert f'id="{field}"' in page
        assert f'id="{field}-problem"' in page
    if kept and kept != "fly":
        assert page.count(kept) == 1
    assert entries(id_) == ()


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("inspector", {"act": "close", "finding": "", "words": ""}),
        ("revenue", {"act": "ask", "question": "q", "ground": "g"}),
        ("auditor", {"act": "decide", "consequence": "NONE", "words": "w"}),
        ("reviewer", {"act": "appoint", "at": "2030-01-01T10:00", "place": "bay"}),
    ],
)
def test_an_act_of_others_is_refused_and_its_form_not_shown(
    house: House, id_: DeclarationId, name: str, act: dict[str, Any]
) -> None:
    page = house.post(name, f"/case/{id_}", wants=422, **act)

    assert "ACC-001" in page or "CLR-002" in page
    assert open_kinds(id_) == {REVIEW}


def test_an_officer_elsewhere_and_a_gate_see_no_case(house: House, id_: DeclarationId) -> None:
    house.get("elsewhere", f"/case/{id_}", wants=404)
    house.get("gate", f"/case/{id_}", wants=403)
    house.get("trader", f"/case/{id_}", wants=403)


def test_two_officers_recall_a_release_and_send_it_again(house: House) -> None:
    id_ = house.held(units=BOXES[:1])
    release.make_orders([id_], by=SYSTEM, now=utc_now())
    [order] = orders_of(id_)
    path = f"/case/{id_}"

    page = house.post("reviewer", path, wants=422, act="ask_recall", order=str(order.id), reason="")
    assert "REL-006" in page
    house.post("reviewer", path, act="ask_recall", order=str(order.id), reason="wrong box")
    page = house.get("reviewer", path)
    assert "Another officer has to confirm it." in page
    assert "confirm_recall" not in page
    assert "wrong box" in house.get("second", "/review")
    house.post("second", path, act="confirm_recall", order=str(order.id))

    [order] = orders_of(id_)
    assert order.state is OrderState.RECALLED
    assert "customs has recalled the release" in house.get(
        "gate", f"/gate?unit={BOXES[0]}&site=0202-01"
    )
    house.post("second", path, act="send_again", order=str(order.id), reason="box checked")
    assert "YES" in house.get("gate", f"/gate?unit={BOXES[0]}&site=0202-01")


def test_a_recall_can_be_dropped(house: House) -> None:
    id_ = house.held(units=BOXES[:1])
    release.make_orders([id_], by=SYSTEM, now=utc_now())
    [order] = orders_of(id_)
    path = f"/case/{id_}"
    house.post("reviewer", path, act="ask_recall", order=str(order.id), reason="wrong box")

    house.post("second", path, act="drop_recall", order=str(order.id))

    assert orders_of(id_)[0].recall_asked_by == ""
