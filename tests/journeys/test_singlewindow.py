"""The single window's examples lodge and clear: over HTTP, to the end, with their receipts.

Their dates are moved to now, for the law of their day would ask for the fee of six years; their
goods, parties and codes are sent as they stand.
"""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.journeys.clearing import end_checks, open_holds, pay
from tests.journeys.users import Product, eventually
from tongguan.kernel.time import utc_now

pytestmark = pytest.mark.journey


@pytest.fixture
def examples(shared_data: Path) -> Path:
    return shared_data / "singlewindow"


def changed(file: Path, *changes: tuple[bytes, bytes]) -> bytes:
    """Return an example with the days of entry and departure moved to yesterday, and changes."""
    text = file.read_bytes()
    day = f"{utc_now() - timedelta(days=1):%Y%m%d}".encode()
    text = re.sub(rb"<(IEDate|DespDate)>\d{8}</", lambda found: b"<%s>%s</" % (found[1], day), text)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def announced(product: Product, sent: bytes, site: str) -> None:
    """Let the carrier announce the bill that an example names, and report it at a site."""
    root = etree.fromstring(sent)

    def told(name: str) -> str:
        return next(str(one.text or "") for one in root.iter("{*}" + name))

    units = [str(one.text) for one in root.iter("{*}ContainerId")]
    bill = {
        "number": told("BillNo"),
        "packages": int(told("PackNo")),
        "gross": told("GrossWet"),
        "units": [{"id": unit} for unit in units],
    }
    manifest = {
        "number": f"M{bill['number']}",
        "flow": {"I": "import", "E": "export"}[told("IEFlag")],
        "mode": told("TrafMode"),
        "name": told("TrafName"),
        "voyage": told("VoyNo"),
        "office": told("IEPort"),
        "bills": [bill],
    }
    carrier = product.software("carrier")
    carrier.post("/manifests", manifest)
    carrier.post("/arrivals", {"number": bill["number"], "site": site})


def lodged(product: Product, sent: bytes) -> Any:
    return product.software("broker").post("/declarations", sent, wants=201, kind="xml")


def cleared(product: Product, told: Any, unit: str, site: str) -> list[str]:
    """Let the checks end, the bank confirm and the gate open; return the codes of the receipts."""
    number, broker = told["number"], product.software("broker")
    eventually(lambda: "ARRIVAL" not in open_holds(product, number))
    end_checks(product, number)
    if "PAYMENT" in open_holds(product, number):
        pay(product, told)
    gate, at = product.software(f"gate-{site}"), f"/gate/{site}/{unit}"
    eventually(lambda: bool(gate.get(at)["may_leave"]))
    gate.post(f"{at}/out", {})
    assert broker.get(f"/declarations/{number}")["state"] == "CLOSED"
    listed = broker.get(f"/declarations/{number}/receipts")["receipts"]
    return [one["code"] for one in listed]


def codes(folder: Path) -> list[str]:
    """Return the channel codes that the example's customs told, in order."""
    found = [etree.parse(file).findtext("CHANNEL") for file in sorted(folder.glob("import_*.xml"))]
    return [str(code) for code in found if code]


def test_the_import_by_sea_clears_with_the_receipts_of_the_example(
    product: Product, examples: Path
) -> None:
    sent = changed(examples / "import_sea.xml")
    announced(product, sent, "0202-01")

    received = cleared(product, lodged(product, sent), "XMPU0000013", "0202-01")

    handed_over, *wanted = codes(examples / "receipts")
    assert handed_over == "7"  # what the window tells of itself, before customs has it
    assert [code for code in received if code in wanted] == wanted
    assert received[-1] == "R"


def test_the_export_by_air_is_released_for_loading_after_its_arrival_report(
    product: Product, examples: Path
) -> None:
    saved = examples / "export_air.xml"
    lodging = changed(saved, (b"<OperType>G<", b"<OperType>C<"))

    only_saved = product.software("broker").post("/declarations", saved.read_bytes(), kind="xml")
    told = lodged(product, lodging)
    before = product.software("gate-0101-01").get("/gate/0101-01/00012345675")
    announced(product, lodging, "0101-01")
    received = cleared(product, told, "00012345675", "0101-01")

    assert only_saved["outcome"] == "sound"
    assert "ARRIVAL" in {hold["kind"] for hold in told["holds"]}
    assert not before["may_leave"]
    assert [code for code in received if code in set("LTPR")] == ["L", "P", "R"]


def test_a_summary_is_refused_and_its_full_declaration_clears_in_one_step(
    product: Product, examples: Path
) -> None:
    first = changed(examples / "import_two_step_1_summary.xml")
    whole = changed(
        examples / "import_two_step_2_full.xml",
        (b"<Type>  6</Type>", b"<Type></Type>"),
        (b"<EntryId>020220251000000033</EntryId>", b"<EntryId/>"),
        (b"<SeqNo>I20250000000000033</SeqNo>", b"<SeqNo/>"),
    )
    announced(product, whole, "0202-01")

    refused = product.software("broker").post("/declarations", first, wants=422, kind="xml")
    received = cleared(product, lodged(product, whole), "XMPU0000029", "0202-01")

    assert [error["code"] for error in refused["errors"]] == ["LOD-006"]
    assert [code for code in received if code in set("LCTPR")] == ["L", "C", "T", "P", "R"]
