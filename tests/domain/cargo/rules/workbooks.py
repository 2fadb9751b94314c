"""Workbooks written by hand, part by part, so that a test says exactly what stands in them."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
COLUMNS = (
    "manifest", "flow", "transport mode", "means of transport", "voyage", "office", "bill",
    "packages", "gross mass", "consignee", "site", "container", "seals",
)  # fmt: skip


def cell(place: str, words: str) -> str:
    """Return a cell that holds a text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(words)}</t></is></c>'


def number(place: str, stored: str, style: int = 0) -> str:
    """Return a cell that holds a number, as it is stored, shown by a style."""
    return f'<c r="{place}" s="{style}"><v>{stored}</v></c>'


def row(at: int, **cells: str) -> str:
    """Return a row; a value that is no XML of a cell is a text."""
    made = (
        words if words.startswith("<") else cell(f"{letter}{at}", words)
        for letter, words in cells.items()
    )
    return f'<row r="{at}">{"".join(made)}</row>'


def headings(columns: Iterable[str] = COLUMNS) -> str:
    """Return the first row."""
    return row(1, **{chr(65 + at): words for at, words in enumerate(columns)})


def goods(at: int, **changes: str) -> str:
    """Return a sound row of a bill without containers, with other cells where they are named."""
    cells = {
        "A": "M1", "B": "import", "C": "2", "D": "EXAMPLE STAR", "E": "020W", "F": "0202",
        "G": f"B{at}", "H": number(f"H{at}", "42"), "I": number(f"I{at}", "3050"),
    }  # fmt: skip
    kept = {letter: words for letter, words in (cells | changes).items() if words}
    return row(at, **dict(sorted(kept.items())))


def sheet(*rows: str, before: str = "", after: str = "") -> str:
    """Return a sheet; what is named stands before or after its rows."""
    data = f"<sheetData>{''.join(rows)}</sheetData>"
    return f'<worksheet xmlns="{MAIN}">{before}{data}{after}</worksheet>'


def styles(*formats: str) -> str:
    """Return styles: 0 shows numbers as they are, the next ones by each format in turn."""
    codes = "".join(
        f'<numFmt numFmtId="{164 + at}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for at, code in enumerate(formats)
    )
    cells = "".join(f'<xf numFmtId="{164 + at}"/>' for at in range(len(formats)))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts><cellStyleXfs><xf numFmtId="9"/>'
        f'</cellStyleXfs><cellXfs><xf numFmtId="0"/>{cells}</cellXfs></styleSheet>'
    )


def book(
    *sheets: str,
    formats: Iterable[str] = (),
    states: Mapping[int, str] | None = None,
    strings: str = "",
    kind: str = "worksheet",
    parts: Mapping[str, str | bytes] | None = None,
    packing: int = ZIP_DEFLATED,
) -> bytes:
    """Return a workbook of these sheets; `parts` replace or add parts of the package."""
    listed = "".join(
        f'<sheet name="Sheet{at}" sheetId="{at}" r:id="r{at}"'
        f' state="{(states or {}).get(at, "visible")}"/>'
        for at in range(1, len(sheets) + 1)
    )
    related = "".join(
        f'<Relationship Id="r{at}" Type="{TYPES}/{kind}" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    made: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1"'
        f' Type="{TYPES}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{TYPES}"><sheets>{listed}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}'
        f'<Relationship Id="s" Type="{TYPES}/styles" Target="/xl/styles.xml"/>'
        f'<Relationship Id="t" Type="{TYPES}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/styles.xml": styles(*formats),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        **{f"xl/worksheets/sheet{at}.xml": made for at, made in enumerate(sheets, start=1)},
        **(parts or {}),
    }
    out = BytesIO()
    with ZipFile(out, "w", packing) as packed:
        for name, content in made.items():
            packed.writestr(name, content)
    return out.getvalue()
