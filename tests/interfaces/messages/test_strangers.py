"""Documents of strangers: no document type, no entity, no value unseen, no bound passed."""

from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

from tests.domain.declarations.samples import sound
from tests.grammar_pieces import XML
from tests.interfaces.messages.reading import codes_of, fixture, read_of, reading_of
from tongguan.domain.declarations.values import Container, Flow, Kind
from tongguan.interfaces.messages.canonical import write
from tongguan.interfaces.messages.values import Limits
from tongguan.kernel.problems import MORE, MOST_TOLD

IMPORT: Final = fixture("dec_import.xml")
WCO: Final = fixture("wco_import.xml")
SOUND: Final = write(sound())
FAULTS: Final = Path(__file__).parents[3].parent / "shared" / "faults"
BOM: Final = b"\xef\xbb\xbf"


@pytest.fixture
def faults() -> Path:
    if not FAULTS.is_dir():
        pytest.skip("no shared faults")
    return FAULTS


@pytest.mark.parametrize("name", ["in-20.xml", "in.xml", "in-40.xml"])
def test_comments_before_the_root_and_the_word_in_a_text_are_no_document_type(
    faults: Path, name: str
) -> None:
    found = read_of((faults / "07-doctype-comments" / name).read_bytes())

    assert found.sound
    assert found.submission is not None
    assert found.submission.remarks == "old template: <!DOCTYPE DecMessage>"


def test_a_document_type_is_refused_with_and_without_a_byte_order_mark(faults: Path) -> None:
    paths = sorted((faults / "08-bom-doctype").glob("*.xml"))

    told = {path.name: codes_of(reading_of(path.read_bytes())) for path in paths}

    assert len(told) == 6
    assert all(codes == ["MSG-015"] for codes in told.values())


@pytest.mark.parametrize("mark", [b"", BOM])
@pytest.mark.parametrize(
    "prolog",
    [
        b'<!DOCTYPE a [<!ENTITY a "x">]>',
        b"<?a b?><!DOCTYPE a>",
        b"<!-- a --><!-- <!DOCTYPE b> -->\n <?c?> <!DOCTYPE a>",
        b'<?xml version="1.0" encoding="UTF-8"?>' + b"<!---->" * 200 + b"<!DOCTYPE a>",
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_no_document_type_passes_whatever_stands_before_it(
    prolog: bytes, mark: bytes, codec: str
) -> None:
    data = prolog.replace(b"UTF-8", codec.encode()) + b"<DecMessage>&a;</DecMessage>"
    written = mark + data if codec == "utf-8" else data.decode().encode(codec)

    assert codes_of(reading_of(written)) == ["MSG-015"]


@pytest.mark.parametrize("between", [b"<!-- c -->", b"<?c d?>", b"<![CDATA[]]>"])
def test_what_is_no_text_within_a_value_leaves_the_value_whole(between: bytes) -> None:
    split = IMPORT.replace(b"<GrossWet>30", b"<GrossWet>3" + between + b"0", 1)

    assert split != IMPORT
    assert read_of(split).submission == read_of(IMPORT).submission


@pytest.mark.parametrize(
    ("written", "place"),
    [
        (b"<GrossWet>30<b/>50</GrossWet>", "DecMessage/DecHead/GrossWet"),
        (b"<GrossWet>3050</GrossWet>77", "DecMessage/DecHead"),
    ],
)
def test_a_number_that_no_value_holds_is_told_at_its_place(written: bytes, place: str) -> None:
    start = IMPORT.index(b"<GrossWet>")
    end = IMPORT.index(b"</GrossWet>") + len(b"</GrossWet>")

    found = read_of(IMPORT[:start] + written + IMPORT[end:])

    assert ("MSG-033", place) in {(f.problem.code, found.source_path(f)) for f in found.faults}
    assert not found.sound


def test_seals_stand_at_their_container_however_its_number_is_written(faults: Path) -> None:
    found = read_of((faults / "28-seals-by-case" / "in.xml").read_bytes())

    assert found.sound
    assert found.submission is not None
    assert [one.seals for one in found.submission.containers] == [("S-1", "S-2")]


def test_seals_of_a_container_that_is_not_declared_are_told(faults: Path) -> None:
    found = read_of((faults / "28-seals-by-case" / "other.xml").read_bytes())

    [fault] = found.faults
    assert (fault.problem.code, found.source_path(fault)) == ("MSG-076", "TrnContainer[1]/ContaNo")
    assert "BUGU0000299" in fault.told(str)["detail"]


@pytest.mark.parametrize("written", ["xmpu 000001-3", "ＸＭＰＵ0000013", "\u200bXMPU0000013\u3000"])
def test_a_container_and_its_seals_meet_in_any_spelling(written: str) -> None:
    data = IMPORT.replace(b"<ContaNo>XMPU0000013", f"<ContaNo>{written}".encode())

    found = read_of(data)

    assert found.sound
    assert found.submission is not None
    assert found.submission.containers[0].seals == ("S-1", "S-2")


def test_seals_without_any_container_are_told() -> None:
    start, end = IMPORT.index(b"<DecContainers>"), IMPORT.index(b"</DecContainers>")

    found = read_of(IMPORT[:start] + b"<DecContainers>" + IMPORT[end:])

    assert "MSG-076" in {fault.problem.code for fault in found.faults}


def test_seals_of_a_container_that_a_wco_message_names_twice_are_all_kept() -> None:
    twice = (
        b"<TransportEquipment><SequenceNumeric>7</SequenceNumeric><ID>xmpu0000013</ID>"
        b"<Seal><SequenceNumeric>1</SequenceNumeric><ID>S-9</ID></Seal></TransportEquipment>"
    )
    at = WCO.rindex(b"</TransportEquipment>", 0, WCO.index(b"</Consignment>"))
    at += len(b"</TransportEquipment>")

    found = read_of(WCO[:at] + twice + WCO[at:])

    assert found.submission is not None
    assert found.submission.containers[0] == Container(
        id="XMPU0000013", seals=("S-1", "S-2", "S-9"), lines=(1,)
    )


def test_a_million_faults_are_told_as_a_thousand_and_a_count() -> None:
    data = b'{"flow":"import",' + b",".join(b'"a%d":1' % n for n in range(60_000)) + b"}"

    faults = read_of(data).faults

    assert len(faults) == MOST_TOLD + 1
    assert (faults[-1].problem, faults[-1].facts) == (MORE, {"count": 59_000})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{}\n" * 20_000, "MSG-008"),
        (b"\n" * 200_000 + b"{}\n\n{}\n" * 6_000, "MSG-008"),
        (b"[" + b"{}," * 20_000 + b"{}]", "MSG-008"),
        (b'{"flow":"import","containers":[' + b"{}," * 200_000 + b"{}]}", "MSG-006"),
        (b'{"flow":"import","containers":[' + b'{"id":"A"},' * 30_000 + b'{"id":"A"}]}', "MSG-075"),
        (b"<DecMessage>" + b"<a/>" * 200_000 + b"</DecMessage>", "MSG-006"),
        (b"<DecMessage>" + b'<a b="c"/>' * 90_000 + b"</DecMessage>", "MSG-006"),
        (XML["WCO items"](1_000_000), "MSG-007"),
        (XML["WCO containers"](2_000_000), "MSG-075"),
        (b"<DecMessage><a " + b'b="" ' * 200_000 + b"/></DecMessage>", "MSG-006"),
        (b"<DecMessage>" + b"<a>" * 40 + b"</a>" * 40 + b"</DecMessage>", "MSG-005"),
        (b"<DecMessage>" + b"<a>" * 9_000 + b"</a>" * 9_000 + b"</DecMessage>", "MSG-005"),
    ],
)
def test_each_bound_is_told_by_its_own_code(data: bytes, code: str) -> None:
    assert codes_of(reading_of(data)) == [code]


def test_lines_are_told_by_their_own_number_whatever_empty_lines_stand_between() -> None:
    reading = reading_of(SOUND + b"\n\n \t\n\r\n" + SOUND[:-1])

    assert [one.sound for one in reading.reads] == [True, False]
    assert reading.reads[1].source_path(reading.reads[1].faults[0]).startswith("5:")


@pytest.mark.parametrize("data", [SOUND, IMPORT, WCO])
def test_a_value_of_absurd_length_is_refused_at_its_place(data: bytes) -> None:
    name = b"EXAMPLE STAR"
    assert name in data

    found = read_of(data.replace(name, b"\xef\xb7\xba" * 100_000))

    [fault] = found.faults
    assert fault.problem.code == "MSG-034"
    assert fault.pointer == "#/transport/name"


def test_a_declaration_that_does_not_say_which_way_may_be_either() -> None:
    [fault] = (found := read_of(SOUND.replace(b'"import"', b'"inward"'))).faults

    assert fault.pointer == "#/flow"
    assert found.submission is None
    assert found.possible == tuple(replace(sound(), flow=flow) for flow in Flow)


@pytest.mark.parametrize(
    ("data", "asked"),
    [
        (IMPORT.replace(b"<IEFlag>I", b"<IEFlag>X"), {(flow, Kind.FULL) for flow in Flow}),
        (WCO.replace(b">IMA<", b">XXA<"), {(flow, Kind.FULL) for flow in Flow}),
        (WCO.replace(b">IMA<", b">IM9<"), {(Flow.IMPORT, Kind.FULL), (Flow.IMPORT, Kind.SUMMARY)}),
    ],
)
def test_xml_that_does_not_say_which_way_may_be_either(
    data: bytes, asked: set[tuple[Flow, Kind]]
) -> None:
    found = read_of(data)

    assert len(found.faults) == 1
    assert found.submission is None
    assert {(one.flow, one.kind) for one in found.possible} == asked


def test_more_entries_than_are_taken_are_refused() -> None:
    found = read_of(SOUND, limits=Limits(parts=3))

    assert [fault.problem.code for fault in found.faults] == ["MSG-075"]
