"""One way in: bytes of any format to declarations, with places and all faults."""

from collections.abc import Callable
from datetime import date
from typing import Final

from tongguan.interfaces.messages import problems
from tongguan.interfaces.messages.canonical import read_document, read_json
from tongguan.interfaces.messages.parts import parts_in
from tongguan.interfaces.messages.recognise import first_words, recognise
from tongguan.interfaces.messages.singlewindow.reader import read_message
from tongguan.interfaces.messages.singlewindow.structure import messages_in
from tongguan.interfaces.messages.translation.tables import Translation
from tongguan.interfaces.messages.values import Defaults, Format, Limits, Read, Reading
from tongguan.interfaces.messages.wco.envelope import declarations_in
from tongguan.interfaces.messages.wco.reader import read_declaration
from tongguan.interfaces.messages.xml import parse
from tongguan.kernel.problems import Fault

_LIMITS: Final = Limits()
_NO_DEFAULTS: Final = Defaults()


def read(
    data: bytes,
    *,
    tables: Translation,
    day: date,
    defaults: Defaults = _NO_DEFAULTS,
    limits: Limits = _LIMITS,
) -> Reading:
    """Return what a document declares, whatever its format; never raises over its content.

    Args:
        data: the bytes as received.
        tables: the channels' code lists.
        day: the day as of which codes are translated.
        defaults: what stands in where the message is silent.
        limits: how much is taken.
    """
    if not data.strip():
        return Reading(None, faults=(problems.EMPTY.at("", place="1:1"),))
    found = recognise(data)
    if found is None:
        seen = first_words(data)
        return Reading(None, faults=(problems.NOT_KNOWN.at("", seen=seen, place="1:1"),))
    if not found.is_read:
        return Reading(found, faults=_unread(data, found, limits))
    return _READERS[found](data, tables, day, defaults, limits)


def _unread(data: bytes, found: Format, limits: Limits) -> tuple[Fault, ...]:
    """Refuse by name what is recognised only; broken XML by what breaks it."""
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        parsed = parse(data, limits)
        if parsed.root is None:
            return parsed.faults
    return (problems.NOT_READ.at("", format=found, place="1:1"),)


Reader = Callable[[bytes, Translation, date, Defaults, Limits], Reading]


def _json(
    data: bytes, _tables: Translation, _day: date, defaults: Defaults, limits: Limits
) -> Reading:
    return read_json(data, defaults, limits)


def _ndjson(
    data: bytes, _tables: Translation, _day: date, defaults: Defaults, limits: Limits
) -> Reading:
    return read_document(data, defaults, limits)


def _single_window(
    data: bytes, tables: Translation, day: date, defaults: Defaults, limits: Limits
) -> Reading:
    parsed = parse(data, limits)
    if parsed.root is None:
        return Reading(Format.SINGLE_WINDOW, faults=parsed.faults)
    elements, inner = messages_in(parsed.root, limits)
    faults = parsed.faults + inner.faults
    if not elements:
        return Reading(Format.SINGLE_WINDOW, faults=faults)
    if len(elements) > 1:
        several = problems.SEVERAL.at("", count=len(elements), place="DecMessage[2]")
        return Reading(Format.SINGLE_WINDOW, faults=(*faults, several))
    codes = tables.on("singlewindow", day)
    one = _bounded(read_message(elements[0], codes, defaults, limits), limits)
    return Reading(Format.SINGLE_WINDOW, (one,), faults)


def _wco(
    data: bytes, tables: Translation, day: date, defaults: Defaults, limits: Limits
) -> Reading:
    parsed = parse(data, limits)
    if parsed.root is None:
        return Reading(Format.WCO, faults=parsed.faults)
    elements, wrong = declarations_in(parsed.root)
    codes = tables.on("wco", day)
    reads = tuple(
        _bounded(read_declaration(element, codes, defaults, limits), limits) for element in elements
    )
    return Reading(Format.WCO, reads, (*parsed.faults, *wrong))


def _bounded(read: Read, limits: Limits) -> Read:
    """Return what was read, or only a refusal where it has more parts than are taken."""
    if read.submission is None or parts_in(read.submission) <= limits.parts:
        return read
    fault = problems.TOO_MANY_PARTS.at("#", limit=limits.parts)
    return Read(None, read.places, (fault,))


_READERS: Final[dict[Format, Reader]] = {
    Format.JSON: _json,
    Format.NDJSON: _ndjson,
    Format.WCO: _wco,
    Format.SINGLE_WINDOW: _single_window,
}
