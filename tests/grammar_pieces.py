"""Pieces of the grammars that strangers write documents in, each repeated to any size.

What a reader does with one piece it does with a million of them: in time and memory that grow as
the document does.
"""

from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

Make = Callable[[int], bytes]

WCO: Final = (
    b'<md:MetaData xmlns:md="urn:wco:datamodel:WCO:DocumentMetaData-DMS:2" '
    b'xmlns="urn:wco:datamodel:WCO:DEC-DMS:2"><Declaration><FunctionCode>9</FunctionCode>'
    b"<TypeCode>IMA</TypeCode>%s</Declaration></md:MetaData>"
)
HEAD: Final = b"<DecMessage><DecHead><IEFlag>I</IEFlag>%s</DecHead></DecMessage>"
BESIDE: Final = b"<DecMessage><DecHead><IEFlag>I</IEFlag></DecHead>%s</DecMessage>"
VALUE: Final = HEAD.replace(b"%s", b"<NoteS>%s</NoteS>")
ITEM: Final = (
    b"<GoodsShipment><GovernmentAgencyGoodsItem>%s</GovernmentAgencyGoodsItem></GoodsShipment>"
)


def times(piece: bytes, before: bytes = b"", after: bytes = b"") -> Make:
    """Return what repeats a piece up to a size, between a beginning and an end."""
    room = len(before) + len(after)
    return lambda size: before + piece * max(1, (size - room) // len(piece)) + after


def counted(piece: bytes, before: bytes = b"", after: bytes = b"") -> Make:
    """Return what repeats a piece that holds a number, another one each time."""
    each = len(piece) + 4

    def make(size: int) -> bytes:
        count = max(1, (size - len(before) - len(after)) // each)
        return before + b"".join(piece % number for number in range(count)) + after

    return make


def within(frame: bytes, piece: bytes) -> Make:
    """Return what repeats a piece in the one place that a frame leaves."""
    before, _, after = frame.partition(b"%s")
    return times(piece, before, after)


def numbered(frame: bytes, piece: bytes) -> Make:
    """Return what repeats a piece with a number in the one place that a frame leaves."""
    before, _, after = frame.partition(b"%s")
    return counted(piece, before, after)


def head(piece: bytes) -> Make:
    """Return what repeats a piece in the head of a single-window message."""
    return within(HEAD, piece)


def nested(opening: bytes, closing: bytes = b"") -> Make:
    """Return what stands within itself."""

    def make(size: int) -> bytes:
        count = size // (len(opening) + len(closing))
        return opening * count + closing * count

    return make


def encoded(make: Make, codec: str, mark: bytes = b"") -> Make:
    """Return a document in another encoding."""
    return lambda size: mark + make(size // 2).decode().encode(codec)


def packed(make: Make) -> Make:
    """Return a document in Base64, in the envelope that takes it so."""
    return lambda size: b"<DxpMsg><Data>" + b64encode(make(size * 3 // 4)) + b"</Data></DxpMsg>"


def workbook(make: Make) -> Make:
    """Return a workbook whose first sheet holds what is made."""

    def made(size: int) -> bytes:
        buffer = BytesIO()
        with ZipFile(buffer, "w", ZIP_DEFLATED) as packed_:
            for name, data in _WORKBOOK.items():
                packed_.writestr(name, data)
            packed_.writestr("xl/worksheets/sheet1.xml", make(size))
        return buffer.getvalue()

    return made


_TYPES: Final = b"application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET: Final = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData>%s</sheetData></worksheet>"
)
_MERGED: Final = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>bill</t></is></c></row></sheetData>'
    b"<mergeCells>%s</mergeCells></worksheet>"
)
_WORKBOOK: Final = {
    "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
    b'.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="' + _TYPES + b"."
    b'sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="' + _TYPES + b"."
    b'worksheet+xml"/></Types>',
    "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
    b'2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
    b'main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    b'<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package'
    b'/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    b"</Relationships>",
}

XML: Final[dict[str, Make]] = {
    "comments before the root": times(b"<!-- export -->", after=b"<DecMessage/>"),
    "comments not closed": times(b"<!--", b"<DecMessage>"),
    "comments and a document type": times(b"<!--a-->", after=b"<!DOCTYPE a><DecMessage/>"),
    "instructions before the root": times(b"<?a b?>", after=b"<DecMessage/>"),
    "instructions not closed": times(b"<?a ", after=b"<DecMessage/>"),
    "blanks before the root": times(b" \n", after=b"<DecMessage/>"),
    "document types": times(b"<!DOCTYPE a>", after=b"<DecMessage/>"),
    "entities declared": times(b'<!ENTITY a "&a;&a;">', b"<!DOCTYPE a [", b"]><DecMessage/>"),
    "entities, with a byte-order mark": times(
        b"&a;", b'\xef\xbb\xbf<!DOCTYPE a [<!ENTITY a "x">]><DecMessage>', b"</DecMessage>"
    ),
    "byte-order marks": times(b"\xef\xbb\xbf", after=b"<DecMessage/>"),
    "entities in a value": head(b"<NoteS>&amp;&lt;</NoteS>"),
    "entities in one value": within(VALUE, b"&amp;"),
    "entities unknown": head(b"&nbsp;"),
    "numbers of characters": head(b"<NoteS>&#x4e2d;</NoteS>"),
    "sections of text": within(VALUE, b"<![CDATA[<a>]]>"),
    "sections not closed": head(b"<![CDATA["),
    "instructions in a value": head(b"<NoteS>a<?b c?>d</NoteS>"),
    "comments in a value": head(b"<NoteS>a<!--b-->d</NoteS>"),
    "elements in elements": nested(b"<a>", b"</a>"),
    "elements not closed": times(b"<a>", b"<DecMessage>"),
    "ends without a beginning": times(b"</a>", b"<DecMessage>"),
    "attributes": numbered(b"<DecMessage><a %s/></DecMessage>", b'a%d="" '),
    "attributes doubled": times(b'a="" ', b"<DecMessage><a ", b"/></DecMessage>"),
    "attributes without quotes": times(b"a=b ", b"<DecMessage ", b"/>"),
    "namespaces": numbered(b"<DecMessage><a %s/></DecMessage>", b'xmlns:a%d="u" '),
    "namespaces in elements": numbered(b"<DecMessage>%s</DecMessage>", b'<a xmlns="u%d"/>'),
    "prefixes unknown": head(b"<x:a/>"),
    "elements unknown": head(b"<a/>"),
    "elements of other names": numbered(b"<DecMessage>%s</DecMessage>", b"<a%d/>"),
    "a long name": times(b"a", b"<DecMessage><", b"/></DecMessage>"),
    "a long value": within(VALUE, b"9"),
    "long values": head(b"<NetWt>" + b"9" * 5_000 + b"</NetWt>"),
    "values that grow when made plain": head(b"<BillNo>" + "ﷺ".encode() * 1_000 + b"</BillNo>"),
    "values doubled": head(b"<BillNo>A</BillNo>"),
    "text between elements": head(b"a <BillNo/>"),
    "blanks between elements": head(b"<BillNo/> \n "),
    "lines of goods": within(
        BESIDE.replace(b"%s", b"<DecLists>%s</DecLists>"),
        b"<DecList><GNo>1</GNo></DecList>",
    ),
    "containers": numbered(
        BESIDE.replace(b"%s", b"<DecContainers>%s</DecContainers>"),
        b"<Container><ContainerId>A%d</ContainerId><GoodsNo>1,x</GoodsNo></Container>",
    ),
    "seals of one container": within(
        BESIDE.replace(b"%s", b"<TrnContainers>%s</TrnContainers>"),
        b"<TrnContainer><ContaNo>A</ContaNo><SealNo>B,C</SealNo></TrnContainer>",
    ),
    "messages in one envelope": within(b"<ImportMessage>%s</ImportMessage>", b"<DecMessage/>"),
    "Base64 with blanks": times(b"A ", b"<DxpMsg><Data>", b"</Data></DxpMsg>"),
    "Base64 of a document": packed(head(b"<NoteS>a</NoteS>")),
    "UTF-16": encoded(head(b"<a/>"), "utf-16"),
    "GBK that says UTF-8": within(VALUE, "中文".encode("gb18030")),
    "WCO elements unknown": within(WCO, b"<Foo/>"),
    "WCO elements of another namespace": within(WCO, b'<FunctionCode xmlns="u">9</FunctionCode>'),
    "WCO attributes unknown": within(WCO, b'<FunctionCode a="b">9</FunctionCode>'),
    "WCO text between elements": within(WCO, b"a<FunctionCode>9</FunctionCode>"),
    "WCO values doubled": within(WCO, b"<TypeCode>IMA</TypeCode>"),
    "WCO values empty": within(WCO, b"<TypeCode/>"),
    "WCO classes too often": within(WCO, b"<GoodsShipment/>"),
    "WCO items": within(
        WCO.replace(b"%s", b"<GoodsShipment>%s</GoodsShipment>"), b"<GovernmentAgencyGoodsItem/>"
    ),
    "WCO text in items": within(
        WCO.replace(b"%s", ITEM), b"a<AdditionalDocument><ID>1</ID></AdditionalDocument>"
    ),
    "WCO licences of an item": within(
        WCO.replace(b"%s", ITEM), b"<AdditionalDocument><ID>1</ID></AdditionalDocument>"
    ),
    "WCO licences of a declaration without a known type": within(
        WCO.replace(b"IMA", b"XXA").replace(b"%s", ITEM),
        b"<AdditionalDocument><ID>1</ID></AdditionalDocument>",
    ),
    "WCO goods in items": within(
        WCO.replace(b"%s", b"<GoodsShipment>%s</GoodsShipment>"),
        b"<GovernmentAgencyGoodsItem><Commodity/></GovernmentAgencyGoodsItem>",
    ),
    "WCO containers": numbered(
        WCO.replace(b"%s", b"<GoodsShipment><Consignment>%s</Consignment></GoodsShipment>"),
        b"<TransportEquipment><ID>A%d</ID></TransportEquipment>",
    ),
    "WCO containers of items": numbered(
        WCO.replace(b"%s", ITEM.replace(b"%s", b"<Commodity>%s</Commodity>")),
        b"<TransportEquipment><ID>A%d</ID></TransportEquipment>",
    ),
    "WCO pointers": within(
        WCO.replace(b">9<", b">13<")
        .replace(b"IMA", b"COR")
        .replace(b"%s", b"<Amendment>%s</Amendment>"),
        b"<Pointer><DocumentSectionCode>42A</DocumentSectionCode></Pointer>",
    ),
    "WCO amendments": within(
        WCO.replace(b">9<", b">13<").replace(b"IMA", b"COR"),
        b"<Amendment><Pointer><DocumentSectionCode>42A</DocumentSectionCode></Pointer></Amendment>",
    ),
}
JSON: Final[dict[str, Make]] = {
    "lists in lists": nested(b"[", b"]"),
    "objects in objects": nested(b'{"a":', b"}"),
    "lists not closed": nested(b"["),
    "a list of lists": times(b"[[[]]],", b"[", b"{}]"),
    "a list of numbers": times(b"1,", b"[", b"1]"),
    "a list of declarations": times(b"{},", b"[", b"{}]"),
    "a list of texts": times(b'"",', b"[", b'""]'),
    "members unknown": counted(b'"a%d":1,', b"{", b'"b":1}'),
    "a member repeated": times(b'"flow":"import",', b"{", b'"flow":"import"}'),
    "members repeated under a long name": times(
        b'{"b":1,"b":2},', b'{"' + b"a" * 1_000 + b'":[', b"{}]}"
    ),
    "containers": times(b'{"id":"A"},', b'{"flow":"import","containers":[', b'{"id":"A"}]}'),
    "containers without a number": times(b"{},", b'{"flow":"import","containers":[', b"{}]}"),
    "lines of goods": times(b"{},", b'{"flow":"import","lines":[', b"{}]}"),
    "seals": times(b'"A",', b'{"flow":"import","containers":[{"id":"A","seals":[', b'"A"]}]}'),
    "a long text": times(b"a", b'{"flow":"import","remarks":"', b'"}'),
    "a long text that grows when made plain": times(
        "ﷺ".encode(), b'{"flow":"import","bill":"', b'"}'
    ),
    "quotation marks": times(b'\\"', b'{"flow":"import","remarks":"', b'"}'),
    "quotation marks not closed": times(b'\\"', b'{"remarks":"'),
    "backslashes": times(b"\\\\", b'{"flow":"import","remarks":"', b'"}'),
    "NUL characters": times(b"\\u0000", b'{"flow":"import","remarks":"', b'"}'),
    "halves of characters": times(b"\\ud800", b'{"flow":"import","remarks":"', b'"}'),
    "a long number": times(b"9", b'{"flow":"import","packages":{"count":', b"}}"),
    "a long fraction": times(b"9", b'{"flow":"import","mass":{"gross":"1.', b'"}}'),
    "an exponent": times(b"9", b'{"flow":"import","mass":{"gross":1e', b"}}"),
    "numbers out of range": times(b"1e999,", b'{"flow":"import","lines":[', b"1e999]}"),
    "null": times(b"null,", b'{"flow":"import","lines":[', b"null]}"),
    "blanks": times(b" ", b'{"flow":', b'"import"}'),
    "byte-order marks": times(b"\xef\xbb\xbf", after=b'{"flow":"import"}'),
    "UTF-16": encoded(times(b'"a":1,', b"{", b'"b":1}'), "utf-16"),
    "lines of nothing": times(b"\n", b"{}\n", b"{}"),
    "lines of blanks": times(b" \n", b"{}\n", b"{}"),
    "lines of objects": times(b"{}\n"),
    "lines of open lists": times(b"[[[[\n", b"{}\n"),
    "a broken first line": times(b"a", b"{", b"\n{}"),
}
TEXT: Final[dict[str, Make]] = {
    "headings": times(b"a,"),
    "headings known": times(b"bill,", b"manifest,", b"\nA,B"),
    "newlines": times(b"\n", b"manifest,bill\n"),
    "quotation marks": times(b'"', b"manifest,bill\n"),
    "rows": counted(b"M,B%d\n", b"manifest,bill\n"),
    "wide rows": times(b",", b"manifest,bill\nM,B"),
    "NUL": times(b"\0"),
    "a long cell": times(b"a", b"manifest,bill\nM,"),
}
SHEET: Final[dict[str, Make]] = {
    "merged cells": workbook(within(_MERGED, b'<mergeCell ref="A1:XFD1048576"/>')),
    "cells far out": workbook(within(_SHEET, b'<row r="20000"><c r="XFD20000"><v>1</v></c></row>')),
    "rows": workbook(within(_SHEET, b"<row><c><v>1</v></c></row>")),
    "wide rows": workbook(within(_SHEET.replace(b"%s", b"<row>%s</row>"), b"<c><v>1</v></c>")),
    "texts": workbook(
        within(
            _SHEET.replace(b"%s", b'<row r="1"><c t="inlineStr"><is>%s</is></c></row>'),
            b"<t>a</t>",
        )
    ),
    "numbers out of range": workbook(within(_SHEET, b"<row><c><v>1e999</v></c></row>")),
    "comments": workbook(within(_SHEET, b"<!---->")),
}
MANIFEST: Final[dict[str, Make]] = {
    **JSON,
    "bills": times(b"{},", b'{"bills":[', b"{}]}"),
    "units": times(b'{"id":"A"},', b'{"bills":[{"units":[', b'{"id":"A"}]}]}'),
    "seals listed": times(b'"A",', b'{"bills":[{"units":[{"id":"A","seals":[', b'"A"]}]}]}'),
    "bills of three containers": counted(
        b'{"number":"B%d","packages":42,"gross":"3050.5","goods":"bearings","units":['
        b'{"id":"XMPU0000013","seals":["S1"]},{"id":"XMPU0000034","seals":["S-2","S3"]},'
        b'{"id":"XMPU0000055"}]},',
        b'{"number":"M1","flow":"import","mode":"2","name":"STAR","office":"0202","bills":[',
        b'{"number":"B","packages":1,"gross":"1"}]}',
    ),
    "containers with seals of their own": counted(
        b'{"id":"XMPU0000013","seals":["S%d","T"]},', b'{"bills":[{"units":[', b"{}]}]}"
    ),
}
DECLARATIONS: Final = {
    **{f"XML: {name}": make for name, make in XML.items()},
    **{f"JSON: {name}": make for name, make in JSON.items()},
}
MANIFESTS: Final = {
    **{f"manifest: {name}": make for name, make in MANIFEST.items()},
    **{f"text: {name}": make for name, make in TEXT.items()},
    **{f"sheet: {name}": make for name, make in SHEET.items()},
}
