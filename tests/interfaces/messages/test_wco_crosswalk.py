"""Every WCO field of the crosswalk, compared with what an XPath of its own finds in each file."""

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from lxml import etree

from tests.interfaces.messages.crosswalk import compared, same
from tongguan.domain.declarations.values import Submission
from tongguan.interfaces.messages.reading import read
from tongguan.interfaces.messages.translation.tables import Translation
from tongguan.interfaces.messages.values import Format

DAY: Final = date(2026, 11, 20)
TABLES: Final = Translation.shipped()
VALID: Final = 197
CODE_PROBLEMS: Final = {"MSG-040", "MSG-041"}
DERIVED: Final = ("#/packages/kind", "#/packages/marks", "#/confirmations", "#/regime", "#/advance")


def test_every_field_of_every_valid_declaration_equals_what_stands_in_the_file(
    shared_data: Path,
) -> None:
    filled: Counter[str] = Counter()
    checked = 0
    wrong: list[str] = []

    for path in files_of(shared_data, "valid"):
        declaration, submission = declared(path)
        content = msgspec.to_builtins(submission)
        for name, expected, ours in compared(declaration, content):
            checked += 1
            filled[name] += expected not in (None, [], {})
            if not same(expected, ours):
                wrong.append(f"{path.name} {name}: {expected!r} in the file, {ours!r} here")

    for name, count in filled.items():
        sys.stdout.write(f"{count:6} filled  {name}\n")
    total = f"{checked} comparisons over {len(filled)} fields, {sum(filled.values())} filled\n"
    sys.stdout.write(total)
    assert wrong == []
    assert len(files_of(shared_data, "valid")) == VALID


@pytest.mark.parametrize("folder", ["invalid/schema", "invalid/malformed"])
def test_every_faulty_document_is_refused_with_a_place(shared_data: Path, folder: str) -> None:
    paths = files_of(shared_data, folder)

    for path in paths:
        reading = read(path.read_bytes(), tables=TABLES, day=DAY)
        refusals = [(fault, fault.facts.get("place")) for fault in reading.faults]
        refusals += [
            (f, one_read.source_path(f)) for one_read in reading.reads for f in one_read.faults
        ]

        assert not reading.sound, path.name
        assert refusals, path.name
        assert all(place and fault.told(str)["detail"] for fault, place in refusals), path.name
    assert len(paths) == {"invalid/schema": 13, "invalid/malformed": 49}[folder]


def test_a_declaration_that_is_only_wrong_in_content_is_read(shared_data: Path) -> None:
    for path in files_of(shared_data, "invalid/business"):
        reading = read(path.read_bytes(), tables=TABLES, day=DAY)

        assert reading.format is Format.WCO
        assert reading.sound, path.name


def test_each_value_read_has_its_place_in_the_document(shared_data: Path) -> None:
    for path in files_of(shared_data, "valid"):
        reading = read(path.read_bytes(), tables=TABLES, day=DAY)
        [one_read] = reading.reads
        places = one_read.places

        for pointer in pointers(msgspec.to_builtins(one_read.submission), "#"):
            assert pointer in places.known, (path.name, pointer)


def files_of(shared_data: Path, folder: str) -> list[Path]:
    return sorted((shared_data / "wco" / folder).glob("*.xml"))


def declared(path: Path) -> tuple[etree._Element, Submission]:
    reading = read(path.read_bytes(), tables=TABLES, day=DAY)
    [one_read] = reading.reads
    assert one_read.submission is not None
    assert {f.problem.code for f in one_read.faults} <= CODE_PROBLEMS, path.name
    root = etree.fromstring(path.read_bytes())
    return next(root.iter("{urn:wco:datamodel:WCO:DEC-DMS:2}Declaration")), one_read.submission


def pointers(value: Any, pointer: str) -> Iterator[str]:
    """Walk the pointers of the values of a document, but for those drawn from several places."""
    costs = "charges" in pointer and pointer.endswith("/mark")
    if pointer.startswith(DERIVED) or costs:
        return
    if isinstance(value, dict):
        for name, member in value.items():
            yield from pointers(member, f"{pointer}/{name}")
    elif isinstance(value, (list, tuple)) and value and not isinstance(value[0], int):
        for index, item in enumerate(value):
            yield from pointers(item, f"{pointer}/{index}")
    else:
        yield pointer
