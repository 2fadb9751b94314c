"""CSV of strangers, read row by row within bounds: no file makes the reader hold more than a row.

What a file is written in is found out and never guessed: bytes of another encoding that happen to
decode as GB 18030 are told apart by the signs they decode to.
"""

import csv
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from io import BytesIO, TextIOWrapper
from typing import IO, Final

_CHUNK: Final = 1 << 16
_PLAUSIBLE: Final = 0.9
"""So large a share of the signs of a Chinese text stands in GB 2312, names with rare signs too."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a file is read.

    Attributes:
        lines: of the file, empty ones too.
        columns: cells of a row.
        line: characters of a line.
    """

    lines: int
    columns: int
    line: int = 500_000


class Passed(Enum):
    """Which bound a file passed."""

    LINES = "lines"
    COLUMNS = "columns"
    LINE = "line"


class BoundPassedError(Exception):
    """A file is larger than its bounds, found at a row (counted from 1) while reading."""

    def __init__(self, bound: Passed, most: int, row: int) -> None:
        """Take which bound, how much it allows, and where it was passed."""
        super().__init__(f"{bound.value} > {most} at row {row}")
        self.bound, self.most, self.row = bound, most, row


class Encoding(Enum):
    """What a text is written in."""

    UTF_8 = "utf-8-sig"
    GB_18030 = "gb18030"


@dataclass(frozen=True, slots=True)
class Written:
    """What a text is written in, and how sure that is.

    Attributes:
        encoding: None where it is neither.
        chinese: whether the signs it decodes to are those of a Chinese text; bytes of another
            encoding, such as Windows-1252, decode to rare signs.
        foreign: whether there are signs that are not ASCII.
    """

    encoding: Encoding | None
    chinese: bool = True
    foreign: bool = False


def written_in(raw: bytes) -> Written:
    """Return what bytes are written in; reads them in pieces and keeps nothing.

    >>> written_in("示例".encode()).encoding.value, written_in("示例".encode("gb18030")).chinese
    ('utf-8-sig', True)
    >>> written_in("Müller Frères".encode("cp1252")).chinese
    False
    """
    if _decodes(raw, "utf-8"):
        return Written(Encoding.UTF_8, foreign=not raw.isascii())
    foreign = common = 0
    decoder = getincrementaldecoder("gb18030")()
    try:
        for start in range(0, len(raw), _CHUNK):
            piece = decoder.decode(raw[start : start + _CHUNK], final=start + _CHUNK >= len(raw))
            plain = len(piece.encode("ascii", "ignore"))
            foreign += len(piece) - plain
            common += (len(piece.encode("gb2312", "ignore")) - plain) // 2
    except UnicodeDecodeError:
        return Written(None)
    return Written(Encoding.GB_18030, chinese=common >= _PLAUSIBLE * foreign, foreign=True)


def csv_rows(
    source: bytes | IO[bytes],
    bounds: Bounds,
    encoding: Encoding = Encoding.UTF_8,
    separator: str = ",",
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV with the line each ends at, counted from 1; cells as they stand.

    Args:
        source: bytes, or a file opened for bytes; it is read as rows are asked for.
        bounds: how much is read.
        encoding: as `written_in` says.
        separator: the sign between two cells.

    Raises:
        BoundPassedError: as soon as the file is larger than its bounds.
        csv.Error: quotation marks do not close, or a cell is longer than 131,072 characters.
        UnicodeDecodeError: it is written in something else.
    """
    stream = BytesIO(source) if isinstance(source, bytes) else source
    text = TextIOWrapper(stream, encoding=encoding.value, newline="")
    try:
        lines = _Lines(text, bounds, separator)
        reader = csv.reader(lines, strict=True, delimiter=separator)
        for row in reader:
            if len(row) > bounds.columns:
                raise BoundPassedError(Passed.COLUMNS, bounds.columns, reader.line_num)
            lines.separators = 0
            yield reader.line_num, row
    finally:
        if not stream.closed:
            text.detach()  # so that the file stays open for whoever opened it


def holds_utf_8(raw: bytes) -> bool:
    r"""Return whether a line is Chinese in UTF-8, in bytes that are not UTF-8 as a whole.

    The bytes of Chinese in GB 18030 are a line of UTF-8 once in a million lines.

    >>> holds_utf_8("提运单号\n".encode("gb18030") + "示例\n".encode())
    True
    >>> holds_utf_8("提运单号\n示例\n".encode("gb18030"))
    False
    """
    return any(_is_utf_8(line) for line in BytesIO(raw))


def _is_utf_8(line: bytes) -> bool:
    if line.isascii():
        return False
    try:
        text = line.decode("utf-8")
        text.encode("gb2312")
    except UnicodeError:
        return False
    return any(sign > "\u2fff" for sign in text)


def doubled(headings: Iterable[str]) -> list[str]:
    """Return the headings that stand twice, each once, in order; empty ones do not count.

    >>> doubled(["bill", "gross", "bill", "", "", "bill"])
    ['bill']
    """
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for heading in headings:
        if heading and heading in seen:
            twice[heading] = None
        seen.add(heading)
    return list(twice)


class _Lines:
    """The lines of a text, counted and measured before the parser makes cells of them."""

    def __init__(self, text: TextIOWrapper, bounds: Bounds, separator: str) -> None:
        self.separators = 0
        self._separator = separator
        self._text, self._bounds, self._count = text, bounds, 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        bounds = self._bounds
        line = self._text.readline(bounds.line + 1)
        if not line:
            raise StopIteration
        self._count += 1
        if self._count > bounds.lines:
            raise BoundPassedError(Passed.LINES, bounds.lines, self._count)
        if len(line) > bounds.line:
            raise BoundPassedError(Passed.LINE, bounds.line, self._count)
        self.separators += line.count(self._separator)
        # One may stand in quotation marks; far more of them than columns are no longer words.
        if self.separators > bounds.columns + bounds.line // 10:
            raise BoundPassedError(Passed.COLUMNS, bounds.columns, self._count)
        return line


def _decodes(raw: bytes, encoding: str) -> bool:
    decoder = getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(raw), _CHUNK):
            decoder.decode(raw[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
