"""Random spellings of identifiers through the readers of all doors: each is the same, or refused.

Run: python -m bench.spellings [--readings 1000000] [--seed 1]. It ends with 1 where a door reads a
spelling as another thing, or takes what cannot be an identifier.
"""

import argparse
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Annotated, Final
from xml.sax.saxutils import escape

import click
import django
from msgspec import json
from pydantic import TypeAdapter, ValidationError

from tongguan.domain.cargo.reading import read_manifest
from tongguan.domain.cargo.values import Manifest
from tongguan.domain.declarations.rules import identifiers
from tongguan.domain.declarations.rules.normalisation import normalise
from tongguan.domain.declarations.values import Submission
from tongguan.interfaces.api.identifiers import OfKind
from tongguan.interfaces.cli.identifiers import Identifier
from tongguan.interfaces.messages.reading import read
from tongguan.interfaces.messages.translation.tables import Translation
from tongguan.interfaces.messages.values import Defaults, Limits
from tongguan.kernel.identifiers import (
    BILL,
    CONTAINER,
    KINDS,
    Kind,
    NotAnIdentifierError,
    container,
    containers_listed,
    units_meant,
)
from tongguan.kernel.problems import Fault, ProblemError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

Found = tuple[str | None, list[str] | None, bool]
"""A bill and containers as a door read them, and whether it told anything."""
Door = Callable[[str, list[str]], Found]
DAY: Final = date(2026, 11, 20)
FIXTURES: Final = Path(__file__).parents[1] / "tests/interfaces/messages/fixtures"
BOXES: Final = 40
"""So many containers are spelled in one document."""
AROUND: Final = ("", "", " ", "\t", "\n", "\xa0", "\u3000", "\u200b", "\u200e", "\u2060", "\ufeff",
                 "\u202a", "\u202c", "\u2066", "\u2069", "\u00ad")  # fmt: skip
UNSEEN: Final = ("\u200b", "\u200c", "\u200f", "\u2060", "\ufeff", "\u00ad", "\u2069")
BLANKS: Final = (" ", "\xa0", "\u3000", "\u2009", "\u202f")
DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2212\uff0d\ufe63"
ZEROS: Final = (0x30, 0x30, 0x30, 0xFF10, 0x660, 0x6F0, 0x966)
WRONG: Final = "\u0410\u0412\u0421\u0391\u0395\u202e\u202d\x07\x1b\n\u2028\ud7ff"


@dataclass(slots=True)
class Count:
    """What became of spellings at one door."""

    same: int = 0
    refused: int = 0
    failed: int = 0


def spelled(kind: Kind, text: str, dice: random.Random) -> str:
    """Return a text of a kind as somebody may spell it."""
    signs = []
    for sign in text:
        shown = sign
        if sign.isascii() and sign.isdigit():
            shown = chr(dice.choice(ZEROS) + int(sign))
        elif sign.isascii() and sign.isalpha():
            shown = sign if kind.keeps_case or dice.random() < 0.6 else sign.lower()
            if dice.random() < 0.2:
                shown = chr(ord(shown) + 0xFEE0)
        elif sign == "-":
            shown = dice.choice(DASHES)
        signs.append(shown)
        if dice.random() < 0.05:
            signs.append(dice.choice(UNSEEN))
    if kind.parted and dice.random() < 0.5:
        signs.insert(dice.randrange(1, len(signs)), dice.choice((*BLANKS, *kind.parted)))
    return dice.choice(AROUND) + "".join(signs) + dice.choice(AROUND)


def spoilt(text: str, dice: random.Random) -> str:
    """Return a text with a sign inside that cannot stand there."""
    at = dice.randrange(1, len(text))
    return text[:at] + dice.choice(WRONG) + text[at:]


def boxes(dice: random.Random) -> list[str]:
    """Return numbers of containers, no two alike."""
    return [container(f"XMPU{serial:06d}") for serial in dice.sample(range(10**6), BOXES)]


def declared(data: bytes) -> tuple[Submission | None, list[Fault]]:
    """Return a declaration as every channel normalises it, and what it is told."""
    reading = read(data, tables=TABLES, day=DAY, defaults=Defaults(), limits=Limits())
    told = [*reading.faults, *(fault for one in reading.reads for fault in one.faults)]
    if not reading.reads or reading.reads[0].submission is None:
        return None, told
    sent = normalise(reading.reads[0].submission)
    identifiers.check(sent, told)
    return sent, told


def in_json(bill: str, listed: list[str]) -> bytes:
    """Return our JSON with these."""
    return json.encode(
        {"flow": "import", "bill": bill, "lines": [], "containers": [{"id": one} for one in listed]}
    )


def in_single_window(bill: str, listed: list[str]) -> bytes:
    """Return a DecMessage with these."""
    head, rest = DEC.split("<BillNo>XMPL20261100777</BillNo>")
    front, back = rest.split("<DecContainers>")
    back = back.split("</DecContainers>")[1]
    rows = "".join(
        f"<DecContainer><ContainerId>{escape(one)}</ContainerId></DecContainer>" for one in listed
    )
    return (
        f"{head}<BillNo>{escape(bill)}</BillNo>{front}<DecContainers>{rows}</DecContainers>{back}"
    ).encode()


def in_wco(bill: str, listed: list[str]) -> bytes:
    """Return a WCO declaration with these."""
    rows = "".join(
        f"<TransportEquipment><SequenceNumeric>{at}</SequenceNumeric><ID>{escape(one)}</ID>"
        "</TransportEquipment>"
        for at, one in enumerate(listed, start=1)
    )
    start = WCO.index("<TransportEquipment>")
    end = WCO.index("</Consignment>")
    text = WCO[:start] + rows + WCO[end:]
    for old in (
        "<TransportEquipment><SequenceNumeric>1</SequenceNumeric></TransportEquipment>",
        SECOND_BOX,
    ):
        text = text.replace(old, "")
    return text.replace("<ID>XMPL20261100101</ID>", f"<ID>{escape(bill)}</ID>").encode()


def in_manifest(bill: str, listed: list[str]) -> bytes:
    """Return a manifest as JSON with these."""
    units = [{"id": one} for one in listed]
    bills = [{"number": bill, "packages": 1, "gross": "1", "units": units}]
    return json.encode({**HEAD, "bills": bills})


def in_sheet(bill: str, listed: list[str]) -> bytes:
    """Return a manifest as CSV with these."""
    names = (*(name if name != "number" else "manifest" for name in HEAD), "bill", "packages")
    lines = [",".join((*names, "gross", "container"))]
    for one in listed:
        quoted = '"' + one.replace('"', '""') + '"'
        lines.append(",".join((*HEAD.values(), f'"{bill}"', "1", "1", quoted)))
    return "\n".join(lines).encode()


def of_declaration(write: Callable[[str, list[str]], bytes]) -> Door:
    """Return a door of documents that declare."""

    def door(bill: str, listed: list[str]) -> Found:
        sent, told = declared(write(bill, listed))
        if sent is None:
            return None, None, bool(told)
        return sent.bill, [one.id for one in sent.containers], bool(told)

    return door


def of_manifest(write: Callable[[str, list[str]], bytes]) -> Door:
    """Return a door of documents that announce."""

    def door(bill: str, listed: list[str]) -> Found:
        try:
            found: Manifest = read_manifest(write(bill, listed))[0]
        except ProblemError:
            return None, None, True
        return found.bills[0].number, [one.id for one in found.bills[0].units], False

    return door


def by_form(bill: str, listed: list[str]) -> Found:
    """Read what the form of the portal has typed."""
    from_form = list(containers_listed(", ".join(listed)))
    return of_declaration(in_json)(bill, from_form)


def one_by_one(reader: Callable[[Kind, str], str]) -> Door:
    """Return a door that takes one number at a time."""

    def door(bill: str, listed: list[str]) -> Found:
        try:
            return reader(BILL, bill), [reader(CONTAINER, one) for one in listed], False
        except (NotAnIdentifierError, ValidationError, click.BadParameter):
            return None, None, True

    return door


def at_gate(kind: Kind, text: str) -> str:
    """Read a gate's question: what is meant stands first for a bill, last for a container."""
    return units_meant(text)[0 if kind is BILL else -1]


def by_search(kind: Kind, text: str) -> str:
    """Read a search: what cannot be an identifier finds nothing."""
    return kind.read(text)


def doors() -> dict[str, Door]:
    """Return the readers of all doors."""
    adapters: dict[str, TypeAdapter[str]] = {
        kind.name: TypeAdapter(Annotated[str, OfKind(kind)]) for kind in KINDS.values()
    }

    def by_api(kind: Kind, text: str) -> str:
        return str(adapters[kind.name].validate_python(text))

    def by_command(kind: Kind, text: str) -> str:
        return Identifier(kind).convert(text, None, None)

    return {
        "form": by_form,
        "JSON": of_declaration(in_json),
        "WCO XML": of_declaration(in_wco),
        "single window XML": of_declaration(in_single_window),
        "manifest": of_manifest(in_manifest),
        "sheet": of_manifest(in_sheet),
        "gate page": one_by_one(at_gate),
        "gate API": one_by_one(by_api),
        "search": one_by_one(by_search),
        "command line": one_by_one(by_command),
    }


def tried(readings: int, seed: int) -> Iterator[tuple[str, Count, list[str]]]:
    """Yield for each door what became of its share of spellings, and what failed."""
    entries = doors()
    for name, door in entries.items():
        dice, count, failed = random.Random(f"{seed} {name}"), Count(), []
        while count.same + count.refused + count.failed < readings // len(entries):
            bill, listed = f"XMPL-{dice.randrange(10**9)}/{dice.randrange(9)}", boxes(dice)
            wrong = dice.random() < 0.2
            sent = [spelled(CONTAINER, one, dice) for one in listed]
            if wrong:
                sent[dice.randrange(len(sent))] = spoilt(listed[0], dice)
            given = spelled(BILL, bill, dice)
            read_bill, read_boxes, told = door(given, sent)
            right = read_bill == bill and Counter(read_boxes) == Counter(listed)
            # In a form's field a line end parts two containers, and neither is that one.
            if wrong and (told or (name == "form" and not right)):
                count.refused += 1 + len(sent)
            elif not wrong and right:
                count.same += 1 + len(sent)
            elif not wrong and told:
                count.refused += 1 + len(sent)
                failed.append(f"refused: {given!r} {sent!r}")
            else:
                count.failed += 1 + len(sent)
                failed.append(f"{given!r} {sent!r} → {read_bill!r} {read_boxes!r}")
        yield name, count, failed


def main() -> int:
    """Try all doors; return 1 where one failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readings", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    bad = 0
    for name, count, failed in tried(given.readings, given.seed):
        print(f"{name:18} same {count.same:8,}  refused {count.refused:8,}  wrong {count.failed}")
        for line in failed[:3]:
            print(f"  {line[:300]}")
        bad += count.failed
    return 1 if bad else 0


HEAD: Final = {
    "number": "M-1", "flow": "import", "mode": "2", "name": "EXAMPLE STAR", "voyage": "020W",
    "office": "0202",
}  # fmt: skip
SECOND_BOX: Final = (
    "<TransportEquipment><SequenceNumeric>2</SequenceNumeric><ID>XMPU0000029</ID>"
    "</TransportEquipment>"
)
TABLES: Final = Translation.shipped()
DEC: Final = (FIXTURES / "dec_import.xml").read_text(encoding="utf-8")
WCO: Final = (FIXTURES / "wco_import.xml").read_text(encoding="utf-8")

if __name__ == "__main__":
    began = perf_counter()
    django.setup()
    code = main()
    print(f"{perf_counter() - began:.0f} s")
    sys.exit(code)
