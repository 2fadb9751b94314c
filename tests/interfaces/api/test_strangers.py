"""What is not there and what is another's are answered alike."""

from typing import Any

from tests.domain.cargo.factories import BillFactory
from tests.interfaces.api.conftest import Callers
from tests.interfaces.scene import Scene, declared, hold, lodged, number_of
from tongguan.domain.clearance.lifecycle import HoldKind, Why

LICENCE: dict[str, Any] = {
    "kind": "7",
    "number": "L1",
    "granted": "1",
    "unit": "035",
    "valid_from": "2026-01-01",
    "valid_until": "2027-01-01",
}


def told(answer: Any, *hidden: str) -> tuple[int, str]:
    """Return an answer without the numbers that were asked for."""
    text = str([(one["code"], one["detail"]) for one in answer.json()["errors"]])
    for one in hidden:
        text = text.replace(one, "N")
    return answer.status_code, text


def test_a_movement_of_another_is_answered_like_a_number_that_is_not_there(
    callers: Callers, scene: Scene
) -> None:
    id_ = lodged(declared())
    hold(id_, HoldKind.TRANSIT, Why.MOVING, destination="0202")
    BillFactory.create(number="BILLR-1", here=True)
    known, unknown = number_of(id_), "020220261000000018"
    sent = {
        "departure": {"vehicle": "D1", "seals": "S1"},
        "arrival": {"intact": True, "seals": "S1"},
    }

    for act, who, code in (
        ("departure", "lines", "TRN-004"),
        ("arrival", "far-gate", "TRN-004"),
        ("departure", "rival", "ACC-001"),
        ("arrival", "lines", "ACC-001"),
    ):
        answers = {
            told(callers[who].post(f"/declarations/{one}/transit/{act}", sent[act]), one)
            for one in (known, unknown)
        }
        assert len(answers) == 1
        assert code in str(answers)


def test_who_grants_no_licences_is_not_told_who_is_registered(
    callers: Callers,
) -> None:
    answers = {
        told(callers["rival"].post("/permits/licences", {**LICENCE, "holder": one}))
        for one in ("91110113FAKE00013H", "91110000FAKE99999X")
    }

    [(status, text)] = answers
    assert (status, "ACC-001" in text) == (403, True)


def test_a_manifest_of_another_is_answered_like_one_that_never_came(callers: Callers) -> None:
    BillFactory.create(number="B-1", manifest__number="M1")
    head = {"mode": "2", "name": "EXAMPLE STAR", "voyage": "020W", "flow": "import"}
    bills = [{"number": "B-1", "packages": 1, "gross": "1"}]
    change = {**head, "office": "0202", "bills": bills, "function": "replace"}

    for path, key, sent in (("/manifests", "number", change), ("/transports", "manifest", {})):
        answers = {
            told(callers["lines"].post(path, {**sent, key: one}), one) for one in ("M1", "NONE")
        }
        assert len(answers) == 1
        assert "CAR-007" in str(answers)
