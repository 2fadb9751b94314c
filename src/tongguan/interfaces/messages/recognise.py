"""What a document is, told from its first bytes: never from a file name or a media type."""

import re
from typing import Final

from tongguan.interfaces.messages.values import Format
from tongguan.interfaces.messages.xml import UTF_16, UTF_32

_SIGN: Final = re.compile(rb"[^ \t\r\n]")
_BOM: Final = b"\xef\xbb\xbf"
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EDIFACT: Final = (b"UNA", b"UNB", b"UNH")
_START: Final = re.compile(rb"<(?:([^\s<>/?!:]+):)?([^\s<>/?!:]+)([^>]{0,4000})")
_NAMESPACE: Final = re.compile(rb"""xmlns(?::([^\s=]+))?\s*=\s*\\?["']([^"']*)["']""")
_NEXT: Final = re.compile(rb"\s*\{")
_WITHIN: Final = 65_536
_PROLOG: Final = 1 << 20
"""So many bytes may stand before the first element."""
_HEADINGS: Final = ("commodity", "商品编号", "商品编码", "项号", "gname", "报关单")
_COLUMNS: Final = 3
_ANSWER: Final = re.compile(rb"<(?:[^\s<>/?!:]+:)?Response[\s>]")
_CHINA: Final = b"urn:Declaration:datamodel:standard:CN"

_ROOTS: Final = {
    b"submitDeclarationRequest": Format.WCO,
    b"Declaration": Format.WCO,
    b"DecMessage": Format.SINGLE_WINDOW,
    b"ImportMessage": Format.SINGLE_WINDOW,
    b"DxpMsg": Format.SINGLE_WINDOW,
    b"DEC_RESULT": Format.RECEIPT,
    b"DecImportResponse": Format.RECEIPT,
    b"ASYCUDA": Format.ASYCUDA,
    b"Manifest": Format.MANIFEST,
    b"Response": Format.WCO_ANSWER,
    b"declarationStatusResponse": Format.WCO_ANSWER,
}


def recognise(data: bytes) -> Format | None:
    """Return what a document is, or None where it is nothing we know of.

    XML is told by the local name of its root, then by its namespace; broken XML too.
    """
    wide = UTF_32.get(data[:4]) or UTF_16.get(data[:2])
    if wide is not None:
        data = data[:_WITHIN].decode(wide, errors="replace").encode()
    first = _SIGN.search(data, len(_BOM) if data.startswith(_BOM) else 0)
    start = data[first.start() : first.start() + _WITHIN] if first else b""
    if start.startswith((b"{", b"[")):
        return _json(data)
    if start.startswith(_ZIP):
        return Format.SPREADSHEET if b"xl/" in data else None
    if start.startswith(_OLE):
        return Format.SPREADSHEET
    if start.startswith(_EDIFACT):
        return Format.EDIFACT
    return _xml(data) if b"<" in start else _table(start)


def first_words(data: bytes) -> str:
    """Return how a document begins, for a refusal to quote."""
    return " ".join(data[:200].decode(errors="replace").split())[:40]


def _json(data: bytes) -> Format:
    """Tell one object a line by the first two, also where the first of them is broken.

    Within one object another begins after a colon, a comma or a bracket alone.
    """
    first = _NEXT.match(data, len(_BOM) if data.startswith(_BOM) else 0)
    end = data.find(b"\n", first.end()) if first else -1
    if first is None or end < 0 or _NEXT.match(data, end) is None:
        return Format.JSON
    line = data[first.end() : end].rstrip()
    return Format.NDJSON if line and line[-1:] not in b":,[" else Format.JSON


def _xml(data: bytes) -> Format | None:
    root = _root(data)
    if root is None:
        return None
    prefix, name, attributes = root
    if name == b"MetaData":
        return _metadata(data)
    if known := _ROOTS.get(name):
        return known
    if name.startswith(b"CEB"):
        return Format.ECOMMERCE
    if name.startswith((b"INV", b"Invt")) or (name == b"Package" and b"INV" in data[:_WITHIN]):
        return Format.BONDED_LIST
    spaces = {found[0]: found[1] for found in _NAMESPACE.findall(attributes)}
    return Format.MANIFEST if spaces.get(prefix, b"").startswith(_CHINA) else None


def _metadata(data: bytes) -> Format:
    """Tell a declaration from an answer by what the envelope holds."""
    if b"Response" in data and _ANSWER.search(data):
        return Format.WCO_ANSWER
    return Format.WCO


def _root(data: bytes) -> tuple[bytes, bytes, bytes] | None:
    """Return prefix, local name and attributes of the first element, past comments and the like."""
    data, at = data[:_PROLOG], 0
    while (at := data.find(b"<", at)) >= 0:
        ends = b""
        if data.startswith(b"<!--", at):
            ends = b"-->"
        elif data.startswith((b"<?", b"<!"), at):
            ends = b">"
        if not ends:
            found = _START.match(data, at)
            return (found[1] or b"", found[2], found[3]) if found else None
        at = data.find(ends, at)
        if at < 0:
            return None
    return None


def _table(start: bytes) -> Format | None:
    """Tell a table with commas or tabs by the headings we know."""
    try:
        first = start.split(b"\n", 1)[0].decode()
    except UnicodeDecodeError:
        first = start.split(b"\n", 1)[0].decode("gb18030", errors="replace")
    columns = re.split(r"[,;\t]", first.lower())
    known = any(heading in column for column in columns for heading in _HEADINGS)
    return Format.SPREADSHEET if len(columns) >= _COLUMNS and known else None
