"""Files of labelled declarations become facts in time order, each with the history before it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from tongguan.domain.risk.rules.learning.columns import KCS, read_columns
from tongguan.domain.risk.rules.learning.reading import read_examples

HEAD = ",".join((KCS.day, *KCS.facts.values(), KCS.label))
MAPPING = """
date = "day"
label = "wrong"
known = "told"
number = "entry"
trader = "importer"
goods = "hs"
rate = "duty"
mass = "kg"
price = "value"
origin = "origin"
departure = "sent"
gross_kg = "gross"
packages = "packages"
"line.permits" = "licences"
advance = "early"
"""
FILE = """\
day,entry,importer,hs,duty,kg,value,origin,sent,gross,packages,licences,early,wrong,told
2025-03-02,2,A,220421,14,10,1000,FRA,FRA,40,5,4 7,true,,
2025-03-01,1,A,220421,14,10,500,FRA,DEU,30,2,,no,1,2025-03-03
2025-03-01,1,A,841370,8,10,200,DEU,DEU,30,2,,no,0,2025-03-04
2025-03-05,3,A,220421,14,20,,FRA,FRA,,,,,0,
"""


def files(tmp_path: Path, mapping: str = MAPPING, rows: str = FILE) -> tuple[Path, Path]:
    columns, file = tmp_path / "columns.toml", tmp_path / "rows.csv"
    columns.write_text(mapping)
    file.write_text(rows)
    return columns, file


def test_rows_of_one_number_are_one_declaration_and_days_are_put_in_order(tmp_path: Path) -> None:
    columns, file = files(tmp_path)

    one, two, three = read_examples([file], read_columns(str(columns)))

    assert [example.day.day for example in (one, two, three)] == [1, 2, 5]
    assert [line.commodity for line in one.facts.lines] == ["220421", "841370"]
    assert (one.found, one.known) == (True, date(2025, 3, 4))
    assert (two.found, two.known) == (None, None)
    assert (three.found, three.known) == (False, date(2025, 3, 5))


def test_what_follows_from_the_columns_is_worked_out(tmp_path: Path) -> None:
    columns, file = files(tmp_path)

    one, two, three = read_examples([file], read_columns(str(columns)))

    assert one.revenue == one.facts.payable == Decimal("86.00")
    assert one.facts.total_value == 700
    assert one.facts.duty_share == Decimal("0.1229")
    assert one.facts.net_share == Decimal("0.6667")
    assert one.facts.value_per_package == 350
    assert one.facts.lines[0].value_per_kg == 50
    assert one.facts.lines[0].rate == Decimal("0.14")
    assert [line.origin_differs for line in one.facts.lines] == [True, False]
    assert two.facts.lines[0].permits == ("4", "7")
    assert (one.facts.advance, two.facts.advance, three.facts.advance) == (False, True, None)
    assert three.facts.lines[0].value_per_kg is None


def test_each_declaration_carries_the_history_before_its_day(tmp_path: Path) -> None:
    columns, file = files(tmp_path)

    one, two, three = read_examples([file], read_columns(str(columns)))

    assert [example.facts.first_trader for example in (one, two, three)] == [True, False, False]
    assert [example.facts.trader_7 for example in (one, two, three)] == [0, 1, 2]
    assert [example.facts.findings for example in (one, two, three)] == [0, 0, 1]
    assert [line.first_goods for line in three.facts.lines] == [False]


def test_the_public_set_is_known_by_name(tmp_path: Path) -> None:
    row = dict.fromkeys(KCS.facts.values(), "1") | {"Seller ID": "", "HS6 Code": "10121"}
    told = ",".join(("2020-01-02", *row.values(), "1"))
    file = tmp_path / "a.csv"
    file.write_text(f"{HEAD}\n{told}\n")

    [one] = read_examples([file], read_columns("kcs"), label="fraud")

    assert one.facts.lines[0].commodity == "010121"
    assert one.facts.lines[0].rate == Decimal("0.01")
    assert one.facts.overseas is None
    assert one.found is True
