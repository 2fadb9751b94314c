"""What any document costs: seconds and MB per 10 MB, for each piece of each grammar repeated.

Run: python -m bench.readers [--size 10] [--only WORD]. Each piece is read in a process of its own.
"""

import argparse
import json
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from time import process_time
from typing import Any, Final

from tests.grammar_pieces import DECLARATIONS, MANIFESTS, Make
from tongguan.domain.cargo.reading import read_manifest
from tongguan.interfaces.messages.reading import read
from tongguan.interfaces.messages.translation.tables import Translation
from tongguan.kernel.problems import ProblemError

DAY: Final = date(2026, 11, 20)
MEGABYTE: Final = 1_000_000
PATIENCE: Final = 60
"""After so many seconds a piece is given up."""


def declarations(data: bytes) -> list[str]:
    """Read a document of declarations, and tell all its faults as an answer does."""
    reading = read(data, tables=Translation.shipped(), day=DAY)
    told = [str(fault.told(str)) for fault in reading.faults]
    for one in reading.reads:
        told += [f"{fault.told(str)}{one.source_path(fault)}" for fault in one.faults]
    return told


def manifests(data: bytes) -> list[str]:
    """Read a manifest, and tell all its faults as an answer does."""
    try:
        found = read_manifest(data)[1]
    except ProblemError as error:
        found = error.faults
    return [str(fault.told(str)) for fault in found]


PIECES: Final[Mapping[str, tuple[Make, Callable[[bytes], list[str]]]]] = {
    **{name: (make, declarations) for name, make in DECLARATIONS.items()},
    **{name: (make, manifests) for name, make in MANIFESTS.items()},
}


def measure(name: str, size: int) -> dict[str, Any]:
    """Read one piece at one size in this process; return what it cost."""
    make, reader = PIECES[name]
    reader(make(1_000))
    data = make(size)
    before, start = _peak(), process_time()
    told = reader(data)
    return {
        "bytes": len(data),
        "seconds": process_time() - start,
        "mb": (_peak() - before) / MEGABYTE,
        "told": len(told),
        "answer": sum(map(len, told)),
    }


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    """Print one line a piece; end with 1 if one of them takes too much."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--size", type=float, default=10, help="MB a document")
    arguments.add_argument("--only", default="", help="pieces whose name holds this word")
    arguments.add_argument("--one", help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    size = int(asked.size * MEGABYTE)
    if asked.one:
        print(json.dumps(measure(asked.one, size)))
        return
    print(f"{'piece':48}{'bytes':>10}{'s/10 MB':>9}{'MB/10 MB':>10}{'told':>7}{'answer':>9}")
    for name in PIECES:
        if asked.only in name:
            _print(name, asked.size)


def _print(name: str, size: float) -> None:
    command = [sys.executable, "-m", "bench.readers", "--one", name, "--size", str(size)]
    try:
        found = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        print(f"{name:48} given up after {PATIENCE} s", flush=True)
        return
    if found.returncode:
        print(f"{name:48} {found.stderr.strip().splitlines()[-1][:100]}", flush=True)
        return
    row = json.loads(found.stdout)
    # A workbook is packed: what it unpacks to is what is read.
    share = 10 * MEGABYTE / max(row["bytes"], int(size * MEGABYTE))
    cost = f"{row['seconds'] * share:9.2f}{row['mb'] * share:10.0f}"
    print(f"{name:48}{row['bytes']:10}{cost}{row['told']:7}{row['answer']:9}", flush=True)


if __name__ == "__main__":
    main()
