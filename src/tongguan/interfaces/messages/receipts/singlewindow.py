"""Single-window receipts: `DecImportResponse` at saving, `DEC_RESULT` for every later step."""

from datetime import UTC, date, datetime
from typing import Final, cast

from lxml import etree

from tongguan.interfaces.messages.receipts.facts import Fact, Receipt, Told
from tongguan.interfaces.messages.receipts.projection import NOTE_ONLY, Way, way_of, ways
from tongguan.kernel.time import LOCAL, written_day

NAMESPACE: Final = "http://www.chinaport.gov.cn/dec"
_SPACES: Final = cast("dict[str, str]", {None: NAMESPACE})
STAGING: Final = frozenset("01")
_MOMENT: Final = "%Y-%m-%dT%H:%M:%S"
_STOP: Final = "；"
_BETWEEN: Final = ";"
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


def write(fact: Fact) -> bytes | None:
    """Return the receipt that tells a fact, None where the format has none for it.

    NOTE is text: the words of the code, what an officer adds, and each problem after its line.
    """
    way = way_of(fact)
    if not way.channel:
        return None
    root = _staged(fact, way) if way.channel in STAGING else _result(fact, way)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def read(root: etree._Element) -> Receipt | None:
    """Return what a receipt tells, None where the document is none.

    A code that is not known is kept with its text, and changes nothing.
    """
    name = etree.QName(root).localname
    values = {etree.QName(child).localname: (child.text or "").strip() for child in root}
    if name == "DecImportResponse":
        return _read_staged(values)
    if name == "DEC_RESULT":
        return _read_result(values)
    if name == "Root" and "failCode" in values:
        fact = Fact(kind="STAGING_FAILED", at=_NEVER, words=values.get("failInfo", ""))
        return Receipt(values["failCode"], values.get("failInfo", ""), fact)
    return None


def _staged(fact: Fact, way: Way) -> etree._Element:
    root = etree.Element(f"{{{NAMESPACE}}}DecImportResponse", nsmap=_SPACES)
    _add(root, "ResponseCode", way.channel, NAMESPACE)
    _add(root, "ErrorMessage", _note(fact, way), NAMESPACE)
    _add(root, "ClientSeqNo", fact.reference, NAMESPACE)
    if fact.sequence:
        _add(root, "SeqNo", fact.sequence, NAMESPACE)
    return root


def _result(fact: Fact, way: Way) -> etree._Element:
    root = etree.Element("DEC_RESULT")
    _add(root, "CUS_CIQ_NO", fact.sequence)
    _add(root, "ENTRY_ID", fact.number)
    _add(root, "NOTICE_DATE", _local(fact.at))
    _add(root, "CHANNEL", "" if way.channel == NOTE_ONLY else way.channel)
    _add(root, "NOTE", _note(fact, way))
    _add(root, "CUSTOM_MASTER", fact.office)
    _add(root, "I_E_DATE", fact.entry_date.isoformat() if fact.entry_date else "")
    _add(root, "D_DATE", _local(fact.declared_at) if fact.declared_at else "")
    return root


def _add(root: etree._Element, name: str, text: str, space: str = "") -> None:
    child = etree.SubElement(root, f"{{{space}}}{name}" if space else name)
    child.text = text


def _local(moment: datetime) -> str:
    return moment.astimezone(LOCAL).strftime(_MOMENT)


def _note(fact: Fact, way: Way) -> str:
    told = _STOP.join(_told(problem) for problem in fact.problems)
    parts = [way.words_zh, fact.words.replace(_BETWEEN, _STOP), told]
    return _BETWEEN.join(filter(None, parts))


def _told(problem: Told) -> str:
    where = f"商品序号{problem.line}：" if problem.line else ""
    return f"{where}{problem.words or problem.code}"


def _read_staged(values: dict[str, str]) -> Receipt:
    code = values.get("ResponseCode", "")
    note = values.get("ErrorMessage", "")
    kind = {"0": "DRAFT_SAVED", "1": "STAGING_FAILED"}.get(code, "")
    way = next((way for way in ways() if way.kind == kind), None)
    fact = Fact(
        kind=kind,
        at=_NEVER,
        reference=values.get("ClientSeqNo", ""),
        sequence=values.get("SeqNo", ""),
        words=_words(note, way),
    )
    return Receipt(code, note, fact)


def _read_result(values: dict[str, str]) -> Receipt:
    code, note = values.get("CHANNEL", ""), values.get("NOTE", "").strip()
    way = _way(code, note)
    entry = values.get("I_E_DATE", "")
    declared = _moment(values.get("D_DATE", ""))
    fact = Fact(
        kind=way.kind if way else "",
        mark=way.mark if way else "",
        at=_moment(values.get("NOTICE_DATE", "")) or _NEVER,
        number=values.get("ENTRY_ID", ""),
        sequence=values.get("CUS_CIQ_NO", ""),
        office=values.get("CUSTOM_MASTER", ""),
        words=_words(note, way),
        declared_at=declared,
        entry_date=_day(entry),
    )
    return Receipt(code, note, fact)


def _way(code: str, note: str) -> Way | None:
    """Return the row of a code: the one whose words begin the note, else the usual one."""
    found = [way for way in ways() if way.channel == (code or NOTE_ONLY)]
    said = note.lstrip(_BETWEEN + _STOP)
    for way in found:
        if said == way.words_zh or said.startswith(way.words_zh + _BETWEEN):
            return way
    return found[0] if found and code else None


def _words(note: str, way: Way | None) -> str:
    """Return what the note says beyond the words of its code."""
    said = note.strip(_BETWEEN + _STOP)
    if way is not None:
        said = said.removeprefix(way.words_zh).lstrip(_BETWEEN)
    return said


def _moment(text: str) -> datetime | None:
    """Return a moment without a zone as the region's local time."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _day(text: str) -> date | None:
    try:
        return written_day(text)
    except ValueError:
        return None
