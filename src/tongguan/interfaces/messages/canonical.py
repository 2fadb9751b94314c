"""Our own JSON: one declaration, an array of them, or one a line."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final, get_args

from msgspec import DecodeError, MsgspecError, Raw
from msgspec import json as codec
from msgspec.structs import fields, replace

from tongguan.domain.declarations.values import (
    Charge,
    Invoice,
    Line,
    Mass,
    Offices,
    Permit,
    Quantity,
    Submission,
    Tax,
)
from tongguan.interfaces.messages import problems
from tongguan.interfaces.messages.members import SHOWN, escaped, faults_in
from tongguan.interfaces.messages.values import (
    Defaults,
    Format,
    Limits,
    PointerPlaces,
    Read,
    Reading,
)
from tongguan.kernel.problems import Fault

_SUBMISSION: Final = codec.Decoder(Submission)
_ARRAY: Final = codec.Decoder(list[Raw])
_ANYTHING: Final = codec.Decoder()
_ENCODER: Final = codec.Encoder()
_SIGNS: Final = (b"null", b'""')
# What the decoder would take and we do not: a bare number where it is not a count, and text
# that is a number only to a lenient reader (full-width digits, blanks, exponents, no number at
# all). Null and empty text are looked for by themselves.
_NUMBERS: Final = sorted(
    {
        info.encode_name
        for kind in (Charge, Invoice, Line, Mass, Permit, Quantity, Tax)
        for info in fields(kind)
        if Decimal in get_args(info.type)
    }
)
_DOUBTFUL: Final = re.compile(
    rb'":(?: ?[-0-9](?<!"number":.)(?<!"count":.)(?<!"line":.)'
    rb'(?<!"number": .)(?<!"count": .)(?<!"line": .)'
    rb"|\s\s+[-0-9]"
    + rb'|(?<=[%s]":)(?:' % "".join(sorted({name[-1] for name in _NUMBERS})).encode()
    + b"|".join(rb'(?<="%s":)' % name.encode() for name in _NUMBERS)
    + rb')\s*"(?!-?[0-9]{1,19}(?:\.[0-9]{1,12})?"))'
)
# What may hide the name of a member: a blank before the colon, and signs written as numbers.
_HIDING: Final = (b" :", b"\t:", b"\n:", b"\r:", rb"\u00")
_SUSPECT: Final = (*_SIGNS, *_HIDING)
_BYTE: Final = re.compile(r"^(?:JSON is malformed: )?(.*?) \(byte (\d+)\)$")
_TRAILING: Final = "trailing characters"
_TRUNCATED: Final = "Input data was truncated"


def read_json(data: bytes, defaults: Defaults, limits: Limits) -> Reading:
    """Return one declaration, or each of an array by itself."""
    start = data.removeprefix(b"\xef\xbb\xbf")
    if not start.lstrip().startswith(b"["):
        if len(start) > limits.message_bytes:
            return _too_large(len(start), limits.message_bytes)
        return Reading(Format.JSON, (read_one(start, defaults, limits),))
    if len(start) > limits.batch_bytes:
        return _too_large(len(start), limits.batch_bytes)
    try:
        items = _ARRAY.decode(start)
    except (MsgspecError, RecursionError) as error:
        return Reading(Format.JSON, faults=(_broken(error, start, limits),))
    if not 0 < len(items) <= limits.batch:
        long = problems.BATCH_TOO_LONG.at("", limit=limits.batch, place="")
        fault = long if items else problems.EMPTY.at("", place="1:1")
        return Reading(Format.JSON, faults=(fault,))
    reads = (read_one(bytes(item), defaults, limits, f"/{at}") for at, item in enumerate(items))
    return Reading(Format.JSON, tuple(reads))


def read_lines(lines: Iterable[bytes], defaults: Defaults, limits: Limits) -> Iterator[Read]:
    """Return what each line declares, as the lines come; empty lines are passed over.

    Cost: that of one line in memory, however many there are.
    """
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if not text:
            continue
        prefix = f"line {number} "
        if len(text) > limits.message_bytes:
            facts = {"size": len(text), "limit": limits.message_bytes, "place": prefix.strip()}
            yield Read(None, PointerPlaces(prefix), (problems.TOO_LARGE.at("", **facts),))
        else:
            yield read_one(text, defaults, limits, prefix, number)


def read_one(
    data: bytes, defaults: Defaults, limits: Limits, prefix: str = "", line: int = 1
) -> Read:
    """Return what one JSON object declares: in one step where it is sound, else with all faults.

    Cost: 0.1 ms for five lines that are sound; 15 µs of it to decode, the rest to look for what
    the decoder is too lenient for.
    """
    places = PointerPlaces(prefix)
    doubtful = any(sign in data for sign in _SUSPECT) or _DOUBTFUL.search(data)
    if not doubtful:
        try:
            submission = _SUBMISSION.decode(data)
        except (DecodeError, UnicodeDecodeError, RecursionError):
            pass
        else:
            doubled = _may_repeat(data, submission) and _repeated(data, places)
            if len(submission.lines) <= limits.lines and not doubled:
                return Read(with_offices(submission, defaults), places)
    return _slowly(data, defaults, limits, places, line)


def write(submission: Submission) -> bytes:
    """Return the declaration as our JSON."""
    return _ENCODER.encode(submission)


def with_offices(submission: Submission, defaults: Defaults) -> Submission:
    """Return the submission with the client's offices where it names none."""
    given, default = submission.offices, defaults.offices
    if default == Offices():
        return submission
    filled = Offices(
        declaration=given.declaration or default.declaration,
        goods=given.goods or default.goods,
        payment=given.payment or default.payment,
        inspection=given.inspection or default.inspection,
    )
    return replace(submission, offices=filled)


def _slowly(
    data: bytes, defaults: Defaults, limits: Limits, places: PointerPlaces, line: int
) -> Read:
    try:
        found = _ANYTHING.decode(data)
        doubled = _repeated(data, places)
    except (DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Read(None, places, (_broken(error, data, limits, line),))
    faults = (*faults_in(found, Submission), *doubled)
    lines = found.get("lines") if isinstance(found, dict) else None
    if isinstance(lines, list) and len(lines) > limits.lines:
        facts = {"count": len(lines), "limit": limits.lines}
        faults += (problems.TOO_MANY_LINES.at("#/lines", **facts),)
    if faults:
        return Read(None, places, faults)
    return Read(with_offices(_SUBMISSION.decode(data), defaults), places)


def _may_repeat(data: bytes, submission: Submission) -> bool:
    """Tell whether there are more names in the bytes than were read: defaults, or doubled ones."""
    names = data.count(b'":')
    return names != _ENCODER.encode(submission).count(b'":')


def _repeated(data: bytes, places: PointerPlaces) -> tuple[Fault, ...]:
    """Find members that stand more than once in one object: which of them is meant, none can say.

    Cost: about that of reading them, and only where there may be any.
    """
    doubled: dict[int, tuple[dict[str, Any], Counter[str]]] = {}

    def whole(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) < len(pairs):
            doubled[id(value)] = (value, Counter(name for name, _value in pairs))
        return value

    def within(value: Any, pointer: str) -> Iterator[Fault]:
        if isinstance(value, list):
            for at, item in enumerate(value):
                yield from within(item, f"{pointer}/{at}")
        elif isinstance(value, dict):
            for name, count in doubled.get(id(value), (value, Counter()))[1].items():
                if count > 1:
                    at_ = f"{pointer}/{escaped(name)}"
                    facts = {"name": name[:SHOWN], "count": count, "limit": 1}
                    yield problems.TOO_OFTEN.at(at_, **facts, place=places.source_path(at_))
            for name, member in value.items():
                yield from within(member, f"{pointer}/{escaped(name)}")

    found = json.loads(data, object_pairs_hook=whole, parse_int=str, parse_float=str)
    return tuple(within(found, "#")) if doubled else ()


def _broken(error: Exception, data: bytes, limits: Limits, line: int = 1) -> Fault:
    if isinstance(error, RecursionError):  # far deeper; no other document comes to that
        return problems.TOO_DEEP.at("", limit=limits.depth, place=f"{line}:1")
    try:
        data.decode()
    except UnicodeDecodeError as wrong:
        where = _where(data, wrong.start, line)
        return problems.WRONG_BYTES.at("", encoding="UTF-8", **where)
    words = str(error)
    found = _BYTE.match(words)
    offset = int(found[2]) if found else len(data) if words == _TRUNCATED else 0
    said = found[1] if found else words
    offset -= said == _TRAILING  # the decoder points behind the first of them
    return problems.JSON_BROKEN.at("", words=said, **_where(data, offset, line))


def _where(data: bytes, offset: int, first: int) -> dict[str, object]:
    line = first + data.count(b"\n", 0, offset)
    column = offset - data.rfind(b"\n", 0, offset)
    return {"line": line, "column": column, "place": f"{line}:{column}"}


def _too_large(size: int, limit: int) -> Reading:
    fault = problems.TOO_LARGE.at("", size=size, limit=limit, place="")
    return Reading(Format.JSON, faults=(fault,))
