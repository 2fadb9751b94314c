"""Reading a region pack: each fault is told with file, row and what to do, all at once."""

import shutil
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from tests.domain.reference.pack_faults import FAULTS
from tongguan.domain.reference.rules.pack import read_pack

SOUND: Final = Path(__file__).parents[2] / "regions" / "tinypack"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return a copy of a sound pack, to be spoiled."""
    return Path(shutil.copytree(SOUND, tmp_path / "pack"))


def spoil(pack: Path, file: str, old: str, new: str) -> None:
    """Replace words that stand once in a file of a pack."""
    path = pack / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1, text.count(old)
    path.write_text(text.replace(old, new), "utf-8")


def told(pack: Path) -> list[tuple[str, str, str]]:
    """Return each fault of a pack: code, place, detail."""
    _found, faults = read_pack(pack)
    words = [fault.told(str) for fault in faults]
    return [(one["code"], one["pointer"], one["detail"]) for one in words]


def test_a_sound_pack_has_no_fault(pack: Path) -> None:
    assert told(pack) == []


def test_the_version_changes_with_any_word_of_the_pack(pack: Path) -> None:
    before = read_pack(pack)[0].version

    spoil(pack, "offices.csv", "South Harbour", "South Haven")

    assert read_pack(pack)[0].version != before
    assert read_pack(SOUND)[0].version == before


def test_what_a_site_can_hold_a_day_is_a_dated_figure_that_may_be_left_out(pack: Path) -> None:
    rows = (
        "site,a_day,valid_from,valid_until,source",
        "NH,12,2000-01-01,2020-01-01,invented",
        "NH,20,2020-01-01,,invented",
        "XX,5,2000-01-01,,invented",
        "SH,many,2000-01-01,,invented",
    )
    region = read_pack(pack)[0].region
    (pack / "capacities.csv").write_text("\n".join(rows[:3]))
    stated = read_pack(pack)[0].region
    (pack / "capacities.csv").write_text("\n".join(rows))

    assert region.capacity("NH", date(2019, 1, 1)) is None
    before, after = (stated.capacity("NH", date(year, 1, 1)) for year in (2019, 2021))
    assert before is not None
    assert after is not None
    assert (before.a_day, after.a_day, after.source) == (12, 20, "invented")
    assert stated.capacity("SH", date(2019, 1, 1)) is None
    assert told(pack) == [
        ("REF-006", "capacities.csv#4", "capacities.csv, row 4: “XX” is not in sites.csv."),
        (
            "REF-003",
            "capacities.csv#5",
            "capacities.csv, row 5, column “a_day”: “many” should be a number.",
        ),
    ]


@pytest.mark.parametrize(("file", "old", "new", "code", "place", "detail"), FAULTS)
def test_a_fault_is_told_with_file_and_row(
    pack: Path, file: str, old: str, new: str, code: str, place: str, detail: str
) -> None:
    spoil(pack, file, old, new)

    assert (code, place, detail) in told(pack)


def test_every_kind_of_fault_of_a_pack_has_an_example() -> None:
    shown = {fault[3] for fault in FAULTS}

    assert shown == {f"REF-{number:03d}" for number in (*range(2, 18), 22, *range(40, 53))}


@pytest.mark.parametrize("file", ["districts.csv", "gates.csv", "codes/units.csv", "exchange.csv"])
def test_a_file_that_is_not_there_is_told(pack: Path, file: str) -> None:
    (pack / file).unlink()

    assert ("REF-001", file, f"{file} is not there.") in told(pack)


def test_what_a_region_may_do_without_is_not_missed(pack: Path) -> None:
    (pack / "measures.csv").unlink()

    assert told(pack) == []


def test_a_parameter_that_only_the_tariff_named_is_told_when_the_tariff_is_left_out(
    pack: Path,
) -> None:
    (pack / "tariff.csv").unlink()

    assert told(pack) == [
        ("REF-043", "parameters#island_tax", "No rule reads the parameter island_tax.")
    ]


def test_a_file_that_nothing_reads_is_told(pack: Path) -> None:
    (pack / "office.csv").write_text("code\n", "utf-8")
    (pack / "notes.md").write_text("Words of the authors.\n", "utf-8")

    assert told(pack) == [("REF-019", "office.csv", "office.csv is no part of a region pack.")]


def test_a_parameter_that_stands_in_two_files_is_told(pack: Path) -> None:
    words = "name,value,valid_from,valid_until,source\nlines_most,9,2000-01-01,,a test\n"
    (pack / "parameters" / "more.csv").write_text(words, "utf-8")

    expected = "parameters/more.csv: lines_most stands in parameters/all.csv already."
    assert told(pack) == [("REF-018", "parameters/more.csv", expected)]


def test_a_file_in_another_encoding_is_told(pack: Path) -> None:
    path = pack / "offices.csv"
    path.write_bytes(path.read_text("utf-8").encode("gb18030"))

    assert ("REF-008", "offices.csv") in {(code, place) for code, place, _detail in told(pack)}


def test_all_faults_are_told_at_once(pack: Path) -> None:
    spoil(pack, "sites.csv", "-12.50", "far south")
    spoil(pack, "sites.csv", "airport", "harbour")
    spoil(pack, "exchange.csv", "FJD,3.2", "FJD,")

    assert [(code, place) for code, place, _detail in told(pack)] == [
        ("REF-003", "sites.csv#2"),
        ("REF-003", "sites.csv#3"),
        ("REF-015", "gates.csv"),
        ("REF-015", "gates.csv"),
        ("REF-003", "exchange.csv#2"),
        ("REF-012", "exchange.csv#2"),
    ]


def test_words_with_line_ends_and_strange_signs_are_read_as_they_stand(pack: Path) -> None:
    spoil(pack, "offices.csv", "South Harbour", '"South\nHarbour\u2028\x1c"')

    found, faults = read_pack(pack)

    office = found.region.dated_offices["7002"][0]
    assert faults == ()
    assert office.name_en == "South\nHarbour"


def test_an_empty_pack_is_told_file_by_file(tmp_path: Path) -> None:
    codes = {code for code, _place, _detail in told(tmp_path)}

    assert codes == {"REF-001", "REF-007", "REF-016", "REF-022"}
