"""The command line over region packs and tariffs."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from django.utils.timezone import localdate
from msgspec import json

from tests.domain.reference.holidays import holidays

from .conftest import House, Run
from .loaded import Result
from .people import PASSWORD, admit, signed

TINY: Final = Path(__file__).parents[2] / "regions" / "tinypack"


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    """Return a pack with two faults."""
    pack = Path(shutil.copytree(TINY, tmp_path / "pack"))
    for file, old, new in (("sites.csv", "-12.50", "south"), ("exchange.csv", ",3.2,", ",0,")):
        path = pack / file
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    return pack


def told(result: Result) -> dict[str, Any]:
    [line] = result.stdout.splitlines()
    return json.decode(line, type=dict[str, Any])


def test_the_pack_in_use_is_checked_where_none_is_named(tongguan: Run) -> None:
    result = tongguan("region", "check", "--json")

    answer = told(result)
    assert (result.returncode, result.stderr) == (0, "")
    assert Path(answer["pack"]).name == "jingjinji"
    assert (answer["outcome"], answer["problems"]) == ("sound", [])
    assert answer["counts"]["districts"] == 3
    assert answer["counts"]["offices"] == 86


def test_another_pack_is_sound_in_both_languages(tongguan: Run) -> None:
    english = tongguan("region", "check", str(TINY))
    chinese = tongguan("--lang", "zh-hans", "region", "check", str(TINY))

    assert (english.returncode, chinese.returncode) == (0, 0)
    assert english.stdout.splitlines()[1] == (
        "In force today: 2 districts, 4 offices, 3 sites with 4 gates, 0 coordination centres, "
        "21 codes, 2 tariff lines."
    )
    assert "今日有效：2 个关区、4 个海关" in chinese.stdout


def test_every_fault_is_told_with_file_row_and_column(tongguan: Run, spoiled: Path) -> None:
    result = tongguan("region", "check", str(spoiled), "--json")

    answer = told(result)
    assert (result.returncode, answer["outcome"]) == (1, "faulty")
    assert [
        (one["code"], one["file"], one["row"], one["column"]) for one in answer["problems"]
    ] == [
        ("REF-003", "sites.csv", 2, "latitude"),
        ("REF-015", "gates.csv", None, None),
        ("REF-012", "exchange.csv", 2, "rate"),
    ]
    assert answer["problems"][0]["remedy"] == "Correct the value."


def test_faults_are_told_in_chinese(tongguan: Run, spoiled: Path) -> None:
    result = tongguan("--lang", "zh-hans", "region", "check", str(spoiled))

    assert result.returncode == 1
    assert "REF-003 sites.csv 第 2 行“latitude”列：“south”应为数字。" in result.stdout
    assert result.stdout.endswith("pack：3 处错误。\n")


def test_a_pack_that_is_not_there_is_a_wrong_command_line(tongguan: Run) -> None:
    assert tongguan("region", "check", "/nowhere").returncode == 2


def test_a_tariff_is_loaded_or_everything_wrong_with_it_told(tongguan: Run, tmp_path: Path) -> None:
    head = (
        "hs10,name,general_rate,mfn_rate,export_rate,consumption_rate,vat_rate,"
        "unit1,unit2,control_codes,declaration_elements\n"
    )
    sound = "8482102000,深沟球轴承,0.2,0.08,0,0,0.13,006,035,6,1品牌类型;\n"
    file, faulty, empty = (tmp_path / f"{name}.csv" for name in ("tariff", "faulty", "empty"))
    file.write_text(head + sound + "8482103000,轴承,,0.08,0,0,0.13,006,035,6,\n", "utf-8")
    faulty.write_text(
        head + sound + "8482103000,轴承,20,8%,0,0,0.13,XXX,035,6,\n",
        "utf-8",
    )
    empty.write_text("", "utf-8")

    refused = tongguan("reference", "load", "tariff", str(faulty), "--json")
    in_words = tongguan("reference", "load", "tariff", str(faulty))
    first = tongguan("reference", "load", "tariff", str(file), "--json")
    again = tongguan("reference", "load", "tariff", str(file))
    nothing = tongguan("reference", "load", "tariff", str(empty), "--json")

    answer = told(refused)
    assert (refused.returncode, answer["outcome"], answer["rows"]) == (1, "refused", 0)
    assert [
        (one["code"], one["row"], one["commodity"], one["column"]) for one in answer["problems"]
    ] == [
        ("REF-020", 3, "8482103000", "unit1"),
        ("REF-020", 3, "8482103000", "general_rate"),
        ("REF-020", 3, "8482103000", "mfn_rate"),
    ]
    assert "Rates are shares of 1: write 8 % as 0.08. Found: “20”." in in_words.stderr
    assert in_words.stdout.endswith("faulty.csv: nothing was loaded.\n")
    answer = told(first)
    assert (first.returncode, answer["outcome"]) == (0, "loaded")
    assert (answer["rows"], answer["unrated"]) == (2, 1)
    assert "was loaded before, as release 1: 2 rows" in again.stdout
    assert "1 row lacks a rate: an officer assesses what its goods owe." in again.stdout
    assert (nothing.returncode, told(nothing)["outcome"]) == (1, "refused")


def test_a_tariff_takes_two_who_sign_in_and_the_list_tells_both(
    house: House, tongguan: Run, tmp_path: Path
) -> None:
    admit(house, zheng="REVENUE", qian="REVENUE", shen="REVIEWER")
    file = tmp_path / "tariff.csv"
    file.write_text(
        "hs10,name,general_rate,mfn_rate,export_rate,consumption_rate,vat_rate,"
        "unit1,unit2,control_codes,declaration_elements\n"
        "8482102000,深沟球轴承,0.2,0.08,0,0,0.13,006,035,6,1品牌类型;\n",
        "utf-8",
    )
    load = ("reference", "load", "tariff", str(file))
    approve = ("reference", "approve", "tariff", "1")

    operator = tongguan(*load)
    reviewer = tongguan(*load, *signed("shen"), text=PASSWORD)
    guessed = tongguan(*load, *signed("zheng"), text="not the password\n")
    past = tongguan(*load, "--valid-from", "2026-01-01", *signed("zheng"), text=PASSWORD)
    loaded = told(tongguan(*load, *signed("zheng"), "--json", text=PASSWORD))
    waiting = tongguan("--lang", "zh-hans", "reference", "list")
    alone = tongguan(*approve, *signed("zheng"), text=PASSWORD)
    done = tongguan(*approve, *signed("qian"), text=PASSWORD)
    listed = told(tongguan("reference", "list", "--json"))

    assert [one.returncode for one in (operator, reviewer, guessed, past, alone)] == [1] * 5
    assert operator.stderr.startswith("REF-082 ")
    assert reviewer.stderr.startswith("ACC-001 ")
    assert guessed.stderr.startswith("ACC-017 ")
    assert past.stderr.startswith("REF-080 ")
    assert (loaded["outcome"], loaded["waits"], loaded["release"]) == ("loaded", True, 1)
    assert "等待第二人批准：tongguan reference approve tariff 1" in waiting.stdout
    assert alone.stderr.startswith("REF-021")
    assert done.returncode == 0
    assert (listed["loaded_by"], listed["approved_by"]) == ("zheng", "qian")
    assert "approved by qian" in tongguan("reference", "list").stdout


def test_holidays_that_are_over_are_loaded_with_a_reason_and_approved(
    house: House, tongguan: Run, tmp_path: Path
) -> None:
    admit(house, zheng="REVENUE", qian="ADMINISTRATOR")
    file = tmp_path / "holidays.csv"
    file.write_text("day,kind,source\n2026-10-13,holiday,a notice\n", "utf-8")
    load = ("reference", "load", "calendar", str(file), *signed("zheng"))

    refused = tongguan(*load, text=PASSWORD)
    loaded = tongguan(*load, "--backdated", "announced late", text=PASSWORD)
    done = tongguan("reference", "approve", "calendar", "1", *signed("qian"), text=PASSWORD)

    assert refused.stderr.startswith("REF-080 This would change the law of 2026-10-13")
    assert "tongguan reference approve calendar 1" in loaded.stdout
    assert done.returncode == 0
    assert "why: announced late" in tongguan("reference", "list").stdout


def test_a_rate_of_a_month_is_corrected_by_two_who_sign_in(house: House, tongguan: Run) -> None:
    admit(house, zheng="REVENUE", qian="REVENUE")
    why = ("--reason", "a slip of the pen", "--source", "PBoC, 21 October 2026")
    correct = ("reference", "correct-rate", *why, *signed("zheng"))

    unknown = tongguan(*correct, "XXX", "2026-11", "7,25", text=PASSWORD)
    proposed = told(tongguan(*correct, "--json", "USD", "2026-11", "7.25", text=PASSWORD))
    alone = tongguan("reference", "approve", "rate", "1", *signed("zheng"), text=PASSWORD)
    waiting = tongguan("--lang", "zh-hans", "reference", "list")
    done = tongguan("reference", "approve", "rate", "1", *signed("qian"), text=PASSWORD)
    listed = told(tongguan("reference", "list", "--json"))

    assert (unknown.returncode, alone.returncode, done.returncode) == (1, 1, 0)
    assert "REF-023" in unknown.stderr
    assert "REF-024" in unknown.stderr
    assert proposed == {"outcome": "proposed", "number": 1, "problems": []}
    assert "REF-021" in alone.stderr
    assert "等待第二人批准：tongguan reference approve rate 1" in waiting.stdout
    assert (listed["what"], listed["proposed_by"], listed["confirmed_by"]) == (
        "rate",
        "zheng",
        "qian",
    )


def test_what_waits_is_declined_with_a_reason_and_the_list_tells_it(
    house: House, tongguan: Run, tmp_path: Path
) -> None:
    admit(house, zheng="REVENUE", qian="ADMINISTRATOR", shen="REVIEWER")
    file = tmp_path / "holidays.csv"
    file.write_text("day,kind,source\n2026-10-13,holiday,a notice\n", "utf-8")
    load = ("reference", "load", "calendar", str(file), "--backdated", "late", *signed("zheng"))
    decline = ("reference", "decline", "calendar")
    why = ("--reason", "the wrong file")

    tongguan(*load, text=PASSWORD)
    silent = tongguan(*decline, "1", *signed("qian"), text=PASSWORD)
    reviewer = tongguan(*decline, "1", *why, *signed("shen"), text=PASSWORD)
    done = tongguan(*decline, "1", *why, *signed("zheng"), text=PASSWORD)
    approved = tongguan("reference", "approve", "calendar", "1", *signed("qian"), text=PASSWORD)
    listed = tongguan("--lang", "zh-hans", "reference", "list")
    row = told(tongguan("reference", "list", "--json"))
    anew = tongguan(*load, text=PASSWORD)
    answer = told(tongguan(*decline, "2", *why, "--json", *signed("qian"), text=PASSWORD))

    assert (silent.returncode, reviewer.returncode, approved.returncode) == (2, 1, 1)
    assert reviewer.stderr.startswith("ACC-001 ")
    assert done.stdout == "calendar 1 was declined; it never comes in force.\n"
    assert approved.stderr.startswith("REF-081 ")
    assert "撤回或否决：zheng" in listed.stdout
    assert "等待第二人批准" not in listed.stdout
    assert (row["declined_by"], row["decline_reason"]) == ("zheng", "the wrong file")
    assert "tongguan reference approve calendar 2" in anew.stdout
    assert answer == {"outcome": "declined", "what": "calendar", "number": 2, "problems": []}


def test_a_check_tells_how_long_holidays_are_known_and_warns_before_they_end(
    tongguan: Run,
) -> None:
    answer = told(tongguan("region", "check", "--json"))

    ends = date.fromisoformat(answer["calendar_ends"])
    soon = (ends - localdate()).days <= 60
    assert [one["code"] for one in answer["warnings"]] == (["REF-031"] if soon else [])


def test_announced_holidays_are_loaded_and_the_check_knows_them(
    tongguan: Run, tmp_path: Path
) -> None:
    before = date.fromisoformat(told(tongguan("region", "check", "--json"))["calendar_ends"])
    file = tmp_path / "holidays.csv"
    year = before.year + 1
    rows = "".join(f"{day},holiday,a notice\n" for day in holidays(year))
    file.write_text(f"day,kind,source\n{rows}", "utf-8")

    first = told(tongguan("reference", "load", "calendar", str(file), "--json"))
    again = tongguan("--lang", "zh-hans", "reference", "load", "calendar", str(file))

    assert (first["outcome"], first["days"], first["ends"]) == ("loaded", 13, f"{year}-12-31")
    assert "此前已导入" in again.stdout
    after = told(tongguan("region", "check", "--json"))
    assert (after["calendar_ends"], after["warnings"]) == (f"{year}-12-31", [])


def test_a_wrong_list_of_holidays_is_refused_row_by_row(tongguan: Run, tmp_path: Path) -> None:
    file = tmp_path / "holidays.csv"
    file.write_text("day,kind,source\nsoon,holiday,a notice\n", "utf-8")

    result = tongguan("reference", "load", "calendar", str(file), "--json")

    answer = told(result)
    assert (result.returncode, answer["outcome"]) == (1, "refused")
    assert [(one["code"], one["row"]) for one in answer["problems"]] == [("REF-029", 2)]
