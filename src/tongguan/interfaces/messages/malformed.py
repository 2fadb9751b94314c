"""Why XML cannot be read: the place, and the cause in words that a declarant understands."""

import re
from collections.abc import Callable
from typing import Final

from lxml import etree

from tongguan.interfaces.messages import problems
from tongguan.interfaces.messages.values import Limits
from tongguan.interfaces.messages.xml_reasons import xml_reason
from tongguan.kernel.problems import Fault, Problem

_MISMATCH: Final = re.compile(r"tag mismatch: (\S+) line (\d+) and ([^\s,]+)")
_PREMATURE: Final = re.compile(r"Premature end of data in tag (\S+) line (\d+)")
_PREFIX: Final = re.compile(r"Namespace prefix (\S+)")
_PLACEHOLDER: Final = re.compile(r"(?=.*(?:INSERT|ENTER|YOUR|HERE|PLACEHOLDER|XXX))[A-Z0-9_]{3,}")
_SEEN: Final = 40
_AT_ONCE: Final = 1 << 16


def fault_of(error: etree.XMLSyntaxError, data: bytes) -> Fault:
    """Return the fault that a parser's error stands for, with line, column and cause.

    Args:
        error: what the parser said.
        data: the document, in UTF-8.
    """
    line, column = _position(error)
    code, said = getattr(error, "code", 0), str(error.msg)
    problem, facts = _CAUSES.get(code, _plain)(said, _rest(data, line, column), data)
    facts["words"] = xml_reason(code, said)
    return problem.at("", line=line, column=column, place=f"{line}:{column}", **facts)


def _position(error: etree.XMLSyntaxError) -> tuple[int, int]:
    line, column = error.position
    return max(line, 1), max(column, 1)


def _rest(data: bytes, line: int, column: int) -> str:
    """Return what stands at the place, cut short."""
    start = _start_of(data, line)
    rest = data[start : start + column + 400].decode(errors="replace")
    return rest[column - 1 :]


def _start_of(data: bytes, line: int) -> int:
    """Return where a line begins. Many lines at once are passed over by counting them."""
    start, left = 0, line - 1
    while left and (ends := data.count(b"\n", start, start + _AT_ONCE)) < left:
        if start + _AT_ONCE >= len(data):
            break
        start, left = start + _AT_ONCE, left - ends
    for _ in range(left):
        start = data.find(b"\n", start) + 1
    return start


def _shown(text: str) -> str:
    return " ".join(text.split())[:_SEEN]


Cause = tuple[Problem, dict[str, object]]


def _plain(_message: str, _rest: str, _data: bytes) -> Cause:
    return problems.MALFORMED, {}


def _before(_message: str, _rest: str, data: bytes) -> Cause:
    start = data.lstrip()[:400].decode(errors="replace").lstrip("\ufeff")
    seen = _shown(start)
    return problems.BEFORE_START, {"seen": seen or "…"}


def _declaration(message: str, rest: str, data: bytes) -> Cause:
    if data[: data.find(b"<?xml")].strip():
        return _second(message, rest, data)
    return problems.BEFORE_START, {"seen": "␠"}


def _second(_message: str, rest: str, _data: bytes) -> Cause:
    return problems.TWO_DOCUMENTS, {"seen": _shown(rest) or "…"}


def _hyphens(_message: str, _rest: str, _data: bytes) -> Cause:
    return problems.DOUBLE_HYPHEN, {}


def _unclosed(message: str, rest: str, data: bytes) -> Cause:
    found = _MISMATCH.search(message) or _PREMATURE.search(message)
    if found is None:
        return _plain(message, rest, data)
    opening = f"<{found[1]}>"
    if _PLACEHOLDER.fullmatch(found[1]):
        return problems.PLACEHOLDER, {"seen": opening}
    if found.re is _PREMATURE:
        return problems.CUT_OFF, {"seen": opening}
    facts = {"opening": opening, "opened": found[2], "closing": f"</{found[3]}>"}
    return problems.NOT_CLOSED, dict(facts)


def _quotes(_message: str, rest: str, _data: bytes) -> Cause:
    return problems.NO_QUOTES, {"seen": _shown(rest) or "…"}


def _prefix(message: str, rest: str, data: bytes) -> Cause:
    found = _PREFIX.search(message)
    return (problems.NO_PREFIX, {"seen": found[1]}) if found else _plain(message, rest, data)


def _limit(message: str, rest: str, data: bytes) -> Cause:
    if "depth" in message:
        return problems.TOO_DEEP, {"limit": Limits().depth}
    return _plain(message, rest, data)


def _entity(_message: str, _rest: str, _data: bytes) -> Cause:
    return problems.ENTITY, {}


_types: Final = etree.ErrorTypes
_CAUSES: Final[dict[int, Callable[[str, str, bytes], Cause]]] = {
    _types.ERR_DOCUMENT_EMPTY: _before,
    _types.ERR_DOCUMENT_START: _before,
    _types.ERR_RESERVED_XML_NAME: _declaration,
    _types.ERR_DOCUMENT_END: _second,
    _types.ERR_RESOURCE_LIMIT: _limit,
    _types.ERR_HYPHEN_IN_COMMENT: _hyphens,
    _types.ERR_COMMENT_NOT_FINISHED: _hyphens,
    _types.ERR_TAG_NAME_MISMATCH: _unclosed,
    _types.ERR_TAG_NOT_FINISHED: _unclosed,
    _types.ERR_ATTRIBUTE_NOT_STARTED: _quotes,
    _types.NS_ERR_UNDEFINED_NAMESPACE: _prefix,
    _types.ERR_UNDECLARED_ENTITY: _entity,
    _types.ERR_ENTITYREF_SEMICOL_MISSING: _entity,
    _types.ERR_NAME_REQUIRED: _entity,
    _types.ERR_LT_IN_ATTRIBUTE: _entity,
}
