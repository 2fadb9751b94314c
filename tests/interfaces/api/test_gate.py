"""The gate by the API: what keeps a container inside is told with its bills."""

from tests.domain.cargo.factories import CargoUnitFactory
from tests.domain.holding import BOXES, SITE
from tests.interfaces.api.conftest import Callers


def test_bills_that_nobody_declared_a_container_under_are_named_to_its_gate(
    callers: Callers,
) -> None:
    CargoUnitFactory.create(bill__number="YOURS", unit=BOXES[0])

    answer = callers["gate"].get(f"/gate/{SITE}/{BOXES[0]}")

    assert answer.status_code == 200
    told = answer.json()
    assert (told["may_leave"], told["verdict"]) == (False, "HELD")
    assert (told["undeclared"], told["waiting"]) == (["YOURS"], [])
    elsewhere = callers["far-gate"].get(f"/gate/0101-01/{BOXES[0]}").json()
    assert (elsewhere["verdict"], elsewhere["undeclared"]) == ("UNKNOWN", [])


def test_a_bill_whose_goods_are_in_containers_is_told_to_its_gate_with_them(
    callers: Callers,
) -> None:
    CargoUnitFactory.create(bill__number="YOURS", unit=BOXES[0])

    told = callers["gate"].get(f"/gate/{SITE}/YOURS").json()
    out = callers["gate"].post(f"/gate/{SITE}/YOURS/out")

    assert (told["may_leave"], told["verdict"]) == (False, "IN_CONTAINERS")
    assert told["containers"] == [BOXES[0]]
    assert out.status_code == 409
    assert b"REL-001" in out.content
    elsewhere = callers["far-gate"].get("/gate/0101-01/YOURS").json()
    assert (elsewhere["verdict"], elsewhere["containers"]) == ("UNKNOWN", [])
