"""Disputes of carriers, bills handed over and goods brought elsewhere, as officers decide."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.domain.cargo.factories import ELSEWHERE, NOW, SITE, BillFactory, carrier
from tests.domain.cargo.test_disputes import line, receive, refused
from tests.domain.parties.factories import EnterpriseFactory
from tongguan.domain.cargo import commands, decisions, queries
from tongguan.domain.cargo.claims import disputes, diversions
from tongguan.domain.cargo.models import Dispute
from tongguan.domain.cargo.values import Outcome
from tongguan.domain.parties.values import EnterpriseKind
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.problems import ProblemError

LATER = NOW + timedelta(hours=1)
OFFICER = Actor("o", "", 1, roles=frozenset({Role.INSPECTOR}), offices=frozenset({"0202"}))
STRANGER = Actor("s", "", 2, roles=frozenset({Role.INSPECTOR}), offices=frozenset({"0401"}))

pytestmark = pytest.mark.django_db


def codes(act: Any, **what: Any) -> list[str]:
    with pytest.raises(ProblemError) as refusal:
        act(now=LATER, **what)
    return [fault.problem.code for fault in refusal.value.faults]


def report(by: Actor, site: str = SITE) -> tuple[str, ...]:
    return commands.report_arrival(number="B1", site=site, by=by, now=LATER)


def claimed(**changes: Any) -> tuple[Actor, Actor, UUID]:
    """Return the first and the second carrier of a voyage, and their dispute."""
    first, second = line(), line()
    receive(first)
    assert refused(second, **changes) == ["CAR-024"]
    return first, second, Dispute.objects.get().pk


@pytest.mark.parametrize("changes", [{}, {"number": "M2"}])
def test_a_claim_that_an_officer_grants_takes_the_bills_over(changes: dict[str, Any]) -> None:
    first, second, id_ = claimed(**changes)

    decisions.decide_dispute(
        dispute_id=id_, outcome=Outcome.SECOND, reason="its vessel", by=OFFICER, now=LATER
    )

    assert queries.owners(["B1", "B2"]) == dict.fromkeys(("B1", "B2"), min(second.own_ids))
    assert queries.bills(["B1"]).answer()["B1"].manifest == changes.get("number", "M1")
    with pytest.raises(ProblemError):
        report(first)
    assert report(second) == ("B1",)
    assert [entry.kind for entry in entries(id_)] == ["MANIFEST_CONTESTED", "DISPUTE_DECIDED"]


def test_a_claim_that_an_officer_declines_changes_nothing_and_is_not_raised_again() -> None:
    first, second, id_ = claimed()

    decisions.decide_dispute(
        dispute_id=id_, outcome=Outcome.FIRST, reason="no proof", by=OFFICER, now=LATER
    )

    assert refused(second) == ["CAR-026"]
    assert Dispute.objects.count() == 1
    assert report(first) == ("B1",)


def test_a_dispute_is_decided_once_with_a_reason_by_an_officer_of_the_office() -> None:
    first, _second, id_ = claimed()
    what: dict[str, Any] = {"dispute_id": id_, "outcome": Outcome.FIRST}

    assert codes(decisions.decide_dispute, **what, reason="x", by=first) == ["ACC-001"]
    assert codes(decisions.decide_dispute, **what, reason="x", by=STRANGER) == ["CAR-027"]
    assert codes(decisions.decide_dispute, **what, reason=" ", by=OFFICER) == ["CAR-028"]
    decisions.decide_dispute(**what, reason="x", by=OFFICER, now=LATER)
    assert codes(decisions.decide_dispute, **what, reason="x", by=OFFICER) == ["CAR-027"]


def test_a_dispute_is_seen_at_its_office_and_by_who_raised_it() -> None:
    first, second, _id = claimed()

    assert [bool(row.holder) for row in disputes(viewer=OFFICER)] == [True]
    assert [row.holder for row in disputes(viewer=second)] == [""]
    assert disputes(viewer=first) == disputes(viewer=STRANGER) == ()


def test_a_bill_is_handed_over_to_a_registered_carrier_who_then_reports_for_it() -> None:
    first, second = line(), EnterpriseFactory.create(kind=str(EnterpriseKind.CARRIER))
    trader = EnterpriseFactory.create(kind=str(EnterpriseKind.TRADER))
    receive(first)
    hand_over = decisions.hand_over

    assert codes(hand_over, number="B1", carrier="NONE", by=first) == ["CAR-010"]
    assert codes(hand_over, number="B1", carrier=trader.scc, by=first) == ["CAR-030"]
    assert codes(hand_over, number="B1", carrier=second.scc, by=line()) == ["CAR-001"]
    hand_over(number="B1", carrier=second.scc, by=first, now=LATER)

    with pytest.raises(ProblemError):
        report(first)
    assert report(carrier(second.pk)) == ("B1",)


def test_goods_are_brought_elsewhere_when_an_officer_of_either_office_approves() -> None:
    own = line()
    bill = BillFactory.create(number="B1", manifest__carrier_id=min(own.own_ids), site=SITE)
    what: dict[str, Any] = {"number": "B1", "site": ELSEWHERE, "by": own}
    id_ = decisions.ask_diversion(**what, reason="berth full", now=NOW)
    assert codes(decisions.ask_diversion, **what, reason="again") == ["CAR-031"]
    with pytest.raises(ProblemError):
        report(own, ELSEWHERE)
    answer: dict[str, Any] = {"diversion_id": id_, "approved": True, "words": "well"}

    assert codes(decisions.decide_diversion, **answer, by=STRANGER) == ["CAR-027"]
    assert codes(decisions.decide_diversion, **answer, by=own) == ["ACC-001"]
    decisions.decide_diversion(**answer, by=OFFICER, now=LATER)

    row = queries.bills(["B1"]).answer()["B1"]
    assert (row.office, row.site, row.diverted) == ("0101", ELSEWHERE, True)
    assert report(own, ELSEWHERE) == ("B1",)
    assert [one.approved for one in diversions(viewer=own)] == [True]
    assert [entry.kind for entry in entries(bill.pk)][:2] == [
        "DIVERSION_ASKED",
        "DIVERSION_APPROVED",
    ]


def test_goods_whose_diversion_is_declined_stay_expected_where_they_were() -> None:
    own = line()
    BillFactory.create(number="B1", manifest__carrier_id=min(own.own_ids), site=SITE)
    id_ = decisions.ask_diversion(number="B1", site=ELSEWHERE, reason="x", by=own, now=NOW)

    decisions.decide_diversion(diversion_id=id_, approved=False, words="no", by=OFFICER, now=LATER)

    assert report(own) == ("B1",)
