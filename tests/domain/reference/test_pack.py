"""Reading a region pack: each fault is told with file, row and what to do, all at once."""

import shutil
from datetime import date
from pathlib import Path
from typing import Final

import pytest

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


# fmt: off
FAULTS: Final = [
    ("sites.csv", "-12.50", "far south", "REF-003", "sites.csv#2",
     "sites.csv, row 2, column “latitude”: “far south” should be a number."),
    ("sites.csv", "-12.50", "-120.50", "REF-012", "sites.csv#2",
     "sites.csv, row 2, column “latitude”: -120.50 is not between -90 and 90."),
    ("sites.csv", "-12.50", "NaN", "REF-012", "sites.csv#2",
     "sites.csv, row 2, column “latitude”: NaN is not between -90 and 90."),
    ("sites.csv", "seaport", "harbour", "REF-003", "sites.csv#2",
     ("sites.csv, row 2, column “kind”: “harbour” should be "
     "a kind of site: seaport, airport, rail, inland, bonded, land.")),
    ("sites.csv", "NH,7001", "NH,7009", "REF-006", "sites.csv#2",
     "sites.csv, row 2: “7009” is not in offices.csv."),
    ("sites.csv", "North Quay", "", "REF-013", "sites.csv#2",
     "sites.csv, row 2: “name_en” is empty."),
    ("gates.csv", "SH,A", "NH,C", "REF-014", "sites.csv#3",
     "sites.csv, row 3: site SH has no gate, so nothing could leave it."),
    ("gates.csv", "NH,B", "XX,B", "REF-015", "gates.csv",
     "gates.csv: there is no sound row of site XX in sites.csv."),
    ("gates.csv", "NH,B", "NH,A", "REF-004", "gates.csv#3",
     "gates.csv, row 3: “NH A” has an earlier row that is still in force on 2000-01-01."),
    ("parameters/all.csv", "query_days", "quary_days", "REF-043", "parameters#quary_days",
     "No rule reads the parameter quary_days."),
    ("sites.csv", "-12.50,-170.25", "-12.50,-170.00", "REF-042", "sites.csv#NH",
     "Site NH lies 27 km from its office 7001; 20 km are plausible."),
    ("sites.csv", "SH,7002", "SH,7001", "REF-041", "offices.csv#7002",
     "7002 is a place of goods and has no site with a gate on 2000-01-01."),
    ("sites.csv", "2000-01-01,,invented for the tests\nSH",
     "2001-02-01,,invented for the tests\nSH", "REF-041", "offices.csv#7001",
     "7001 is a place of goods and has no site with a gate on 2000-01-01."),
    ("offices.csv", "North Harbour", "Office 7001", "REF-040", "offices.csv#2",
     "offices.csv, row 2: the name of “7001” repeats the code."),
    ("offices.csv", "-12.50", "", "REF-003", "offices.csv#2",
     "offices.csv, row 2, column “latitude”: “” should be a number."),
    ("offices.csv", "7001,N", "7001,Q", "REF-006", "offices.csv#2",
     "offices.csv, row 2: “Q” is not in districts.csv."),
    ("offices.csv", "North Headquarters,no", "North Headquarters,none", "REF-003", "offices.csv#4",
     "offices.csv, row 4, column “place”: “none” should be yes or no."),
    ("offices.csv", "2000-01-01,2020-01-01", "2000-01-01,2020-06-01", "REF-004", "offices.csv#6",
     "offices.csv, row 6: “8800” has an earlier row that is still in force on 2020-01-01."),
    ("offices.csv", "2000-01-01,2020-01-01", "2020-01-01,2020-01-01", "REF-011", "offices.csv#5",
     "offices.csv, row 5: in force from 2020-01-01, and until 2020-01-01."),
    ("offices.csv", "2000-01-01,2020-01-01", "2000-01-01,1 May", "REF-003", "offices.csv#5",
     "offices.csv, row 5, column “valid_until”: “1 May” should be a day like 2014-07-01."),
    ("offices.csv", "2000-01-01,2020-01-01,invented for the tests", "2000-01-01,2020-01-01,",
     "REF-005", "offices.csv#5", "offices.csv, row 5: the source is empty."),
    ("offices.csv", "North Harbour,yes", "North, Harbour,yes", "REF-010", "offices.csv#2",
     "offices.csv, row 2: 11 cells under 10 columns."),
    ("offices.csv", "name_zh", "name_cn", "REF-002", "offices.csv",
     "offices.csv has no column “name_zh”."),
    ("offices.csv", "place,latitude", "place,colour,latitude", "REF-009", "offices.csv",
     "offices.csv has a column “colour”."),
    ("offices.csv", "North Headquarters", '"North Headquarters', "REF-008", "offices.csv",
     "offices.csv: unexpected end of data."),
    ("modes.csv", "regional,no,any,any", "regional,no,all,any", "REF-003", "modes.csv#2",
     "modes.csv, row 2, column “relation”: “all” should be same, other or any."),
    ("modes.csv", "other,declaration", "other,home", "REF-003", "modes.csv#4",
     "modes.csv, row 4, column “inspection”: “home” should be goods, declaration or any."),
    ("modes.csv", ",sealed,", ",locked,", "REF-003", "modes.csv#4",
     ("modes.csv, row 4, column “movement”: “locked” should be "
     "free, sealed or sealed_if_inspected_elsewhere.")),
    ("modes.csv", ",N S,", ",N T,", "REF-006", "modes.csv#2",
     "modes.csv, row 2: “T” is not in districts.csv."),
    ("modes.csv", ",selected,", ",bad weather,", "REF-003", "modes.csv#6",
     ("modes.csv, row 6, column “refused_for”: “bad” should be "
     "selected, port_permit, no_report or investigated.")),
    ("modes.csv", ",regional,1990", ",elsewhere,1990", "REF-003", "modes.csv#6",
     ("modes.csv, row 6, column “fallback”: “elsewhere” should be "
     "a mode: port, transit, local_declared, local_released, regional.")),
    ("modes.csv", "transit,yes", "transfer,yes", "REF-016", "modes.csv",
     "modes.csv has no sound row of the mode transit."),
    ("parameters/all.csv", "lines_most,2", "lines_most,two", "REF-003", "parameters/all.csv#15",
     "parameters/all.csv, row 15, column “value”: “two” should be a whole number, 0 or more."),
    ("parameters/all.csv", "surcharge_rate,0.001", "surcharge_rate,1.5", "REF-003",
     "parameters/all.csv#20",
     "parameters/all.csv, row 20, column “value”: “1.5” should be a share of 1, such as 0.005."),
    ("parameters/all.csv", "tax_threshold,5", "tax_threshold,-5", "REF-003",
     "parameters/all.csv#23",
     "parameters/all.csv, row 23, column “value”: “-5” should be a number, 0 or more."),
    ("parameters/all.csv", "tax_threshold,5", "tax_threshold,none", "REF-003",
     "parameters/all.csv#23",
     "parameters/all.csv, row 23, column “value”: “none” should be a number, 0 or more."),
    ("parameters/all.csv", "tax_rounding,half-up-yuan", "tax_rounding,up", "REF-003",
     "parameters/all.csv#22",
     ("parameters/all.csv, row 22, column “value”: “up” should be "
     "half-up-fen, half-up-yuan or down-yuan.")),
    ("parameters/all.csv", "levy_shares,", "levy_shares,2:half", "REF-003",
     "parameters/all.csv#14",
     ("parameters/all.csv, row 14, column “value”: “2:half” should be "
     "pairs of code and share, such as 2:0.5 3:0.")),
    ("parameters/all.csv", "container_check_refuses,yes", "container_check_refuses,maybe",
     "REF-003", "parameters/all.csv#3",
     "parameters/all.csv, row 3, column “value”: “maybe” should be yes or no."),
    ("parameters/all.csv", "payment_days", "payment_dayz", "REF-007", "parameters#payment_days",
     "The pack has no parameter payment_days."),
    ("parameters/all.csv", "random_goods_plain", "random_goods_fancy", "REF-007",
     "parameters#random_goods_plain", "The pack has no parameter random_goods_plain."),
    ("parameters/all.csv", "payment_days,30,2000-01-01,", "payment_days,30,2000-01-01,2026-01-01",
     "REF-017", "parameters#payment_days", "payment_days has no value on 2026-01-01."),
    ("parameters/all.csv", "payment_days,30,2000-01-01", "payment_days,30,2001-01-01",
     "REF-017", "parameters#payment_days", "payment_days has no value on 2000-01-01."),
    ("codes/units.csv", "095,升", "035,升", "REF-004", "codes/units.csv#3",
     "codes/units.csv, row 3: “035” has an earlier row that is still in force on 2000-01-01."),
    ("exchange.csv", "FJD,3.2", "FJD,0", "REF-012", "exchange.csv#2",
     "exchange.csv, row 2, column “rate”: 0 is not between 0 and 1000000."),
    ("exchange.csv", "FJD,3.2", "USD,3.2", "REF-006", "exchange.csv#2",
     "exchange.csv, row 2: “USD” is not in codes/currencies.csv."),
    ("tariff.csv", "island_tax", "moon_tax", "REF-003", "tariff.csv#2",
     "tariff.csv, row 2, column “vat”: “moon_tax” should be a number."),
    ("tariff.csv", "0801110000", "08011100", "REF-003", "tariff.csv#2",
     "tariff.csv, row 2, column “code”: “08011100” should be ten digits."),
    ("tariff.csv", "0.5,0.1", "0.5,-0.1", "REF-012", "tariff.csv#2",
     "tariff.csv, row 2, column “mfn”: -0.1 is not between 0 and 1."),
    ("tariff.csv", "rum,1,0,0,0.2", "rum,1,0,0,1", "REF-012", "tariff.csv#3",
     "tariff.csv, row 3, column “consumption”: 1 is not between 0 and 1."),
    ("tariff.csv", "rum,1,", "rum,100,", "REF-012", "tariff.csv#3",
     "tariff.csv, row 3, column “general”: 100 is not between 0 and 3."),
    ("tariff.csv", "island_tax,035", "island_tax,036", "REF-006", "tariff.csv#2",
     "tariff.csv, row 2: “036” is not in codes/units.csv."),
    ("measures.csv", "anti_dumping,FJI", "anti_dumping,FRA", "REF-006", "measures.csv#3",
     "measures.csv, row 3: “FRA” is not in codes/countries.csv."),
    ("measures.csv", "consumption,,10,095", "consumption,,10,001", "REF-006", "measures.csv#2",
     "measures.csv, row 2: “001” is not in codes/units.csv."),
    ("measures.csv", "anti_dumping", "revenge", "REF-003", "measures.csv#3",
     ("measures.csv, row 3, column “levy”: “revenge” should be "
     "duty, duty_general, consumption, anti_dumping, countervailing or safeguard.")),
    ("permit_rules.csv", "refuse,TRADE", "ask,TRADE", "REF-003", "permit_rules.csv#2",
     ("permit_rules.csv, row 2, column “on_export”: “ask” should be "
      "forbid, refuse, hold, tell or none.")),
    ("permit_rules.csv", "refuse,TRADE", "refuse,NAVY", "REF-006", "permit_rules.csv#2",
     "permit_rules.csv, row 2: “NAVY” is not in codes/agencies.csv."),
    ("permit_rules.csv", "refuse,TRADE", "hold,", "REF-052", "permit_rules.csv#2",
     "permit_rules.csv, row 2: letter “4” asks for a document, and names no agency."),
    ("permit_rules.csv", "2000-01-01,", "2000-01-01,2020-05-01", "REF-050", "permit_rules.csv",
     "permit_rules.csv has no rule of letter “4” for 2020-05-01."),
    ("permit_rules.csv", "2000-01-01", "2001-01-01", "REF-050", "permit_rules.csv",
     "permit_rules.csv has no rule of letter “4” for 2000-01-01."),
    ("permit_rules.csv", "yes,,", "yes,9999,", "REF-006", "permit_rules.csv#2",
     "permit_rules.csv, row 2: “9999” is not in codes/supervision_modes.csv."),
    ("tariff.csv", "095,,4,", "095,,4u,", "REF-051", "tariff.csv",
     "tariff.csv: the controls of 2208400000 have letters without a rule: u."),
    ("region.toml", 'name_en = "Twin Islands"', "", "REF-022", "region.toml",
     "region.toml: “name_en” should be a name."),
    ("region.toml", "[2026-10-03]", '["3 October"]', "REF-022", "region.toml#calendar",
     "region.toml: “calendar.worked” should be a list of days, [2014-10-01]."),
    ("region.toml", "[calendar]", "[calendar", "REF-008", "region.toml",
     "region.toml: Expected ']' at the end of a table declaration (at line 4, column 10)."),
]
# fmt: on


@pytest.mark.parametrize(("file", "old", "new", "code", "place", "detail"), FAULTS)
def test_a_fault_is_told_with_file_and_row(
    pack: Path, file: str, old: str, new: str, code: str, place: str, detail: str
) -> None:
    spoil(pack, file, old, new)

    assert (code, place, detail) in told(pack)


def test_every_kind_of_fault_of_a_pack_has_an_example() -> None:
    shown = {fault[3] for fault in FAULTS}

    assert shown == {
        f"REF-{number:03d}" for number in (*range(2, 18), 22, 40, 41, 42, 43, 50, 51, 52)
    }


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
