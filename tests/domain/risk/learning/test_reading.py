"""Any file of labelled rows can be judged, if a mapping says which column is what."""

from decimal import Decimal
from pathlib import Path

import pytest

from tongguan.domain.risk.rules.learning.columns import GOODS, KCS, read_columns
from tongguan.domain.risk.rules.learning.reading import read_labelled
from tongguan.kernel.problems import Fault, ProblemError

from .rows import write

LITTLE = """
date = "day"
label = "wrong"
goods = "hs"
mass = "kg"
"""
FILE = """\
wrong,hs,kg,day
0,10121,2.5,2025-03-02
yes,220421,,2025-03-01
,220421,1,2025-03-01
0,220421,1e1,2025-03-03T10:00:00
"""


def fault(error: pytest.ExceptionInfo[ProblemError]) -> Fault:
    [one] = error.value.faults
    return one


def mapping(tmp_path: Path, text: str) -> str:
    path = tmp_path / "mapping.toml"
    path.write_text(text)
    return str(path)


def test_a_file_without_origin_rate_or_price_is_read_in_time_order(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(FILE)

    told = read_labelled([path], read_columns(mapping(tmp_path, LITTLE)))

    lines = [one.facts.lines[0] for one in told.examples]
    assert [line.commodity for line in lines] == ["220421", "220421", "010121", "220421"]
    assert [one.found for one in told.examples] == [True, None, False, False]
    assert [line.net_kg for line in lines] == [None, 1, Decimal("2.5"), 10]
    assert {line.origin for line in lines} == {None}
    assert {one.revenue for one in told.examples} == {0}
    keys = (("220421", ""), ("220421", "1"), ("10121", "2.5"), ("220421", "1e1"))
    assert told.keys == told.identities == tuple((key,) for key in keys)


def test_rows_of_one_number_are_judged_as_one_declaration(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("wrong,hs,day,entry\n0,1,2025-01-01,7\n1,2,2025-01-01,7\n0,1,2025-01-01,8\n")
    told = 'date = "day"\nlabel = "wrong"\ngoods = "hs"\nnumber = "entry"\n'

    labelled = read_labelled([path], read_columns(mapping(tmp_path, told)))

    assert [one.found for one in labelled.examples] == [True, False]
    assert labelled.keys == ((("1",), ("2",)), (("1",),))


def test_a_rate_may_be_a_share_or_in_per_cent(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("day,wrong,hs,duty,worth\n2025-01-01,0,1,0.08,100\n2025-01-01,1,1,0.08,100\n")
    told = 'date = "day"\nlabel = "wrong"\ngoods = "hs"\nrate = "duty"\nprice = "worth"\n'

    share = read_labelled([path], read_columns(mapping(tmp_path, told + "percent = []\n")))
    percent = read_labelled([path], read_columns(mapping(tmp_path, told)))

    assert share.examples[0].revenue == 8
    assert percent.examples[0].revenue == Decimal("0.08")


@pytest.mark.parametrize(
    "text",
    [
        'date = "day"\nlabel = "wrong"\n',
        'date = "day"\ngoods = "hs"\n',
        LITTLE + 'colour = "c"\n',
        LITTLE + "origin = 7\n",
        LITTLE + 'lines = "c"\n',
        LITTLE + "percent = 7\n",
        "date = day\n",
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_by_its_name(tmp_path: Path, text: str) -> None:
    name = mapping(tmp_path, text)

    with pytest.raises(ProblemError, match="RSK-062") as error:
        read_columns(name, needs=GOODS)

    assert fault(error).facts["mapping"] == name
    assert fault(error).facts["reason"]


def test_a_mapping_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="RSK-062") as error:
        read_columns(str(tmp_path / "none.toml"))

    assert fault(error).facts["reason"] == "No such file or directory"


def test_columns_that_are_missing_are_all_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("day,kg\n")

    with pytest.raises(ProblemError, match="RSK-063") as error:
        read_labelled(
            [path], read_columns(mapping(tmp_path, LITTLE)), label="found", unseen_by=("Importer",)
        )

    assert fault(error).facts["columns"] == "Importer, hs, found"


@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        ("1000", "much", "RSK-064", "Item Price"),
        ("1000", "nan", "RSK-064", "Item Price"),
        ("2024-01-01", "1 January", "RSK-065", "Date"),
        ("2024-01-01", "", "RSK-065", "Date"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_with_row_and_column(
    tmp_path: Path, old: str, new: str, code: str, column: str
) -> None:
    path = write(tmp_path / "a.csv", 3, year=2024, seed=1)
    path.write_text(path.read_text().replace(old, new, 1))

    with pytest.raises(ProblemError, match=code) as error:
        read_labelled([path], KCS)

    facts = fault(error).facts
    assert (facts["row"], facts["column"], facts["value"]) == (2, column, new)


def test_a_cell_that_is_neither_yes_nor_no_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("day,wrong,hs,kg,early\n2025-01-01,0,1,1,perhaps\n")
    told = mapping(tmp_path, LITTLE + 'advance = "early"\n')

    with pytest.raises(ProblemError, match="RSK-070") as error:
        read_labelled([path], read_columns(told))

    facts = fault(error).facts
    assert (facts["row"], facts["column"], facts["value"]) == (2, "early", "perhaps")


def test_a_row_that_is_cut_short_has_empty_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("day,wrong,hs,kg\n2025-01-01,0,1\n2025-01-01,1,1,5,6\n")

    told = read_labelled([path], read_columns(mapping(tmp_path, LITTLE)))

    assert [one.facts.lines[0].net_kg for one in told.examples] == [None, 5]


@pytest.mark.parametrize("label", ["0", "1"])
def test_rows_of_one_outcome_are_refused(tmp_path: Path, label: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"day,wrong,hs,kg\n2025-01-01,{label},1,1\n")

    with pytest.raises(ProblemError, match="RSK-066") as error:
        read_labelled([path], read_columns(mapping(tmp_path, LITTLE)))

    assert fault(error).facts == {"files": str(path), "rows": 1, "found": int(label)}


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ProblemError, match="RSK-061") as error:
        read_labelled([path], KCS)

    assert fault(error).facts["file"] == path


@pytest.mark.parametrize(
    "text",
    [
        FILE.replace("wrong,hs,kg,day", "wrong,hs,kg,day,kg"),
        FILE + "a," * 2_000_000,
    ],
    ids=["a column twice", "very many cells"],
)
def test_a_file_with_a_column_twice_or_very_many_cells_is_refused(
    tmp_path: Path, text: str
) -> None:
    columns = read_columns(mapping(tmp_path, LITTLE))
    file = tmp_path / "rows.csv"
    file.write_text(text)

    with pytest.raises(ProblemError) as refusal:
        read_labelled([file], columns)

    assert fault(refusal).problem.code == "RSK-061"
