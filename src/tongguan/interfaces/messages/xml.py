"""Bytes to an XML tree, with nothing followed, nothing fetched, and a word on what is wrong."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lxml import etree

from tongguan.interfaces.messages import problems
from tongguan.interfaces.messages.malformed import fault_of
from tongguan.interfaces.messages.values import Limits
from tongguan.kernel.problems import Fault, Problem

_DECLARED: Final = re.compile(
    rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']"""
)
_BOM: Final = b"\xef\xbb\xbf"
_SIGN_BEYOND: Final = re.compile(rb"[\x80-\xff]")
_FAR_SIGN: Final = re.compile("[\u0800-\U0010ffff]")
UTF_32: Final = {
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"<\0\0\0": "utf-32-le",
    b"\0\0\0<": "utf-32-be",
}
"""How a document in UTF-32 begins, with a byte-order mark and without."""
UTF_16: Final = {
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
_BLANKS: Final = re.compile(rb"\s*")
_BEFORE_ROOT: Final = ((b"<!--", b"-->"), (b"<?", b"?>"))
_CODECS: Final = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "cp936": "gb18030",
    "iso-8859-1": "latin-1",
    "windows-1252": "cp1252",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
_PLAUSIBLE: Final = 0.9
_SHORTEST: Final = len("<a/>")
"""So many bytes an element takes at the least; an attribute takes more."""
_PARSER: Final = etree.XMLParser(
    encoding="utf-8",
    resolve_entities=False,
    load_dtd=False,
    dtd_validation=False,
    no_network=True,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
    collect_ids=False,
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree, or None with the faults that stood in the way; warnings may stand beside a tree."""

    root: etree._Element | None
    faults: tuple[Fault, ...] = ()


def parse(data: bytes, limits: Limits) -> Parsed:
    """Return the tree of a document that may be hostile, or what is wrong with it.

    No DTD, no entities, no network, no huge trees; size, depth and number of elements are
    limited. The encoding is UTF-8 or the one stated; GB2312 is read as GB18030, which holds it.

    Cost: about that of parsing alone.
    """
    if fault := _oversized(data, limits):
        return Parsed(None, (fault,))
    found = _as_utf8(data)
    if isinstance(found, Fault):
        return Parsed(None, (found,))
    parsed = _parse(found, limits)
    if parsed.root is None and found is data and not _is_utf8(data):
        return _once_more(data, limits)
    return parsed


def _parse(data: bytes, limits: Limits) -> Parsed:
    suspect = b"<!DOCTYPE" in data
    if suspect and (at := _doctype(data)) is not None:
        return Parsed(None, (_at(problems.DOCTYPE, data, at),))
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        fault = fault_of(error, data)
        if fault.problem is problems.TOO_DEEP:
            return Parsed(None, (_too_deep(limits),))
        return Parsed(None, (fault,))
    if suspect and root.getroottree().docinfo.internalDTD is not None:
        return Parsed(None, (_at(problems.DOCTYPE, data, 0),))
    if _deeper_than(limits.depth)(root):
        return Parsed(None, (_too_deep(limits),))
    return Parsed(root)


def _doctype(data: bytes) -> int | None:
    """Return where a document type stands: before the root, which nothing else may do that counts.

    Comments and processing instructions are passed over, each once; what is not closed ends it.
    """
    at = 0
    while True:
        blanks = _BLANKS.match(data, at)
        at = at if blanks is None else blanks.end()
        if data.startswith(b"<!DOCTYPE", at):
            return at
        closing = next((end for start, end in _BEFORE_ROOT if data.startswith(start, at)), b"")
        found = data.find(closing, at) if closing else -1
        if found < 0:
            return None
        at = found + len(closing)


def _too_deep(limits: Limits) -> Fault:
    return problems.TOO_DEEP.at("", limit=limits.depth, place="")


def _oversized(data: bytes, limits: Limits) -> Fault | None:
    if len(data) > limits.message_bytes:
        return problems.TOO_LARGE.at("", size=len(data), limit=limits.message_bytes, place="")
    if len(data) < _SHORTEST * limits.elements:
        return None
    begun = data.count(b"<") - data.count(b"</")
    if begun + data.count(b"=") > limits.elements:  # an attribute has one of the second
        return problems.TOO_MANY_ELEMENTS.at("", limit=limits.elements, place="")
    return None


def _as_utf8(data: bytes) -> bytes | Fault:
    """Return the document in UTF-8; the very same object where it says it is."""
    if data[:4] in UTF_32:
        return problems.ENCODING_NOT_READ.at("", encoding="UTF-32", place="1:1")
    if wide := UTF_16.get(data[:2]):
        return _recode(data, wide, "UTF-16")
    if data.startswith(_BOM):
        return data.removeprefix(_BOM)
    declared = _DECLARED.match(data)
    return data if declared is None else _as_stated(data, declared[1].decode())


def _as_stated(data: bytes, stated: str) -> bytes | Fault:
    """Return what is not marked as Unicode in UTF-8, read as what it says it is in."""
    codec = _CODECS.get(stated.lower())
    if codec is None:
        return problems.ENCODING_NOT_READ.at("", encoding=stated, place="1:1")
    if codec == "utf-8":
        return data
    wrong = 0 if codec.startswith("utf-16") else _first_of_utf8(data, codec)
    if wrong is not None:  # what was read so far is in the encoding it says it is not in
        return _at(problems.WRONG_BYTES, data, wrong, encoding=stated)
    return _recode(data, codec, stated)


def _first_of_utf8(data: bytes, codec: str) -> int | None:
    """Return where the first sign stands that shows a document to be UTF-8 whatever it says.

    Bytes that are sound UTF-8 throughout are no other encoding by chance; of GBK only those are
    that spell no sign of three bytes.
    """
    found = _SIGN_BEYOND.search(data)
    if found is None or not _is_utf8(data):
        return None
    gbk = codec == "gb18030" and not _FAR_SIGN.search(data.decode())
    return None if gbk else found.start()


def _recode(data: bytes, codec: str, stated: str) -> bytes | Fault:
    try:
        return data.decode(codec).encode()
    except UnicodeDecodeError as error:
        return _at(problems.WRONG_BYTES, data, error.start, encoding=stated)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _once_more(data: bytes, limits: Limits) -> Parsed:
    """Read what says UTF-8 and is GBK; refuse what is neither, at the first wrong byte."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        refusal = Parsed(None, (_at(problems.WRONG_BYTES, data, error.start, encoding="UTF-8"),))
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return refusal
    if not _is_chinese(text):
        return refusal
    parsed = _parse(text.encode(), limits)
    if parsed.root is None:
        return parsed
    return Parsed(parsed.root, (problems.READ_AS_GB18030.at("", place="1:1"),))


def _is_chinese(text: str) -> bool:
    """Tell whether nearly all signs beyond ASCII are of the common ones."""
    plain = len(text.encode("ascii", errors="ignore"))
    common = len(text.encode("gb2312", errors="ignore").decode("gb2312")) - plain
    return common >= _PLAUSIBLE * (len(text) - plain)


def _at(problem: Problem, data: bytes, offset: int, **facts: object) -> Fault:
    line = data.count(b"\n", 0, offset) + 1
    column = offset - data.rfind(b"\n", 0, offset)
    return problem.at("", line=line, column=column, place=f"{line}:{column}", **facts)


@lru_cache(maxsize=8)
def _deeper_than(depth: int) -> etree.XPath:
    return etree.XPath("boolean(" + "/*" * (depth + 1) + ")")
