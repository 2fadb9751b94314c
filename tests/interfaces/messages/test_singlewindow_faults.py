"""DecMessage: places, faults and envelopes."""

from base64 import b64encode
from pathlib import Path
from typing import Final

import pytest

from tests.interfaces.messages.reading import codes_of, fixture, read_of, reading_of
from tongguan.domain.declarations.values import (
    Submission,
)
from tongguan.interfaces.messages.values import Format, Limits

IMPORT: Final = fixture("dec_import.xml")


def declared(data: bytes = IMPORT) -> Submission:
    submission = read_of(data).submission
    assert submission is not None
    return submission


def changed(old: str, new: str, data: bytes = IMPORT) -> bytes:
    """Return the document with one place changed."""
    assert data.count(old.encode()) == 1
    return data.replace(old.encode(), new.encode())


def head(elements: str) -> bytes:
    """Return a short message with these elements in its head."""
    return (
        f"<DecMessage><DecHead><IEFlag>I</IEFlag>{elements}</DecHead>"
        "<DecSign><OperType>C</OperType></DecSign></DecMessage>"
    ).encode()


def test_a_licence_in_its_field_comes_before_those_in_their_block() -> None:
    places = read_of(IMPORT).places

    assert places.source_path("#/permits/0/number") == "DecHead/LicenseNo"
    assert places.source_path("#/permits/1/number") == "LicenseDocu[1]/CertCode"


def test_every_place_is_told_in_the_senders_notation() -> None:
    places = read_of(IMPORT).places

    assert places.source_path("#/lines/1/commodity") == "DecList[GNo=2]/CodeTS"
    assert (
        places.source_path("#/lines/1/permits/0/number")
        == "DecList[GNo=2]/DecGoodsLimit[1]/LicenceNo"
    )
    assert places.source_path("#/parties/trader/scc") == "DecHead/TradeCodeScc"
    assert places.source_path("#/transport/voyage") == "DecFreeTxt/VoyNo"
    assert places.source_path("#/lines/0/preference/certificate") == "EcoRelation[1]/EcoCertNo"
    assert places.source_path("#/containers/0/id") == "Container[1]/ContainerId"


def test_what_has_no_place_of_its_own_has_that_of_its_nearest_parent() -> None:
    places = read_of(IMPORT).places

    assert places.source_path("#/lines/1/mass/net") == "DecList[GNo=2]"
    assert places.source_path("#/lines/9") == "DecHead"
    assert places.source_path("#/mode") == "DecHead"


def test_all_faults_are_told_at_once_each_with_its_place() -> None:
    data = changed("<GrossWet>3050.00000</GrossWet>", "<GrossWet>3,050 kg</GrossWet>")
    data = changed("<IEDate>20261119</IEDate>", "<IEDate>20261399</IEDate>", data)
    data = changed("<WrapType>2</WrapType>", "<WrapType>3</WrapType>", data)
    data = changed("<TradeCountry>304</TradeCountry>", "<TradeCountry>998</TradeCountry>", data)
    data = changed("<GoodsNo>1,2</GoodsNo>", "<GoodsNo>1,x</GoodsNo>", data)

    found = read_of(data)

    assert {
        (fault.problem.code, fault.pointer, found.source_path(fault)) for fault in found.faults
    } == {
        ("MSG-035", "#/mass/gross", "DecHead/GrossWet"),
        ("MSG-039", "#/entry_date", "DecHead/IEDate"),
        ("MSG-042", "#/packages/kind", "DecHead/WrapType"),
        ("MSG-041", "#/countries/dispatch", "DecHead/TradeCountry"),
        ("MSG-035", "#/containers/0/lines", "Container[1]/GoodsNo"),
    }


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<DecMessage/>", [("MSG-037", "DecMessage")]),
        (
            b"<DecMessage><DecHead/></DecMessage>",
            [("MSG-037", "DecHead"), ("MSG-037", "DecSign/OperType")],
        ),
        (
            b"<DecMessage><DecHead><IEFlag>X</IEFlag></DecHead></DecMessage>",
            [("MSG-040", "DecHead/IEFlag"), ("MSG-037", "DecSign/OperType")],
        ),
        (
            b"<DecMessage><DecHead><IEFlag>I</IEFlag></DecHead></DecMessage>",
            [("MSG-037", "DecSign/OperType")],
        ),
    ],
)
def test_what_a_message_cannot_be_read_without_is_told(
    data: bytes, told: list[tuple[str, str]]
) -> None:
    found = read_of(data)

    assert [(f.problem.code, found.source_path(f)) for f in found.faults] == told


def test_an_element_that_stands_twice_is_told() -> None:
    reading = reading_of(head("<BillNo>A</BillNo><BillNo>B</BillNo>"))

    assert codes_of(reading) == ["MSG-038"]


def test_an_element_where_a_value_is_read_is_told_for_it_would_be_lost() -> None:
    found = read_of(changed(">XMPL20261100777<", "> <No>XMPL20261100777</No> <", IMPORT))

    assert [(one.problem.code, one.pointer, found.source_path(one)) for one in found.faults] == [
        ("MSG-030", "#/bill", "DecHead/BillNo")
    ]


def test_a_block_that_stands_twice_is_told() -> None:
    found = read_of(changed("<DecHead>", "<DecHead><IEFlag>I</IEFlag></DecHead><DecHead>"))

    assert ("MSG-038", "DecHead") in [
        (fault.problem.code, found.source_path(fault)) for fault in found.faults
    ]


def test_a_certificate_for_no_line_is_told() -> None:
    reading = reading_of(changed("<DecGNo>1</DecGNo>", "<DecGNo>first</DecGNo>"))

    assert codes_of(reading) == ["MSG-035"]


def test_a_container_without_a_number_is_told() -> None:
    data = changed("<ContainerId>XMPU0000013</ContainerId>", "<ContainerId/>")

    found = read_of(data)

    assert [fault.problem.code for fault in found.faults] == ["MSG-037"]


def test_more_lines_than_are_taken_are_refused() -> None:
    reading = reading_of(IMPORT, limits=Limits(lines=1))

    assert codes_of(reading) == ["MSG-007"]
    assert reading.reads[0].submission is None


@pytest.mark.parametrize(
    "envelope",
    [
        "<ImportMessage><SWImpHead/><SWImpData>{}</SWImpData></ImportMessage>",
        "<DxpMsg><Head/><Data>{}</Data></DxpMsg>",
    ],
)
def test_a_message_is_found_in_its_envelopes(envelope: str) -> None:
    bare = IMPORT.split(b"?>", 1)[1].decode()

    reading = reading_of(envelope.format(bare).encode())

    assert reading.format is Format.SINGLE_WINDOW
    assert reading.reads[0].submission == declared()


def test_a_message_in_base64_is_unpacked() -> None:
    data = b"<DxpMsg><TransInfo/><Data>" + b64encode(IMPORT) + b"</Data></DxpMsg>"

    assert declared(data) == declared()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<DxpMsg><Data>not base64!</Data></DxpMsg>", "MSG-073"),
        (b"<DxpMsg><Head/></DxpMsg>", "MSG-073"),
        (b"<DxpMsg><Data>" + b64encode(b"<a><b></a>") + b"</Data></DxpMsg>", "MSG-020"),
        (b"<DxpMsg><Data>" + b64encode(b"<Other/>") + b"</Data></DxpMsg>", "MSG-073"),
        (b"<ImportMessage><DecMessage/><DecMessage/></ImportMessage>", "MSG-009"),
    ],
)
def test_an_envelope_without_one_declaration_is_refused(data: bytes, code: str) -> None:
    assert codes_of(reading_of(data)) == [code]


def test_an_envelope_in_an_envelope_has_an_end() -> None:
    data = IMPORT
    for _ in range(4):
        data = b"<DxpMsg><Data>" + b64encode(data) + b"</Data></DxpMsg>"

    assert codes_of(reading_of(data)) == ["MSG-073"]


def test_the_single_window_examples_are_read(shared_data: Path) -> None:
    paths = sorted((shared_data / "singlewindow").glob("*.xml"))

    found = {path.stem: read_of(path.read_bytes()) for path in paths}

    assert {name: one.draft for name, one in found.items()} == {
        "export_air": True,
        "import_sea": False,
        "import_two_step_1_summary": False,
        "import_two_step_2_full": False,
    }
    assert all(one.sound for one in found.values())
    export = found["export_air"].submission
    assert export is not None
    assert export.lines[0].name == "数字压力表"
    assert (export.lines[0].origin, export.lines[0].destination) == ("CHN", "KOR")
