"""One thing is one thing at every door, however it is spelled; what cannot be it is refused there.

Modelled on what declarants, carriers and gates send: the numbers are invented.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from msgspec import json

from bench.spellings import tried
from tests.domain.cargo.factories import CargoUnitFactory
from tests.domain.declarations.samples import sound
from tests.domain.law import law
from tests.interfaces.api.conftest import Callers
from tests.interfaces.messages.reading import read_of
from tests.interfaces.scene import PASSWORD, Scene, declared, end_all, lodged, play
from tongguan.domain.cargo.reading import read_manifest
from tongguan.domain.cargo.values import BillRow
from tongguan.domain.declarations.rules.check import check, normalise
from tongguan.domain.declarations.rules.counterparts import check_cargo
from tongguan.domain.declarations.values import Container, Submission
from tongguan.interfaces.portal.draft import written
from tongguan.kernel.problems import ProblemError

FAULTS: Final = Path("../shared/faults")
SITE: Final = "0202-01"
BOX: Final = "XMPU0000013"
BOXES: Final = (
    "XMPU0000013", "xmpu0000013", " XMPU 000001-3", "XMPU–000001–3", "ＸＭＰＵ０００００１３",
    "XMPU\u200b0000013", "\u202aXMPU0000013\u202c", "XMPU\xa0000001\u30003", "XMPU000001/3",
    "XMPU0000013\r\n", "XMPU٠٠٠٠٠١٣", "xmpu-000001.3", "XMPU\u00ad0000013", "\ufeffXMPU0000013\t",
)  # fmt: skip
NO_BOXES: Final = ("\u0425MPU0000013", "XMPU\u202e0000013", "XMPU0000013\u0391", "XMPU\n0000013")


def cargo_codes(sent: Submission, bill: Any) -> set[str]:
    """Return what a declaration is told of the bill that a manifest names."""
    row = BillRow(
        id=UUID(int=1), number=bill.number, flow="import", mode="2", name="EXAMPLE STAR",
        voyage="020W", office="0202", site="", packages=bill.packages, gross=bill.gross,
        used_by=None, arrived_at=datetime(2026, 11, 19, tzinfo=UTC), arrived_site="",
        units=tuple(unit.id for unit in bill.units),
    )  # fmt: skip
    found = check_cargo(sent, bill=row, mass_tolerance=Decimal("0.05"))
    return {fault.problem.code for fault in found}


@pytest.mark.parametrize(
    ("folder", "documents"),
    [
        ("01-lowercase-container", ("in.json", "in.xml", "same-but-fullwidth-terms.json")),
        ("03-hyphen-container-in-manifest", ("in.json",)),
        ("05-trailing-tab", ("in.json", "container-newline.json")),
    ],
)
def test_a_declaration_and_its_manifest_meet_however_both_are_spelled(
    folder: str, documents: tuple[str, ...]
) -> None:
    if not (FAULTS / folder).exists():
        pytest.skip("the inputs are not here")
    manifest, warnings = read_manifest((FAULTS / folder / "manifest.json").read_bytes())
    bill = manifest.bills[0]

    assert warnings == ()
    for document in documents:
        read = read_of((FAULTS / folder / document).read_bytes()).submission
        assert read is not None
        sent = normalise(read)
        told = {one.problem.code for one in check(sent, reference=law(), day=date(2026, 11, 30))}
        assert (sent.bill, sent.transport.voyage, sent.terms) == (bill.number, "020W", "1")
        assert not told & {"DEC-013", "DEC-052"}
        assert "DEC-147" not in cargo_codes(sent, bill)
        assert {box.id for box in sent.containers} >= {unit.id for unit in bill.units}


@pytest.mark.parametrize("spelled", BOXES)
def test_a_container_is_the_same_in_a_declaration_and_a_manifest(spelled: str) -> None:
    document = {"number": "m–1", "flow": "import", "mode": "２", "name": "EXAMPLE STAR",
                "voyage": " 020w", "office": "０２０２", "bills": [
                    {"number": "xmpl\u200b20261100101", "packages": 42, "gross": "3050",
                     "units": [{"id": spelled, "seals": ["s–1 Ｓ２"]}]}]}  # fmt: skip
    manifest, warnings = read_manifest(json.encode(document))

    sent = normalise(sound(containers=(Container(spelled, size="11", seals=("S-1", "s2")),)))

    assert warnings == ()
    assert (manifest.number, manifest.mode, manifest.office) == ("M-1", "2", "0202")
    [unit] = manifest.bills[0].units
    assert (unit.id, unit.seals) == (BOX, sent.containers[0].seals) == (BOX, ("S-1", "S2"))
    assert sent.containers[0].id == BOX
    assert not cargo_codes(sent, manifest.bills[0]) & {"DEC-147", "DEC-148"}


@pytest.mark.parametrize("spelled", NO_BOXES)
def test_what_cannot_be_a_container_is_refused_at_its_place_by_both(spelled: str) -> None:
    sent = normalise(sound(containers=(Container(spelled, size="11"),)))
    document = {"number": "M", "flow": "import", "mode": "2", "name": "STAR", "office": "0202",
                "bills": [{"number": "B1", "packages": 1, "gross": "1",
                           "units": [{"id": spelled}]}]}  # fmt: skip

    told = check(sent, reference=law(), day=date(2026, 11, 30))
    with pytest.raises(ProblemError) as refused:
        read_manifest(json.encode(document))

    codes = {one.problem.code for one in told if one.pointer == "#/containers/0/id"}
    assert codes & {"DEC-004", "DEC-013"}
    assert [fault.pointer for fault in refused.value.faults] == ["#/bills/0/units/0/id"]


def test_random_spellings_are_read_as_the_same_at_every_door_or_refused() -> None:
    tried_at = {name: (count, failed) for name, count, failed in tried(4_000, seed=7)}

    assert len(tried_at) == 10
    for name, (count, failed) in tried_at.items():
        assert failed == [], name
        assert count.same > 0, name


def test_containers_of_a_form_may_be_written_apart() -> None:
    typed = {"flow": "import", "containers": "xmpu 000001-3, XMPU0000029\nBOX 7"}

    made = json.decode(written(typed, date(2026, 11, 30)))

    assert [one["id"] for one in made["containers"]] == [BOX, "XMPU0000029", "BOX", "7"]


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    """Return two sides, the first with a container released at its site, under a slashed bill."""
    scene = play()
    id_ = lodged(declared(containers=(Container(BOX, size="11"),)))
    end_all(id_)
    slashed = lodged(declared("R-2", bill="BILL/1/out", containers=()))
    end_all(slashed)
    return scene


def test_a_gate_gives_one_answer_for_one_container(scene: Scene) -> None:
    callers, officer = Callers(scene), Client()
    assert officer.login(username="gate", password=PASSWORD)
    gate = callers["gate"]

    first = gate.get(f"/gate/{SITE}/{BOX}").json()
    assert first["unit"] == BOX
    for spelled in BOXES:
        for path in (f"/{quote(spelled, safe='')}", f"?unit={quote(spelled)}"):
            assert gate.get(f"/gate/0202–01{path}".replace("–", "%E2%80%93")).json() == first
        asked = officer.get(reverse("workbench:gate"), {"unit": spelled, "site": " 0202–01"})
        assert (asked.status_code, asked.context["unit"]) == (200, BOX)
        assert str(asked.context["answer"]["it"].verdict) == first["verdict"]
    for spelled in NO_BOXES:
        refused = gate.get(f"/gate/{SITE}?unit={quote(spelled)}")
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "API-011")
        assert refused.json()["errors"][0]["pointer"] == "#/unit"
        asked = officer.get(reverse("workbench:gate"), {"unit": spelled, "site": SITE})
        assert asked.status_code == 422
        assert "REL-011" in unescape(asked.content.decode())


def test_a_bill_with_a_slash_is_asked_for_at_the_gates_api(scene: Scene) -> None:
    gate = Callers(scene)["gate"]

    by_path = gate.get(f"/gate/{SITE}/bill%2F1/x")
    whole = gate.get(f"/gate/{SITE}?unit=bill/1/out")
    left = gate.post(f"/gate/{SITE}/out", {"unit": "BILL／1/out"})

    assert (by_path.status_code, by_path.json()["unit"]) == (200, "BILL/1/X")
    assert (whole.status_code, whole.json()["unit"]) == (200, "BILL/1/OUT")
    assert whole.json()["verdict"] != "UNKNOWN"
    assert left.status_code in {200, 409}


def test_searches_find_what_is_meant(scene: Scene) -> None:
    trader, officer = Client(), Client()
    assert trader.login(username="trader", password=PASSWORD)
    assert officer.login(username="inspector", password=PASSWORD)
    CargoUnitFactory.create(bill__number="OTHER-1", unit="XMPU0000029")

    for spelled in (*BOXES, "r–1", "ｂｉｌｌｒ-1", " BILL R-1"):
        assert trader.get(reverse("portal:search"), {"q": spelled}).status_code == 302, spelled
        assert officer.get(reverse("workbench:search"), {"q": spelled}).status_code == 302, spelled
    for spelled in NO_BOXES:
        assert trader.get(reverse("portal:search"), {"q": spelled}).status_code == 200


def test_a_report_of_arrival_is_for_the_container_however_it_is_spelled(scene: Scene) -> None:
    gate = Callers(scene)["gate"]
    CargoUnitFactory.create(bill__number="OTHER-1", unit="XMPU0000029")

    reported = gate.post("/arrivals", {"number": "xmpu 000002-9", "site": "0202–01"})
    refused = gate.post("/arrivals", {"number": "\u0425MPU0000029", "site": SITE})

    assert (reported.status_code, reported.json()) == (200, {"bills": ["OTHER-1"]})
    assert [one["pointer"] for one in refused.json()["errors"]] == ["#/number"]
    assert [one["code"] for one in refused.json()["errors"]] == ["API-011"]
