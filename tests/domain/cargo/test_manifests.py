"""Taking manifests and their changes: once, from their carrier, while nothing rests on them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.cargo.factories import (
    BILLS,
    BOXES,
    NOW,
    OPERATOR,
    SITE,
    BillFactory,
    carrier,
    manifest,
)
from tests.domain.parties.factories import EnterpriseFactory
from tongguan.domain.cargo import commands, queries
from tongguan.domain.cargo.models import Bill, CargoUnit, Manifest, ManifestMessage
from tongguan.domain.cargo.values import Lying, ManifestBill, ManifestFunction
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.announcements.models import Announcement
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.identifiers import DeclarationId, new_id
from tongguan.kernel.problems import ProblemError

ADD, DELETE, REPLACE = ManifestFunction.ADD, ManifestFunction.DELETE, ManifestFunction.REPLACE
LATER = NOW + timedelta(hours=1)
B1, B2 = BILLS
B3 = ManifestBill("B3", 7, Decimal(70))

pytestmark = pytest.mark.django_db


def receive(by: Actor = SYSTEM, **changes: Any) -> int:
    return commands.receive_manifest(manifest(**changes), by=by, now=NOW)


def change(function: ManifestFunction, *bills: ManifestBill, **more: Any) -> int:
    return receive(function=function, bills=bills, **more)


def refused(**changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(ProblemError) as refusal:
        receive(**changes)
    return [(fault.problem.code, fault.pointer) for fault in refusal.value.faults]


def numbers() -> set[str]:
    return set(Bill.objects.filter(withdrawn_at=None).values_list("number", flat=True))


def test_a_manifest_is_taken_with_its_bills_and_containers() -> None:
    assert receive() == 2

    row = queries.bills(["B1"]).answer()["B1"]
    assert (row.flow, row.mode, row.name, row.voyage, row.office) == (
        "import",
        "2",
        "EXAMPLE STAR",
        "020W",
        "0202",
    )
    assert (row.packages, row.gross, row.site, row.units) == (42, Decimal(3050), SITE, BOXES)
    assert (row.manifest, row.consignee, row.manifested, row.arrived) == ("M1", "示例", True, False)
    assert CargoUnit.objects.filter(seals=["S1"]).count() == 2
    held = Manifest.objects.get()
    assert [entry.kind for entry in entries(held.pk)] == ["MANIFEST_RECEIVED"]
    told = Announcement.objects.get()
    assert (told.kind, told.subject, told.facts["bills"]) == ("ManifestReceived", held.pk, "2")


def test_the_same_again_changes_nothing() -> None:
    receive()

    assert receive() == 0
    assert ManifestMessage.objects.count() == 1
    assert Announcement.objects.count() == 1


def test_an_original_with_other_content_is_refused() -> None:
    receive()

    assert refused(name="OTHER STAR") == [("CAR-008", "#/number")]


def test_an_original_sent_again_after_a_change_is_known() -> None:
    receive()
    change(ADD, B3)

    assert receive() == 0
    assert numbers() == {"B1", "B2", "B3"}


def test_a_change_sent_twice_counts_once_but_counts_again_after_another() -> None:
    receive()

    assert change(REPLACE, replace(B2, packages=2)) == 1
    assert change(REPLACE, replace(B2, packages=2)) == 0
    assert change(REPLACE, replace(B2, packages=3)) == 1
    assert change(REPLACE, replace(B2, packages=2)) == 1
    assert queries.bills(["B2"]).answer()["B2"].packages == 2


def test_bills_are_added() -> None:
    receive()

    assert change(ADD, B3) == 1
    assert queries.bills(["B3"]).answer()["B3"].manifest == "M1"


def test_a_bill_is_replaced_with_its_containers() -> None:
    receive()

    change(REPLACE, replace(B1, gross=Decimal(4000), units=B1.units[:1]))

    row = queries.bills(["B1"]).answer()["B1"]
    assert (row.gross, row.units) == (Decimal(4000), BOXES[:1])


def test_a_bill_is_withdrawn_and_its_number_free_again() -> None:
    receive()

    assert change(DELETE, ManifestBill("B1")) == 1
    assert numbers() == {"B2"}
    assert receive(number="M2", bills=(B1,)) == 1


def test_a_deletion_without_bills_withdraws_the_whole_manifest() -> None:
    receive()

    assert change(DELETE) == 2
    assert numbers() == set()


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"bills": ()}, [("CAR-005", "#/bills")]),
        ({"office": "9999"}, [("CAR-003", "#/office")]),
        ({"mode": "Q"}, [("CAR-023", "#/mode")]),
        ({"bills": (replace(B2, site="9999-99"),)}, [("CAR-002", "#/bills/0/site")]),
        ({"bills": (B2, ManifestBill("HELD", 1, Decimal(1)))}, [("CAR-004", "#/bills/1/number")]),
        ({"carrier": "1111900000"}, [("CAR-010", "")]),
        ({"function": ADD}, [("CAR-007", "#/number")]),
        (
            {"office": "9999", "mode": "Q", "bills": ()},
            [("CAR-005", "#/bills"), ("CAR-003", "#/office"), ("CAR-023", "#/mode")],
        ),
    ],
)
def test_a_faulty_manifest_is_refused_and_leaves_nothing(
    changes: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    BillFactory.create(number="HELD")

    assert refused(**changes) == faults
    assert numbers() == {"HELD"}
    assert not Announcement.objects.exists()


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"function": ADD, "bills": ()}, [("CAR-005", "#/bills")]),
        ({"function": ADD, "bills": (B1,)}, [("CAR-077", "#/bills/0/number")]),
        ({"function": REPLACE, "bills": (B3,)}, [("CAR-011", "#/bills/0/number")]),
        ({"function": DELETE, "bills": (ManifestBill("HELD"),)}, [("CAR-011", "#/bills/0/number")]),
        ({"function": REPLACE, "bills": (B1,), "voyage": "021W"}, [("CAR-022", "#/voyage")]),
    ],
)
def test_a_faulty_change_is_refused_and_changes_nothing(
    changes: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    receive()
    BillFactory.create(number="HELD")

    assert refused(**changes) == faults
    assert numbers() == {"B1", "B2", "HELD"}


def bind() -> None:
    commands.claim({"B1": DeclarationId(new_id())})


def arrive_whole() -> None:
    commands.report_arrival(number="B1", site=SITE, by=SYSTEM, now=NOW)


def arrive_in_part() -> None:
    commands.report_arrival(number=BOXES[0], site=SITE, by=SYSTEM, now=NOW)


@pytest.mark.parametrize("rest", [bind, arrive_whole, arrive_in_part])
@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"function": REPLACE, "bills": (B1,)}, "#/bills/0/number"),
        ({"function": DELETE, "bills": (ManifestBill("B1"),)}, "#/bills/0/number"),
        ({"function": DELETE, "bills": ()}, "#/bills"),
    ],
)
def test_what_something_rests_on_is_no_longer_changed(
    rest: Any, changes: dict[str, Any], pointer: str
) -> None:
    receive()
    rest()

    assert refused(**changes) == [("CAR-012", pointer)]
    assert numbers() == {"B1", "B2"}


def test_a_manifest_belongs_to_the_carrier_who_sent_it() -> None:
    own, other = EnterpriseFactory.create(), EnterpriseFactory.create()

    receive(by=carrier(own.pk))

    assert Manifest.objects.get().carrier_id == own.pk
    assert refused(by=carrier(other.pk), function=ADD, bills=(B3,)) == [("CAR-007", "#/number")]
    assert receive(by=carrier(own.pk), function=ADD, bills=(B3,)) == 1


def test_a_carrier_names_itself_where_its_people_work_for_two() -> None:
    own, other = EnterpriseFactory.create(), EnterpriseFactory.create()

    assert refused(by=carrier(own.pk, other.pk)) == [("CAR-009", "")]
    assert refused(by=carrier(own.pk), carrier=other.scc) == [("CAR-009", "")]
    receive(by=carrier(own.pk, other.pk), carrier=other.customs_code)
    assert Manifest.objects.get().carrier_id == other.pk


def test_a_site_operator_sends_for_the_carrier_it_names_or_the_first_of_the_voyage() -> None:
    named = EnterpriseFactory.create()

    receive(by=OPERATOR, carrier=named.scc)
    receive(by=OPERATOR, number="M2", bills=(B3,))
    receive(by=OPERATOR, number="M3", voyage="021W", bills=(replace(B3, number="B4"),))

    assert set(Manifest.objects.values_list("number", "carrier")) == {
        ("M1", named.pk),
        ("M2", named.pk),
        ("M3", None),
    }


@pytest.mark.parametrize(
    "role", sorted(set(Role) - {Role.CARRIER, Role.SITE_OPERATOR, Role.SYSTEM}, key=str)
)
def test_nobody_else_sends_manifests(role: Role) -> None:
    assert refused(by=Actor("somebody", "", roles=frozenset({role}))) == [("ACC-001", "")]


def test_many_manifests_are_copied_in_for_seeding() -> None:
    many = [
        manifest(number=f"M{n}", bills=(replace(B1, number=f"B{n}"), replace(B2, number=f"C{n}")))
        for n in range(150)
    ]

    made = commands.copy_in(many, by=SYSTEM, now=NOW, lying={"B7": Lying(SITE, NOW)})

    assert made == 300
    found = queries.bills(["B7", "B8"]).answer()
    assert (found["B7"].arrived_site, found["B7"].arrived_at, found["B8"].arrived) == (
        SITE,
        NOW,
        False,
    )
    assert CargoUnit.objects.filter(arrived_at=NOW, arrived_site=SITE).count() == 2
    assert receive(number="M7", bills=many[7].bills) == 0


def test_a_site_operator_sends_only_what_concerns_the_office_of_his_site() -> None:
    elsewhere = Actor(
        "far", "", roles=frozenset({Role.SITE_OPERATOR}), sites=frozenset({"0101-01"})
    )

    assert refused(by=elsewhere) == [("ACC-011", "")]
    receive(by=OPERATOR)
    assert refused(by=elsewhere, function=ManifestFunction.DELETE) == [("CAR-007", "#/number")]
