"""Whose a voyage and its bills are: the first carrier's, until an officer decides otherwise."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.cargo.factories import (
    BILLS,
    NOW,
    OPERATOR,
    SITE,
    carrier,
    manifest,
)
from tests.domain.parties.factories import EnterpriseFactory
from tongguan.domain.cargo import commands, queries
from tongguan.domain.cargo.models import Bill, Dispute, Manifest
from tongguan.domain.cargo.values import ManifestFunction
from tongguan.domain.parties.values import EnterpriseKind
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.announcements.models import Announcement
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.problems import ProblemError

B1, B2 = BILLS
OTHERS = {"number": "M2", "name": "OTHER STAR", "voyage": "7"}
"""Another manifest, of another voyage."""

pytestmark = pytest.mark.django_db


def line() -> Actor:
    """Return somebody of a new carrier."""
    return carrier(EnterpriseFactory.create(kind=str(EnterpriseKind.CARRIER)).pk)


def receive(by: Actor, **changes: Any) -> int:
    return commands.receive_manifest(manifest(**changes), by=by, now=NOW)


def refused(by: Actor, **changes: Any) -> list[str]:
    with pytest.raises(ProblemError) as refusal:
        receive(by, **changes)
    return [fault.problem.code for fault in refusal.value.faults]


@pytest.mark.parametrize(
    ("changes", "bills"),
    [
        ({}, ["B1", "B2"]),
        ({"number": "M2"}, ["B1", "B2"]),
        ({"number": "M2", "bills": (replace(B1, number="B9"),)}, []),
        ({"number": "M2", "name": "example  star", "bills": (replace(B1, number="B9"),)}, []),
        ({**OTHERS, "bills": (replace(B1, number="B9"), B2)}, ["B2"]),
    ],
    ids=["the same manifest", "the same voyage", "other bills", "other spelling", "one bill"],
)
def test_a_second_carriers_claim_is_kept_for_an_officer_and_changes_nothing(
    changes: dict[str, Any], bills: list[str]
) -> None:
    first, second = line(), line()
    receive(first)
    before = Announcement.objects.count()

    assert refused(second, **changes) == ["CAR-024"]
    assert refused(second, **changes) == ["CAR-024"]

    dispute = Dispute.objects.get()
    assert (dispute.claimant_id, dispute.holder_id) == (*second.own_ids, *first.own_ids)
    assert (dispute.bills, dispute.office, dispute.outcome) == (bills, "0202", "")
    assert [entry.kind for entry in entries(dispute.pk)] == ["MANIFEST_CONTESTED"]
    assert {one.carrier_id for one in Manifest.objects.all()} == first.own_ids
    assert Bill.objects.count() == 2
    assert Announcement.objects.count() == before


def test_what_a_refused_claimant_is_told_does_not_name_the_other() -> None:
    first, second = line(), line()
    receive(first, number="SECRET")

    with pytest.raises(ProblemError) as refusal:
        receive(second)

    [fault] = refusal.value.faults
    told = fault.told(lambda words: words)
    assert "SECRET" not in told["detail"] + told["remedy"]
    assert "B1, B2" in told["detail"]
    assert "0202" in told["remedy"]


def test_an_addition_that_takes_anothers_bill_is_contested_too() -> None:
    first, second = line(), line()
    receive(first)
    receive(second, **OTHERS, bills=(replace(B1, number="B9"),))

    assert refused(second, **OTHERS, function=ManifestFunction.ADD, bills=(B2,)) == ["CAR-024"]
    assert queries.bills(["B2"]).answer()["B2"].manifest == "M1"


@pytest.mark.parametrize("function", [ManifestFunction.REPLACE, ManifestFunction.DELETE])
@pytest.mark.parametrize("bills", [(B2,), ()])
def test_nobody_changes_the_manifest_of_another(
    function: ManifestFunction, bills: tuple[Any, ...]
) -> None:
    receive(line())

    assert refused(line(), function=function, bills=bills) == ["CAR-007"]


def test_a_contested_manifest_with_faults_is_refused_for_these_and_kept_by_nobody() -> None:
    receive(line())

    assert refused(line(), number="M2", office="9999") == ["CAR-003"]
    assert not Dispute.objects.exists()


def test_a_voyage_number_is_free_again_after_its_days() -> None:
    first, second = line(), line()
    receive(first)
    later = NOW + timedelta(days=61)
    other = manifest(number="M2", bills=(replace(B1, number="B9"),))

    assert commands.receive_manifest(other, by=second, now=later) == 1


def test_without_a_voyage_number_only_bills_are_contested() -> None:
    first, second = line(), line()
    receive(first, voyage="")

    assert receive(second, number="M2", voyage="", bills=(replace(B1, number="B9"),)) == 1
    assert refused(second, number="M3", voyage="", bills=(B1,)) == ["CAR-024"]


def test_the_carrier_itself_sends_a_second_manifest_of_its_voyage() -> None:
    first = line()
    receive(first)

    assert receive(first, number="M2", bills=(replace(B1, number="B9"),)) == 1
    assert refused(first, number="M3") == ["CAR-004", "CAR-004"]


def test_an_operator_who_names_a_second_carrier_raises_its_claim() -> None:
    receive(line())
    second = EnterpriseFactory.create()

    assert refused(OPERATOR, carrier=second.scc) == ["CAR-024"]
    assert Dispute.objects.get().claimant_id == second.pk


def test_a_carrier_reports_nothing_of_the_voyage_that_it_claims() -> None:
    first, second = line(), line()
    receive(first)
    refused(second)

    with pytest.raises(ProblemError) as refusal:
        commands.report_arrival(number="B1", site=SITE, by=second, now=NOW)

    assert [fault.problem.code for fault in refusal.value.faults] == ["CAR-001"]
    assert commands.report_arrival(number="B1", site=SITE, by=first, now=NOW) == ("B1",)
