"""Any document at all: recognised by what it is, refused by name or by cause and place."""

from copy import deepcopy
from typing import Any, Final, cast

import pytest
from lxml import etree

from tests.interfaces.messages.reading import codes_of, fixture, reading_of
from tongguan.interfaces.messages import problems
from tongguan.interfaces.messages.malformed import fault_of
from tongguan.interfaces.messages.recognise import recognise
from tongguan.interfaces.messages.values import Format, Limits

DEC: Final = fixture("dec_import.xml")
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b'  {"flow":"import"}', Format.JSON),
        (b"[]", Format.JSON),
        (b'{"a":1}\n{"a":2}', Format.NDJSON),
        (b'{"a":1}\n', Format.JSON),
        (b'{"a":1\n{"a":2}', Format.NDJSON),
        (b'{no json\r\n\r\n{"a":2}', Format.NDJSON),
        (b'{"a":[\n{"b":1},\n{"b":2}]}', Format.JSON),
        (b'{"b":1, "a":  \n  {"b":1}}', Format.JSON),
        (b'{"a":\n{"b":1}}', Format.JSON),
        (DEC, Format.SINGLE_WINDOW),
        (DEC.decode().encode("utf-16"), Format.SINGLE_WINDOW),
        (DEC.decode().encode("utf-16-le"), Format.SINGLE_WINDOW),
        (DEC.decode().encode("utf-16-be"), Format.SINGLE_WINDOW),
        (DEC.decode().encode("utf-32"), Format.SINGLE_WINDOW),
        (b"<x:DecMessage xmlns:x='urn:whatever'/>", Format.SINGLE_WINDOW),
        (b"<?xml version='1.0'?><!-- <ASYCUDA> --><ImportMessage/>", Format.SINGLE_WINDOW),
        (b"<DxpMsg", Format.SINGLE_WINDOW),
        (b"<md:MetaData><Declaration/></md:MetaData>", Format.WCO),
        (b"<MetaData><Response><Declaration/></Response></MetaData>", Format.WCO_ANSWER),
        (b"<n:submitDeclarationRequest>", Format.WCO),
        (b"<DEC_RESULT/>", Format.RECEIPT),
        (b"<DecImportResponse/>", Format.RECEIPT),
        (b"<ASYCUDA/>", Format.ASYCUDA),
        (b"<Manifest xmlns='urn:Declaration:datamodel:standard:CN:MT1401:1'/>", Format.MANIFEST),
        (b"<m:Head xmlns:m='urn:Declaration:datamodel:standard:CN:MT2101:1'/>", Format.MANIFEST),
        (b"<CEB311Message/>", Format.ECOMMERCE),
        (b"<INV101/>", Format.BONDED_LIST),
        (b"<Package><InvtMessage>INV101</InvtMessage></Package>", Format.BONDED_LIST),
        (b"UNA:+.? 'UNB+UNOA:1'", Format.EDIFACT),
        (b"\r\nUNH+1+CUSDEC:D:96B:UN'", Format.EDIFACT),
        (b"PK\x03\x04....xl/workbook.xml", Format.SPREADSHEET),
        (OLE + b"....", Format.SPREADSHEET),
        ("项号,商品编号,商品名称\n1,8482102000,轴承".encode(), Format.SPREADSHEET),
        ("项号,商品编号,商品名称\n1,8482102000,轴承".encode("gb18030"), Format.SPREADSHEET),
        (b"number;commodity;name\n1;8482102000;x", Format.SPREADSHEET),
        (b"PK\x03\x04....word/document.xml", None),
        (b"<log4j:event xmlns:log4j='x'/>", None),
        (b"<!-- only a comment", None),
        (b"<!-- only a comment --> and words", None),
        (b"<1>", None),
        (b"Dear customs, please find enclosed", None),
        (b"\x00\x01\x02", None),
    ],
)
def test_a_document_is_told_by_what_it_is(data: bytes, found: Format | None) -> None:
    assert recognise(data) is found


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<ASYCUDA/>", "ASYCUDA declaration"),
        (b"<Manifest/>", "manifest"),
        (b"UNB+UNOA:1'", "UN/EDIFACT message"),
        (OLE, "spreadsheet"),
        (b"<CEB311Message/>", "e-commerce message"),
        (b"<INV101/>", "bonded inventory"),
        (b"<DEC_RESULT/>", "single-window receipt"),
    ],
)
def test_what_is_recognised_and_not_read_is_refused_by_name(data: bytes, words: str) -> None:
    reading = reading_of(data)

    [fault] = reading.faults
    assert fault.problem.code == "MSG-002"
    assert (
        fault.told(str)["detail"] == f"The document is recognised as: {words}. It is not read yet."
    )


def test_what_nobody_knows_is_refused_with_what_was_seen() -> None:
    reading = reading_of(b"Dear customs, please find enclosed our declaration of today")

    [fault] = reading.faults
    assert fault.problem.code == "MSG-001"
    assert fault.facts["seen"] == "Dear customs, please find enclosed our d"
    assert not reading.sound


@pytest.mark.parametrize("data", [b"", b" \r\n\t"])
def test_nothing_is_refused_as_nothing(data: bytes) -> None:
    assert codes_of(reading_of(data)) == ["MSG-003"]


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b"hello <DecMessage/>", "MSG-011", "1:1"),
        (b"\n <?xml version='1.0'?><DecMessage/>", "MSG-011", "2:7"),
        (b"<DecMessage>\n<!-- a -- b --></DecMessage>", "MSG-012", "2:8"),
        (b"<DecMessage><!-- never closed", "MSG-012", "1:30"),
        (b"<DecMessage>\n<A><INSERTEORIHERE></A></DecMessage>", "MSG-013", "2:24"),
        (b"<DecMessage><INSERT_HERE>", "MSG-013", "1:26"),
        (b"<DecMessage/>\n<DecMessage/>", "MSG-014", "2:1"),
        (b"<DecMessage/>\n<?xml version='1.0'?><DecMessage/>", "MSG-014", "2:6"),
        (b'<DecMessage a=\\"b\\"/>', "MSG-019", "1:15"),
        (b"<DecMessage><A>1</B></DecMessage>", "MSG-020", "1:21"),
        (b"<x:DecMessage/>", "MSG-021", "1:14"),
        (b"<DecMessage><A>", "MSG-022", "1:16"),
        (b"<DecMessage>&nbsp;</DecMessage>", "MSG-023", "1:19"),
        (b"<DecMessage>a & b</DecMessage>", "MSG-023", "1:16"),
        (b"<DecMessage>\x01</DecMessage>", "MSG-010", "1:13"),
        (b"<DEC_RESULT><A></DEC_RESULT>", "MSG-020", "1:29"),
    ],
)
def test_broken_xml_is_refused_with_cause_line_and_column(
    data: bytes, code: str, place: str
) -> None:
    reading = reading_of(data)

    [fault] = reading.faults
    assert (fault.problem.code, fault.facts["place"]) == (code, place)
    assert fault.told(str)["detail"]


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE DecMessage SYSTEM "http://example.org/x.dtd">',
        '<!DOCTYPE DecMessage [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<?xml version="1.0"?><!-- hello --><!DOCTYPE DecMessage [<!ENTITY a "aaaaaaaaaa">]>',
    ],
)
def test_a_document_type_is_refused_unread(prolog: str) -> None:
    data = f"{prolog}<DecMessage><DecHead><IEFlag>&x;</IEFlag></DecHead></DecMessage>".encode()

    assert codes_of(reading_of(data)) == ["MSG-015"]


def test_the_word_doctype_within_a_text_is_no_document_type() -> None:
    data = DEC.replace("备注 & 说明".encode(), b"<!DOCTYPE html>")

    assert reading_of(data).sound


def test_a_document_type_in_another_encoding_is_refused_too() -> None:
    data = "<!DOCTYPE DecMessage [<!ENTITY a 'b'>]><DecMessage>&a;</DecMessage>".encode("utf-16")

    assert codes_of(reading_of(data)) == ["MSG-015"]


def test_limits_of_size_depth_and_number_are_told() -> None:
    deep = b"<DecMessage>" + b"<a>" * 40 + b"</a>" * 40 + b"</DecMessage>"
    wide = b"<DecMessage>" + b"<a/>" * 50 + b"</DecMessage>"

    assert codes_of(reading_of(DEC, limits=Limits(message_bytes=100))) == ["MSG-004"]
    assert codes_of(reading_of(deep)) == ["MSG-005"]
    assert codes_of(reading_of(wide, limits=Limits(elements=20))) == ["MSG-006"]


def test_elements_deeper_than_any_parser_goes_are_refused() -> None:
    data = b"<DecMessage>" + b"<a>" * 100_000

    assert codes_of(reading_of(data)) == ["MSG-005"]


def test_a_text_longer_than_any_parser_takes_is_refused_without_advice_for_programmers() -> None:
    [fault] = reading_of(b"<DecMessage><NoteS>" + b"a" * 11_000_000).faults

    assert fault.told(str)["detail"].endswith(": a name or a value is longer than is read.")


@pytest.mark.parametrize("encoding", ["gb2312", "GBK", "gb18030"])
def test_chinese_encodings_are_read_as_the_one_that_holds_them_all(encoding: str) -> None:
    text = DEC.decode().replace('encoding="utf-8"', f'encoding="{encoding}"')
    data = text.replace("示例码头A区", "镕堃码头").encode("gb18030")

    reading = reading_of(data)

    assert reading.sound
    submission = reading.reads[0].submission
    assert submission is not None
    assert submission.place.name == "镕堃码头"


def test_what_says_utf8_and_is_gbk_is_read_once_more_and_told() -> None:
    reading = reading_of(DEC.decode().encode("gbk"))

    assert codes_of(reading) == ["MSG-018"]
    assert reading.sound
    assert reading.reads[0].submission == reading_of(DEC).reads[0].submission


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b"<DecMessage>\n<A>Buyer\xc1\x80ame</A></DecMessage>", "MSG-016", "2:9"),
        (b"<DecMessage>\n<A>\xff\xff</A></DecMessage>", "MSG-016", "2:4"),
        (
            b'<?xml version="1.0" encoding="gb2312"?>\n<DecMessage>\xff</DecMessage>',
            "MSG-016",
            "2:13",
        ),
        (b'<?xml version="1.0" encoding="ebcdic-cp-us"?><DecMessage/>', "MSG-017", "1:1"),
        (b'<?xml version="1.0" encoding="utf-16"?><DecMessage/>', "MSG-016", "1:1"),
        (
            '<?xml version="1.0" encoding="GBK"?><DecMessage>北京</DecMessage>'.encode(),
            "MSG-016",
            "1:49",
        ),
        (
            '<?xml version="1.0" encoding="latin-1"?><DecMessage>é</DecMessage>'.encode(),
            "MSG-017",
            "1:1",
        ),
        (
            '<?xml version="1.0" encoding="iso-8859-1"?><DecMessage>é</DecMessage>'.encode(),
            "MSG-016",
            "1:56",
        ),
        ("<DecMessage/>".encode("utf-32"), "MSG-017", "1:1"),
        ("<DecMessage/>".encode("utf-32-be"), "MSG-017", "1:1"),
    ],
)
def test_bytes_that_fit_no_encoding_are_refused_at_the_first(
    data: bytes, code: str, place: str
) -> None:
    [fault] = reading_of(data).faults

    assert (fault.problem.code, fault.facts["place"]) == (code, place)


def test_broken_xml_in_gbk_is_refused_for_being_broken() -> None:
    data = "<DecMessage><名称>示例</名></DecMessage>".encode("gbk")

    assert codes_of(reading_of(data)) == ["MSG-020"]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_read_with_and_without_a_byte_order_mark(codec: str) -> None:
    found = reading_of(DEC.decode().encode(codec)).reads[0]

    assert found.submission == reading_of(DEC).reads[0].submission


def test_western_encodings_are_read() -> None:
    text = "<?xml version='1.0' encoding='ISO-8859-1'?><DecMessage><DecHead><IEFlag>I</IEFlag>"
    text += "<TrafName>Møller</TrafName></DecHead><DecSign><OperType>C</OperType></DecSign>"
    text += "</DecMessage>"

    submission = reading_of(text.encode("latin-1")).reads[0].submission

    assert submission is not None
    assert submission.transport.name == "Møller"


NASTY: Final = (
    "abc",
    "-",
    "NaN",
    "-Infinity",
    "1e5",
    "1_000",
    "２０",
    "²",
    "9" * 5_000,
    "0" * 40,
    "\u2028",
    "00000000",
    "0001-01-01T00:00:00",
    "20260230",
    "x" * 600,
    "a,b;;,",
)


@pytest.mark.parametrize("name", ["dec_import.xml", "wco_import.xml", "wco_amendment.xml"])
def test_any_value_anywhere_is_read_or_told_with_words_and_place(name: str) -> None:
    root = etree.fromstring(fixture(name))
    leaves = [element for element in root.iter("{*}*") if not len(element)]

    for leaf in leaves:
        before = leaf.text
        for value in (*NASTY, None):
            leaf.text = value
            for one in reading_of(etree.tostring(root)).reads:
                for fault in one.faults:
                    assert fault.told(str)["detail"]
                    assert one.source_path(fault)
        leaf.text = before


@pytest.mark.parametrize("name", ["dec_import.xml", "wco_import.xml"])
def test_no_missing_or_doubled_element_makes_reading_raise(name: str) -> None:
    root = etree.fromstring(fixture(name))

    for element in list(root.iter("{*}*"))[1:]:
        parent = element.getparent()
        assert parent is not None
        at = parent.index(element)
        parent.insert(at, deepcopy(element))
        reading_of(etree.tostring(root))
        del parent[at : at + 2]
        reading_of(etree.tostring(root))
        parent.insert(at, element)


def test_no_cut_makes_reading_raise() -> None:
    for length in range(0, len(DEC), 97):
        reading_of(DEC[:length])
        reading_of(DEC[length:])
        reading_of(DEC[:length] + b"\x00<&" + DEC[length:])


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("ERR_TAG_NAME_MISMATCH", "an element is not closed by its own name"),
        ("NS_ERR_UNDEFINED_NAMESPACE", "it is not written as XML has it"),
    ],
)
def test_a_message_of_the_parser_that_nobody_foresaw_is_told_in_our_words(
    code: str, words: str
) -> None:
    error = cast("Any", etree.XMLSyntaxError)(
        "something new", getattr(etree.ErrorTypes, code), 1, 5
    )

    fault = fault_of(error, b"<DecMessage>")

    assert fault.problem is problems.MALFORMED
    assert fault.told(str)["detail"] == f"Line 1, column 5: {words}."
