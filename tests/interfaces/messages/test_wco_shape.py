"""WCO declarations: places, what is wrong with the shape of a document, and envelopes."""

from typing import Final

import pytest

from tests.interfaces.messages.reading import codes_of, fixture, read_of, reading_of
from tongguan.domain.declarations.values import (
    Submission,
)
from tongguan.interfaces.messages.values import Limits

IMPORT: Final = fixture("wco_import.xml")
AMENDMENT: Final = fixture("wco_amendment.xml")


def declared(data: bytes = IMPORT) -> Submission:
    submission = read_of(data).submission
    assert submission is not None
    return submission


def changed(old: str, new: str, data: bytes = IMPORT) -> bytes:
    """Return the document with every such place changed."""
    assert old.encode() in data
    return data.replace(old.encode(), new.encode())


def told(data: bytes) -> set[tuple[str, str, str]]:
    """Return code, canonical path and place of what is at fault."""
    found = read_of(data)
    return {(fault.problem.code, fault.pointer, found.source_path(fault)) for fault in found.faults}


def test_every_place_is_a_chain_of_class_ids() -> None:
    places = read_of(IMPORT).places

    assert places.source_path("#/lines/1/commodity") == "42A/67A/68A#2/23A/21A#1:145"
    assert places.source_path("#/lines/0/classifications/0") == "42A/67A/68A#1/23A/21A#3:145"
    assert places.source_path("#/containers/0/seals/1") == "42A/67A/28A/31B#1/44B#2:165"
    assert places.source_path("#/parties/trader/scc") == "42A/67A/74A:R038"
    assert places.source_path("#/lines/1/origin") == "42A/67A/68A#2/92A#1:063"
    assert places.source_path("#/lines/1/price") == "42A/67A/68A#2"
    assert places.source_path("#/contract") == "42A"
    assert places.source_path("") == "42A"


def test_a_place_counts_by_the_number_that_an_item_declares() -> None:
    places = read_of(
        changed(
            "<SequenceNumeric>2</SequenceNumeric>\n        <Commodity>",
            "<SequenceNumeric>1000</SequenceNumeric>\n        <Commodity>",
        )
    ).places

    assert places.source_path("#/lines/1/name") == "42A/67A/68A#1000/23A:137"


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("<Exporter>", "<Exporter><Colour>red</Colour>", "MSG-030", "42A/57A/Colour"),
        ("<Exporter>", '<Exporter hue="red">', "MSG-032", "42A/57A"),
        ("<CurrentCode>1RD", '<CurrentCode hue="red">1RD', "MSG-032", "42A/67A/68A#2/70A#2:166"),
        ("<Exporter>", "<Exporter>stray", "MSG-033", "42A/57A"),
        ("</Exporter>", "</Exporter>stray", "MSG-033", "42A"),
        ("<CurrentCode>1RD", '<CurrentCode xmlns="">1RD', "MSG-031", "42A/67A/68A#2/70A#2"),
        ("EX-2026-0001", "X" * 36, "MSG-034", "42A:D026"),
        (">16440.00<", ">16,440<", "MSG-035", "42A/67A/68A#1/23A/79A:112"),
        (">16440.00<", ">16440.1234<", "MSG-035", "42A/67A/68A#1/23A/79A:112"),
        ("<ID>EXDECLARANT01</ID>", "<ID> </ID>", "MSG-036", "42A/57B:R123"),
        ("<FunctionCode>9</FunctionCode>", "", "MSG-037", "42A:017"),
        ("<TypeCode>IMA", "<TypeCode>IMA</TypeCode><TypeCode>IMA", "MSG-038", "42A:D013"),
        (
            "</Exporter>",
            "</Exporter><Exporter><ID>X</ID></Exporter>",
            "MSG-038",
            "42A",
        ),
        (
            "<TypeCode>IMA",
            "<IssueDateTime><DateTimeString>tomorrow</DateTimeString></IssueDateTime><TypeCode>IMA",
            "MSG-039",
            "42A:D011",
        ),
        (
            "<Destination><CountryCode>CN",
            "<Destination><CountryCode>C",
            "MSG-043",
            "42A/67A/99B:465",
        ),
    ],
)
def test_what_is_wrong_with_the_shape_is_told_by_place(
    old: str, new: str, code: str, place: str
) -> None:
    assert (code, place) in {(code, place) for code, _, place in told(changed(old, new))}


def test_a_fault_of_shape_has_a_canonical_path_where_its_place_has_one() -> None:
    assert told(changed(">16440.00<", ">16,440<")) == {
        ("MSG-035", "#/lines/0/total", "42A/67A/68A#1/23A/79A:112")
    }


def test_an_unknown_namespace_in_the_body_is_told_once() -> None:
    data = changed('xmlns="urn:wco:datamodel:WCO:DEC-DMS:2"', 'xmlns="urn:example:other"')

    assert {(code, place) for code, _, place in told(data)} == {("MSG-031", "42A")}


def test_an_unknown_namespace_of_the_envelope_is_told() -> None:
    data = changed("urn:wco:datamodel:WCO:DocumentMetaData-DMS:2", "urn:example:other")

    reading = reading_of(data)

    assert [(f.problem.code, f.facts["place"]) for f in reading.faults] == [("MSG-031", "MetaData")]


def test_the_log_of_a_request_is_opened() -> None:
    inner = IMPORT.split(b"?>", 1)[1].decode()
    start = "<n:submitDeclarationRequest xmlns:n='urn:x'><n:D>1</n:D>"
    data = f"{start}{inner}</n:submitDeclarationRequest>"

    assert declared(data.encode()) == declared()


def test_a_bare_declaration_is_read() -> None:
    start, end = IMPORT.index(b"<Declaration>"), IMPORT.index(b"</md:MetaData>")
    bare = IMPORT[start:end].replace(
        b"<Declaration>", b'<Declaration xmlns="urn:wco:datamodel:WCO:DEC-DMS:2">'
    )

    assert declared(bare) == declared()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<submitDeclarationRequest/>", "MSG-073"),
        (changed("</Declaration>", "</Declaration><Declaration/>"), "MSG-009"),
    ],
)
def test_an_envelope_without_one_declaration_is_refused(data: bytes, code: str) -> None:
    assert codes_of(reading_of(data)) == [code]


def test_more_lines_than_are_taken_are_refused() -> None:
    assert codes_of(reading_of(IMPORT, limits=Limits(lines=1))) == ["MSG-007"]
