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
_DOCTYPE: Final = re.compile(rb"\A(?:\s|<\?.*?\?>|<!--.*?-->)*<!DOCTYPE", re.DOTALL)
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
    if b"<!DOCTYPE" in data and (doctype := _DOCTYPE.match(data)):
        return Parsed(None, (_at(problems.DOCTYPE, data, doctype.end() - 9),))
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        return Parsed(None, (fault_of(error, data),))
    if _deeper_than(limits.depth)(root):
        return Parsed(None, (problems.TOO_DEEP.at("", limit=limits.depth, place=""),))
    return Parsed(root)


def _oversized(data: bytes, limits: Limits) -> Fault | None:
    if len(data) > limits.message_bytes:
        return problems.TOO_LARGE.at("", size=len(data), limit=limits.message_bytes, place="")
    if data.count(b"<") > 2 * limits.elements:
        return problems.TOO_MANY_ELEMENTS.at("", limit=limits.elements, place="")
    return None


def _as_utf8(data: bytes) -> bytes | Fault:
    """Return the document in UTF-8; the very same object where it says it is."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _recode(data, "utf-16", "UTF-16")
    declared = _DECLARED.match(data)
    if declared is None:
        return data
    stated = declared[1].decode()
    codec = _CODECS.get(stated.lower())
    if codec is None:
        return problems.ENCODING_NOT_READ.at("", encoding=stated, place="1:1")
    return data if codec == "utf-8" else _recode(data, codec, stated)


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
    foreign = [sign for sign in text if not sign.isascii()]
    common = sum(_in_gb2312(sign) for sign in foreign)
    if common < _PLAUSIBLE * len(foreign):
        return refusal
    parsed = _parse(text.encode(), limits)
    if parsed.root is None:
        return parsed
    return Parsed(parsed.root, (problems.READ_AS_GB18030.at("", place="1:1"),))


def _in_gb2312(sign: str) -> bool:
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _at(problem: Problem, data: bytes, offset: int, **facts: object) -> Fault:
    line = data.count(b"\n", 0, offset) + 1
    column = offset - data.rfind(b"\n", 0, offset)
    return problem.at("", line=line, column=column, place=f"{line}:{column}", **facts)


@lru_cache(maxsize=8)
def _deeper_than(depth: int) -> etree.XPath:
    return etree.XPath("boolean(" + "/*" * (depth + 1) + ")")
