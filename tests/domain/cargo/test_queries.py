"""What lies where, and who may see it."""

from datetime import timedelta

import pytest

from tests.domain.cargo.factories import (
    BOXES,
    ELSEWHERE,
    NOW,
    SITE,
    BillFactory,
    CargoUnitFactory,
    ManifestFactory,
    carrier,
)
from tests.domain.parties.factories import EnterpriseFactory
from tongguan.domain.cargo import queries
from tongguan.domain.cargo.values import SiteRow
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.identifiers import new_id

pytestmark = pytest.mark.django_db

LOOKERS = {
    "operator": Actor("a", "", sites=frozenset({SITE})),
    "operator elsewhere": Actor("b", "", sites=frozenset({ELSEWHERE})),
    "officer of 0202": Actor("c", "", offices=frozenset({"0202"})),
    "officer of 0101": Actor("d", "", offices=frozenset({"0101"})),
    "officer of 0401": Actor("e", "", offices=frozenset({"0401"})),
    "trader": Actor("f", "", enterprise_ids=frozenset({1}), own_ids=frozenset({1})),
    "nobody": Actor("g", ""),
}


@pytest.mark.parametrize(
    ("who", "coming", "here"),
    [
        ("operator", {"AWAITED", "ANYWHERE"}, {"LYING"}),
        ("operator elsewhere", set(), {"MOVED"}),
        ("officer of 0202", {"AWAITED", "ANYWHERE"}, {"LYING", "MOVED"}),
        ("officer of 0101", set(), {"MOVED"}),
        ("officer of 0401", set(), set()),
        ("trader", set(), set()),
        ("nobody", set(), set()),
    ],
)
def test_everybody_sees_the_goods_of_his_place(who: str, coming: set[str], here: set[str]) -> None:
    BillFactory.create(number="AWAITED", site=SITE)
    BillFactory.create(number="ANYWHERE")
    BillFactory.create(number="LYING", site=ELSEWHERE, here=True)
    BillFactory.create(number="MOVED", site=SITE, arrived_at=NOW, arrived_site=ELSEWHERE)
    BillFactory.create(number="GONE", here=True, left_at=NOW)
    BillFactory.create(number="WITHDRAWN", site=SITE, withdrawn_at=NOW)
    viewer = LOOKERS[who]

    assert {row.number for row in queries.expected(viewer=viewer)} == coming
    assert {row.number for row in queries.lying(viewer=viewer)} == here
    for number in ("AWAITED", "ANYWHERE", "LYING", "MOVED", "WITHDRAWN"):
        assert (queries.find(number, viewer=viewer) is not None) is (number in coming | here)


def test_a_carrier_sees_the_goods_of_its_manifests_only() -> None:
    own = EnterpriseFactory.create()
    mine = BillFactory.create(manifest__carrier=own)
    CargoUnitFactory.create(bill=mine)
    CargoUnitFactory.create()
    viewer = carrier(own.pk)

    assert [row.number for row in queries.expected(viewer=viewer)] == [mine.number]
    assert [row.number for row in queries.manifests(viewer=viewer)] == [mine.manifest.number]
    assert [row.bill for row in queries.unit(BOXES[0], viewer=viewer)] == [mine.number]


def test_manifests_are_listed_with_what_has_arrived_of_them() -> None:
    first = ManifestFactory.create(received_at=NOW - timedelta(days=1))
    BillFactory.create(manifest=first, here=True)
    BillFactory.create(manifest=first)
    BillFactory.create(manifest=first, withdrawn_at=NOW)
    second = ManifestFactory.create()
    ManifestFactory.create(office="0101")
    viewer = LOOKERS["officer of 0202"]

    rows = queries.manifests(viewer=viewer)

    assert [(row.number, row.bills, row.arrived) for row in rows] == [
        (second.number, 0, 0),
        (first.number, 2, 1),
    ]
    after = (rows[0].received_at, rows[0].id)
    assert queries.manifests(viewer=viewer, after=after) == rows[1:]


def test_lists_go_page_by_page_and_by_site() -> None:
    viewer = LOOKERS["officer of 0202"]
    coming = [BillFactory.create(site=SITE).number for _ in range(3)]
    here = [BillFactory.create(here=True).number for _ in range(3)]
    BillFactory.create(arrived_at=NOW, arrived_site="0202-02")
    BillFactory.create(site="0202-02")

    first = queries.expected(viewer=viewer, site=SITE, limit=2)
    last = first[-1]
    more = queries.expected(viewer=viewer, site=SITE, after=(NOW, last.id))
    lying = queries.lying(viewer=viewer, site=SITE, limit=2)
    rest = queries.lying(viewer=viewer, site=SITE, after=(NOW, lying[-1].id))

    assert [row.number for row in (*first, *more)] == coming
    assert [row.number for row in (*lying, *rest)] == here


def test_containers_of_bills_are_found_together() -> None:
    unit = CargoUnitFactory.create()
    CargoUnitFactory.create(bill=unit.bill, unit=BOXES[1])

    assert queries.units_of([unit.bill_id]) == {unit.bill_id: BOXES}


def test_what_lies_is_counted_by_site_as_far_as_one_may_see_it() -> None:
    BillFactory.create(here=True, arrived_at=NOW + timedelta(hours=1))
    BillFactory.create(here=True)
    BillFactory.create(here=True, left_at=NOW)
    BillFactory.create(arrived_at=NOW, arrived_site=ELSEWHERE)
    BillFactory.create(site=SITE)

    seen = queries.lying_by_site(viewer=LOOKERS["operator"])
    office = queries.lying_by_site(viewer=LOOKERS["officer of 0202"])

    assert seen == (SiteRow(SITE, 2, NOW),)
    assert [(row.site, row.count) for row in office] == [(ELSEWHERE, 1), (SITE, 2)]
    assert queries.lying_by_site(viewer=LOOKERS["nobody"]) == ()


def test_a_page_of_what_is_expected_begins_after_a_bill() -> None:
    bill = BillFactory.create(site=SITE)

    assert queries.received(str(bill.pk)) == (NOW, bill.pk)
    assert queries.received("no bill") is None
    assert queries.received(str(new_id())) is None
