"""What any document costs: seconds and MB, for each piece of each grammar at growing sizes.

Run: python -m bench.readers [--size 10] [--only WORD]. Each document is read in a process of its
own, forked for it. Of each piece three lines of figures are told:

* at 10 MB: what a document of this very size takes, refused early or not;
* worst: what the costliest document takes of all that are no larger;
* rate: the costliest size of all, scaled up to 10 MB. A document of that rate and 10 MB is refused
  before it is read, where its rate is above the bounds.

It ends with 1 where a document of at most 10 MB takes more than a second or 200 MB.
"""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import process_time
from typing import Final

from tests.grammar_pieces import DECLARATIONS, MANIFESTS, Make
from tongguan.domain.cargo.reading import read_manifest
from tongguan.interfaces.messages.reading import read
from tongguan.interfaces.messages.translation.tables import Translation
from tongguan.kernel.problems import ProblemError

DAY: Final = date(2026, 11, 20)
MEGABYTE: Final = 1_000_000
SECONDS, MEMORY = 1.0, 200.0
"""The bounds of a document of 10 MB."""
SMALLEST: Final = 0.1
"""MB: what is smaller costs what it takes to measure."""
GROWTH: Final = 1.35
"""Each size is so many times the one before."""
PATIENCE: Final = 30
"""After so many seconds a document is given up."""


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


@dataclass(frozen=True, slots=True)
class Cost:
    """What one document takes.

    Attributes:
        size: its bytes; of a workbook, of what it unpacks to.
        seconds: processor time.
        mb: memory at its highest, beyond that of the document itself.
        told: how many faults are told.
        answer: characters of them all.
    """

    size: int
    seconds: float
    mb: float
    told: int
    answer: int


def sizes(largest: float) -> Iterator[int]:
    """Yield growing sizes in bytes; the last is the largest."""
    size = SMALLEST
    while size < largest / GROWTH**0.5:
        yield int(size * MEGABYTE)
        size *= GROWTH
    yield int(largest * MEGABYTE)


def measured(name: str, size: int) -> Cost | None:
    """Read one piece at one size in a process of its own; return what it costs, None if no end."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            signal.alarm(PATIENCE)
            os.write(writing, json.dumps(_measure(name, size)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return Cost(size, *json.loads(said)) if said else None


def _measure(name: str, size: int) -> tuple[float, float, int, int]:
    make, reader = PIECES[name]
    data = make(size)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
    before, start = _memory("VmRSS"), process_time()
    told = reader(data)
    seconds = process_time() - start
    return seconds, _memory("VmHWM") - before, len(told), sum(map(len, told))


def _memory(name: str) -> float:
    """Return a figure of this process's memory in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition(f"{name}:")[2].split()[0]) * 1024 / MEGABYTE


def main() -> int:
    """Print one line a piece; return 1 if a document takes too much."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--size", type=float, default=10, help="MB of the largest document")
    arguments.add_argument("--only", default="", help="pieces whose name holds this word")
    asked = arguments.parse_args()
    print(f"{'':48}{f'at {asked.size:g} MB':>15}{'worst':>23}{'rate a 10 MB':>15}")
    print(
        f"{'piece':48}{'s':>8}{'MB':>7}{'s':>8}{'MB':>7}{'at MB':>8}{'s':>8}{'MB':>7}"
        f"{'told':>7}{'answer':>9}"
    )
    for _make, reader in PIECES.values():
        reader(b"<DecMessage/>")
    beyond = 0
    for name in PIECES:
        if asked.only in name:
            beyond += _tell(name, asked.size)
    bound = f"{SECONDS:g} s and {MEMORY:g} MB per 10 MB"
    print(f"{beyond} of {len(PIECES)} pieces take more than {bound}.")
    return 1 if beyond else 0


def _tell(name: str, largest: float) -> bool:
    """Print what a piece costs; return whether it costs too much."""
    costs = []
    for size in sizes(largest):
        cost = measured(name, size)
        if cost is None:
            print(f"{name:48} given up at {size / MEGABYTE:.1f} MB", flush=True)
            return True
        costs.append(cost)
    last, slow = costs[-1], max(costs, key=lambda one: one.seconds)
    large = max(costs, key=lambda one: one.mb)
    rate = max(one.seconds / one.size for one in costs) * 10 * MEGABYTE
    room = max(one.mb / one.size for one in costs) * 10 * MEGABYTE
    print(
        f"{name:48}{last.seconds:8.2f}{last.mb:7.0f}"
        f"{slow.seconds:8.2f}{large.mb:7.0f}{slow.size / MEGABYTE:8.2f}{rate:8.2f}{room:7.0f}"
        f"{max(one.told for one in costs):7}{max(one.answer for one in costs):9}",
        flush=True,
    )
    share = max(1.0, largest / 10)
    return slow.seconds > SECONDS * share or large.mb > MEMORY * share


if __name__ == "__main__":
    sys.exit(main())
