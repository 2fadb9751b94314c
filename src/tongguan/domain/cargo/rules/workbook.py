"""An .xlsx workbook: its sheets, shared strings and number formats, read as a stream.

Numbers stay as they are stored, with the number format that shows them: whether a number is what
people see is for whoever takes it. Source: ECMA-376 Part 1, chapters 12 and 18.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from posixpath import dirname, join, normpath
from typing import Final

from openpyxl.styles.numbers import BUILTIN_FORMATS

from tongguan.domain.cargo.rules.cell_text import CellText
from tongguan.domain.cargo.rules.package import Attributes, Package
from tongguan.domain.cargo.rules.worksheet import (
    MAINS,
    Bounds,
    SheetReader,
    Stopped,
    Table,
    broken,
    elements,
    too_large,
    unreadable,
)
from tongguan.kernel.text import Phrase, _

MOST_SHEETS: Final = 100
MOST_STYLES: Final = 65_000
MOST_FORMATS: Final = 4_000
MOST_RELATIONS: Final = 2_000
LONGEST_FORMAT: Final = 255
"""Signs of a number format, as spreadsheet programs allow."""
MOST_SIGNS: Final = 10_000_000
"""Signs of the shared strings together: 20,000 rows with all their fields have fewer."""
_RELATIONS: Final = (
    "http://schemas.openxmlformats.org/package/2006/relationships",
    "http://purl.oclc.org/ooxml/package/relationships",
)
_IDS: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_DATES: Final = dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy/m/d")
"""Formats without a code in the file: days in Chinese, Japanese and Korean programs."""
_BUILTIN: Final[Mapping[int, str]] = {**BUILTIN_FORMATS, **_DATES}
_BROKEN: Final = _("It is no workbook (.xlsx) that can be opened.")
_DIGITS: Final = 9


class Workbook:
    """One workbook while it is read.

    Args:
        raw: the file.
        bounds: how much of each sheet is read.

    Raises:
        SheetError: it is no workbook, or has too many or too large parts.
    """

    def __init__(self, raw: bytes, bounds: Bounds) -> None:
        """Open the package; nothing of it is unpacked yet."""
        self._package = Package(raw)
        self._bounds = bounds

    def sheets(self) -> Iterator[tuple[str, bool, Callable[[bool], Table]]]:
        """Yield each sheet that may have cells: its name, whether it is hidden, and how to read it.

        A sheet is read to its end, or to its first filled cell where that is asked for.

        Raises:
            SheetError: the workbook is broken, here or while a sheet is read.
        """
        root = self._target("", "/officeDocument")
        if root is None:
            raise unreadable(Phrase(_BROKEN))
        listed, relations = self._sheets(root), self._relations(root)
        strings = self._strings(self._target(root, "/sharedStrings"))
        formats = self._formats(self._target(root, "/styles"))
        for name, hidden, id_ in listed:
            kind, part = relations.get(id_, ("", ""))
            if not kind:
                raise unreadable(Phrase(_BROKEN))
            if kind.endswith("/worksheet"):  # a sheet of charts or dialogues has no cells
                yield name, hidden, self._reader(name, part, strings, formats)

    def _reader(
        self, name: str, part: str, strings: list[str | None], formats: list[str | None]
    ) -> Callable[[bool], Table]:
        def read(first_only: bool) -> Table:
            reader = SheetReader(strings, formats, self._bounds, first_only=first_only)
            with suppress(Stopped):
                self._package.feed(part, reader.start, reader.end, reader.text, place=name)
            return reader.table

        return read

    def _sheets(self, root: str) -> list[tuple[str, bool, str]]:
        found: list[tuple[str, bool, str]] = []

        def start(name: str, given: Attributes) -> None:
            if _NAMES.get(name) == "sheet":
                if len(found) >= MOST_SHEETS:
                    raise too_large(MOST_SHEETS, _("sheets"))
                id_ = next((given[one] for one in _IDS if one in given), "")
                hidden = given.get("state", "visible") != "visible"
                found.append((given.get("name", "")[:60], hidden, id_))

        self._package.feed(root, start)
        return found

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the kind and the part of each relation, by its id."""
        folder, _slash, file = part.rpartition("/")
        found: dict[str, tuple[str, str]] = {}

        def start(name: str, given: Attributes) -> None:
            if _NAMES.get(name) == "Relationship" and given.get("TargetMode") != "External":
                path = normpath(join("/", dirname(part), given.get("Target", "")))
                found[given.get("Id", "")] = (given.get("Type", ""), path.lstrip("/"))
            if len(found) > MOST_RELATIONS:
                raise too_large(MOST_RELATIONS, _("parts of a workbook"))

        path = f"{folder}/_rels/{file}.rels".lstrip("/")
        if self._package.has(path):
            self._package.feed(path, start)
        return found

    def _target(self, part: str, kind: str) -> str | None:
        relations = self._relations(part).values()
        return next((target for type_, target in relations if type_.endswith(kind)), None)

    def _strings(self, part: str | None) -> list[str | None]:
        """Return the shared strings without blanks around them; None for one that is too long."""
        found: list[str | None] = []
        words = CellText()
        inside: set[str] = set()
        signs = 0

        def start(name: str, _given: Attributes) -> None:
            known = _NAMES.get(name, "")
            inside.add(known)
            if known == "si":
                words.clear()

        def end(name: str) -> None:
            nonlocal signs
            known = _NAMES.get(name, "")
            inside.discard(known)
            if known == "si":
                text = words.text()
                signs += len(text or "")
                if signs > MOST_SIGNS:
                    raise too_large(MOST_SIGNS, _("signs of texts"), f"sharedStrings {len(found)}")
                found.append(text)

        def text(piece: str) -> None:
            if "t" in inside and "rPh" not in inside:
                words.add(piece)

        if part is not None:
            self._package.feed(part, start, end, text)
        return found

    def _formats(self, part: str | None) -> list[str | None]:
        """Return the number format of each style by its index; None where the file has none."""
        codes: dict[int, str] = {}
        styles: list[int] = []
        inside: set[str] = set()

        def start(name: str, given: Attributes) -> None:
            known = _NAMES.get(name, "")
            inside.add(known)
            if known == "numFmt":
                codes[_whole(given.get("numFmtId", ""))] = _code(given)
                if len(codes) > MOST_FORMATS:
                    raise too_large(MOST_FORMATS, _("number formats"))
            elif known == "xf" and "cellXfs" in inside:
                styles.append(_whole(given.get("numFmtId", "0")))
            if len(styles) > MOST_STYLES:
                raise too_large(MOST_STYLES, _("styles"))

        def end(name: str) -> None:
            inside.discard(_NAMES.get(name, ""))

        if part is not None:
            self._package.feed(part, start, end)
        return [codes.get(one, _BUILTIN.get(one)) for one in styles] or ["General"]


def _code(given: Attributes) -> str:
    code = given.get("formatCode", "")
    if len(code) > LONGEST_FORMAT:
        reason = _("A number format has more than 255 signs, the most that a format can have.")
        raise broken(f"numFmt {given.get('numFmtId', '')}", reason)
    return code


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else -1


_NAMES: Final = {
    **elements(MAINS, "sheet", "si", "t", "rPh", "numFmt", "cellXfs", "xf"),
    **elements(_RELATIONS, "Relationship"),
}
