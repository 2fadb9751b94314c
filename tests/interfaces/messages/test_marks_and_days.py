"""Marks and days read the same however they are written: blanks, full-width signs, zones."""

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from tests.interfaces.messages.reading import codes_of, fixture, read_of, reading_of
from tests.interfaces.messages.test_singlewindow import declared, head
from tongguan.domain.declarations.values import Confirmations, Function, Kind, Mode

FAULTS: Final = ("25-utc-date", "45-transit-mark-blank")
RIGHT: Final = {
    "25-utc-date": ("entry_date", date(2026, 11, 11)),
    "45-transit-mark-blank": ("mode_asked", Mode.TRANSIT),
}
WCO: Final = fixture("wco_import.xml")


@pytest.mark.parametrize("name", FAULTS)
def test_the_known_documents_are_read_right(name: str, shared_data: Path) -> None:
    field, right = RIGHT[name]
    paths = sorted((shared_data.parent / "faults" / name).glob("*.xml"))
    if not paths:
        pytest.skip(f"no documents of {name}")

    found = {path.name: getattr(declared(path.read_bytes()), field) for path in paths}

    assert found == dict.fromkeys(found, right)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("20261111", date(2026, 11, 11)),
        ("2026-11-11", date(2026, 11, 11)),
        ("20261110203000Z", date(2026, 11, 11)),
        ("20261110155959Z", date(2026, 11, 10)),
        ("20261110160000Z", date(2026, 11, 11)),
        ("2026-11-10T20:30:00+00:00", date(2026, 11, 11)),
        ("2026-11-10T20:30:00.000Z", date(2026, 11, 11)),
        ("2026-11-10T20:30Z", date(2026, 11, 11)),
        ("2026-11-11T00:30:00+0800", date(2026, 11, 11)),
        ("2026-11-11T00:30:00+09", date(2026, 11, 10)),
        ("2026-11-10 12:30:00 -05:00", date(2026, 11, 11)),
        ("20261110203000", date(2026, 11, 10)),
        ("2026111020300012", date(2026, 11, 10)),
        ("20261110 20:30:00", date(2026, 11, 10)),
        ("2026-11-10T20:30:00", date(2026, 11, 10)),
        ("２０２６１１１１", date(2026, 11, 11)),
        ("20261231155959Z", date(2026, 12, 31)),
        ("20261231160000Z", date(2027, 1, 1)),
        ("2026-12-31T23:30:00-01:00", date(2027, 1, 1)),
        ("20261110T203000Z", date(2026, 11, 11)),
        ("2026-11-10T20:30:00.123456789Z", date(2026, 11, 11)),
        ("20280229", date(2028, 2, 29)),
        ("\n    20261110203000Z\n  ", date(2026, 11, 11)),
    ],
)
def test_a_day_is_the_one_that_the_moment_has_in_the_region(written: str, day: date) -> None:
    assert declared(head(f"<IEDate>{written}</IEDate>")).entry_date == day


@pytest.mark.parametrize(
    "written",
    [
        "20261131",
        "2026-1111",
        "20261110253000Z",
        "2026-11-10T20:30:00+25:00",
        "20261111 soon",
        "20270229",
        "2026-12-31T24:00:00Z",
        "20261231235960Z",
        "99991231160000Z",
        "0001-01-01T00:00:00+14:00",
        "20261110203000+0860",
        "2026-11-10T20:30:00+08:00[Asia/Shanghai]",
        "2026年11月10日",
        "2026-W46-2",
    ],
)
def test_what_is_no_day_is_refused_at_its_place(written: str) -> None:
    reading = reading_of(head(f"<IEDate>{written}</IEDate>"))

    [fault] = reading.reads[0].faults
    assert (fault.problem.code, fault.facts["place"]) == ("MSG-039", "DecHead/IEDate")


@pytest.mark.parametrize(
    "mark",
    [
        "3",
        "\n    3\n   ",
        " 5",
        "３",
        "　６",
        "6\t",
        "３　",
        "\u00a03\u00a0",
        "<![CDATA[3]]>",
        "&#51;",
    ],
)
def test_a_transit_mark_is_read_through_blanks_and_full_width(mark: str) -> None:
    assert declared(head(f"<EdiId>{mark}</EdiId>")).mode_asked is Mode.TRANSIT


@pytest.mark.parametrize("mark", ["1", "\n  1\n", "１"])
def test_the_link_to_a_transit_is_read_through_blanks_and_full_width(mark: str) -> None:
    assert declared(head(f"<DeclTrnRel>{mark}</DeclTrnRel>")).mode_asked is Mode.TRANSIT


@pytest.mark.parametrize("mark", ["9", "03", "3 3", "33", "3\u200b", "三", "3.0", "-"])
@pytest.mark.parametrize("name", ["EdiId", "DeclTrnRel"])
def test_an_unknown_transit_mark_is_refused_and_never_free_movement(name: str, mark: str) -> None:
    reading = reading_of(head(f"<{name}>{mark}</{name}>"))

    [fault] = reading.reads[0].faults
    assert (fault.problem.code, fault.facts["place"]) == ("MSG-040", f"DecHead/{name}")


@pytest.mark.parametrize("mark", ["  5", "\n      5\n   ", "  ５", "\n\t５"])
def test_the_step_of_a_type_is_read_with_or_without_indentation(mark: str) -> None:
    found = declared(head(f"<Type>{mark}</Type>"))

    assert (found.function, found.kind) == (Function.ORIGINAL, Kind.SUMMARY)


@pytest.mark.parametrize("mark", ["SD", "\n    SD\n", "ＳＤ", "sd"])
def test_the_document_of_a_type_is_read_with_or_without_indentation(mark: str) -> None:
    assert declared(head(f"<Type>{mark}</Type>")).mode_asked is Mode.LOCAL_DECLARED


def test_confirmations_count_by_place_with_their_leading_blanks() -> None:
    second = Confirmations(price_effect=True)

    assert declared(head("<PromiseItmes> 1</PromiseItmes>")).confirmations == second
    assert declared(head("<PromiseItmes>９１</PromiseItmes>")).confirmations == second
    indented = declared(head("<PromiseItmes>\n  91\n</PromiseItmes>"))
    assert indented.confirmations == second


@pytest.mark.parametrize(("mark", "means"), [("1", True), ("１", True), ("\n 0\n", False)])
def test_release_on_guarantee_is_read_through_blanks_and_full_width(mark: str, means: bool) -> None:
    assert declared(head(f"<ChkSurety>{mark}</ChkSurety>")).released_on_guarantee is means


def test_a_flag_that_is_neither_yes_nor_no_is_refused() -> None:
    assert codes_of(reading_of(head("<ChkSurety>Y</ChkSurety>"))) == ["MSG-040"]


def test_marks_of_a_wco_declaration_are_read_through_full_width() -> None:
    plain = read_of(WCO).submission
    wide = WCO.decode()
    for name in ("SequenceNumeric", "CategoryCode", "IdentificationTypeCode", "ChargesTypeCode"):
        wide = _widened(wide, name)

    found = read_of(wide.encode())

    assert found.faults == ()
    assert found.submission == plain


def _widened(text: str, name: str) -> str:
    """Return a document with every value of one element in full-width signs."""
    head_, *rest = text.split(f"<{name}>")
    parts = [part.partition(f"</{name}>") for part in rest]
    wide = [f"{''.join(map(_wide, value))}{end}{tail}" for value, end, tail in parts]
    assert wide
    return f"<{name}>".join([head_, *wide])


def _wide(sign: str) -> str:
    return chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign
