"""The parts of a workbook's package, unpacked piece by piece and counted on the way.

What a part claims of its size costs nothing: bytes, tags and the length of a tag are
counted while reading, and reading ends as soon as one passes its bound. No part may state a
document type. Source: ECMA-376 Part 2 (packages), APPNOTE.TXT 6.3 (zip).
"""

import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Final
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from tongguan.domain.cargo.rules.worksheet import too_large, unreadable
from tongguan.kernel.text import Phrase, _

MOST_UNPACKED: Final = 64 * 1024 * 1024
MOST_TAGS: Final = 2_000_000
"""Starts and ends of elements."""
_MOST_OPEN: Final = 10_000
"""About so many elements may be open at once: the parser keeps each of them; a sheet has six."""
MOST_PARTS: Final = 2_000
_CHUNK: Final = 1 << 16
_LONGEST_TOKEN: Final = 1 << 18
"""Bytes of one tag, comment or the like: expat reads an unfinished one anew with each piece."""
_METHODS: Final = frozenset({ZIP_STORED, ZIP_DEFLATED})
_ENCRYPTED: Final = 0x1
_ENTRY: Final = b"PK\x01\x02"
_BROKEN: Final = _("It is no workbook (.xlsx) that can be opened.")
_FAILURES: Final = (
    expat.ExpatError,
    BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)

Attributes = Mapping[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]


class Package:
    """A package while it is read.

    Args:
        raw: the file.

    Raises:
        SheetError: it is no package, or has too many parts or parts that are too large.
    """

    def __init__(self, raw: bytes) -> None:
        """Read the list of parts; none of them is unpacked yet."""
        if raw.count(_ENTRY) > MOST_PARTS:
            raise too_large(MOST_PARTS, _("parts of a workbook"))
        try:
            self._packed = ZipFile(BytesIO(raw))
        except _FAILURES as error:
            raise unreadable(Phrase(_BROKEN)) from error
        entries = self._packed.infolist()
        if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise too_large(f"{MOST_UNPACKED} B", _("an unpacked workbook"))
        self._parts: dict[str, ZipInfo] = {}
        for entry in entries:
            if self._parts.setdefault(entry.filename.lower(), entry) is not entry:
                raise unreadable(Phrase(_BROKEN))
        self._unpacked = self._tags = self._open = 0

    def has(self, part: str) -> bool:
        """Return whether a part is there."""
        return part.lower() in self._parts

    def feed(
        self,
        part: str,
        start: Start,
        end: End | None = None,
        text: End | None = None,
        *,
        place: str = "#",
    ) -> None:
        """Give the elements and texts of a part to handlers, names with their name spaces.

        Raises:
            SheetError: the part is not there, cannot be unpacked, is no XML, or passes a bound.
        """
        entry = self._parts.get(part.lower())
        if entry is None:
            raise unreadable(Phrase(_BROKEN))
        if entry.flag_bits & _ENCRYPTED:
            raise unreadable(Phrase(_("The workbook is protected by a password.")))
        if entry.compress_type not in _METHODS:
            raise unreadable(Phrase(_("The workbook is packed by a method that is not read.")))
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_type
        fed = 0
        try:
            with self._packed.open(entry) as unpacked:
                while piece := unpacked.read(_CHUNK):
                    fed += len(piece)
                    self._count(piece, place)
                    parser.Parse(piece, False)
                    if fed - parser.CurrentByteIndex > _LONGEST_TOKEN:
                        raise unreadable(Phrase(_BROKEN))
            parser.Parse(b"", True)
        except _FAILURES as error:
            raise unreadable(Phrase(_BROKEN)) from error

    def _count(self, piece: bytes, place: str) -> None:
        self._unpacked += len(piece)
        opened, ended = piece.count(b"<"), piece.count(b"</")
        self._tags += opened
        self._open += opened - 2 * ended - piece.count(b"/>") - piece.count(b"<?")
        if self._unpacked > MOST_UNPACKED:
            raise too_large(f"{MOST_UNPACKED} B", _("an unpacked workbook"), place)
        if self._tags > MOST_TAGS:
            raise too_large(MOST_TAGS, _("tags of a workbook"), place)
        if self._open > _MOST_OPEN:
            raise unreadable(Phrase(_BROKEN))


def _refuse_type(*_what: object) -> None:
    raise unreadable(Phrase(_("A part of the workbook states a document type; none is read.")))
