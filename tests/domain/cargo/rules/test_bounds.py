"""No manifest takes more memory than its bound, whatever it claims of itself."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.domain.cargo.rules.workbooks import MAIN, book, cell, goods, headings, sheet

MOST_MB = 300
"""Python and its libraries take about 90 MB of address space; what is refused adds the rest."""
READER = """
import resource, sys
from tongguan.domain.cargo.reading import read_manifest
from tongguan.kernel.problems import ProblemError

held = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
for path in sys.argv[2:]:
    raw = open(path, "rb").read()
    most = held + len(raw) + int(sys.argv[1]) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))
    try:
        read_manifest(raw)
        print("taken")
    except ProblemError as error:
        print(error.faults[0].problem.code)
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    del raw
"""
ATTACKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a cell at XFD1048576": (
        lambda: book(
            sheet(headings(), goods(2), f'<row r="1048576">{cell("XFD1048576", "x")}</row>')
        ),
        "CAR-067",
    ),
    "a merged range of a whole sheet": (
        lambda: book(
            sheet(headings(), after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
        ),
        "CAR-065",
    ),
    "very many merged ranges": (
        lambda: book(
            sheet(
                headings(),
                after="<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 50_000 + "</mergeCells>",
            )
        ),
        "CAR-018",
    ),
    "very many rows": (
        lambda: book(sheet(headings(), "<row><c><v>1</v></c></row>" * 30_000)),
        "CAR-018",
    ),
    "elements within elements": (
        lambda: book(sheet(headings(), after="<a>" * 900_000 + "</a>" * 900_000)),
        "CAR-006",
    ),
    "millions of elements": (
        lambda: book(sheet(headings(), after="<a/>" * 2_100_000)),
        "CAR-018",
    ),
    "an attribute of megabytes": (
        lambda: book(sheet(headings(), after=f'<a b="{"x" * 3_000_000}"/>')),
        "CAR-006",
    ),
    "a part that unpacks a thousandfold": (
        lambda: book(sheet(headings()), parts={"xl/media/a.bin": bytes(70_000_000)}),
        "CAR-018",
    ),
    "styles": (
        lambda: book(
            sheet(headings()),
            parts={
                "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs>'
                + '<xf numFmtId="1"/>' * 70_000
                + "</cellXfs></styleSheet>"
            },
        ),
        "CAR-018",
    ),
    "twenty megabytes of line ends": (lambda: b"\n" * 20_000_000, "CAR-018"),
    "ten million headings": (lambda: b"a," * 10_000_000, "CAR-018"),
    "millions of rows of text": (lambda: b"a,b\n" * 1_000_000, "CAR-018"),
    "an open quotation mark": (lambda: b'"' + b"\r\n" * 9_000_000, "CAR-018"),
    "millions of empty objects": (
        lambda: b'{"bills":[' + b"{}," * 700_000 + b"{}]}",
        "CAR-018",
    ),
    "lists in lists": (lambda: b'{"bills":' + b"[" * 500_000, "CAR-006"),
    "a text that does not end": (lambda: b'{"number":"' + b'\\"' * 9_000_000, "CAR-006"),
    "very many members": (
        lambda: b'{"bills":[{' + b",".join(b'"m%d":1' % at for at in range(100_000)) + b"}]}",
        "CAR-014",
    ),
    "a number of millions of digits": (lambda: b'{"number":' + b"9" * 19_000_000 + b"}", "CAR-015"),
}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc tells the address space")
def test_every_attack_is_refused_within_its_bound_of_memory(tmp_path: Path) -> None:
    for at, (make, _code) in enumerate(ATTACKS.values()):
        (tmp_path / f"{at:02}").write_bytes(make())

    files = sorted(map(str, tmp_path.iterdir()))
    ran = subprocess.run(
        [sys.executable, "-c", READER, str(MOST_MB), *files],
        capture_output=True,
        text=True,
        check=True,
    )

    codes = dict(zip(ATTACKS, ran.stdout.split(), strict=True))
    assert codes == {name: code for name, (_make, code) in ATTACKS.items()}
