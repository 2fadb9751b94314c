"""The answer to a manifest tells what the page tells: warnings beside the number of bills."""

from tests.interfaces.api.conftest import Callers
from tests.interfaces.api.test_transports import MANIFEST

BOX = {
    "number": "BT1", "packages": 1, "gross": "10", "site": "0202-01",
    "units": [{"id": "BUGU0000427", "seals": ["S1"]}],
}  # fmt: skip


def test_the_answer_tells_of_a_container_with_another_check_digit(callers: Callers) -> None:
    answer = callers["lines"].post("/manifests", {**MANIFEST, "bills": [BOX]})

    assert (answer.status_code, answer.json()["bills"]) == (200, 1)
    assert [(one["code"], one["pointer"]) for one in answer.json()["warnings"]] == [
        ("CAR-017", "#/bills/0/units/0/id")
    ]


def test_a_sound_manifest_is_answered_without_warnings(callers: Callers) -> None:
    answer = callers["lines"].post("/manifests", MANIFEST)

    assert answer.json() == {"bills": 1, "warnings": []}
