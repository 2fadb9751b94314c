"""Any file of labelled rows can be judged, if a mapping says which column is what."""

from pathlib import Path

import pytest

from tongguan.domain.risk.rules.learning.rows import KCS, read_mapping, read_rows
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

    rows = read_rows([path], read_mapping(mapping(tmp_path, LITTLE)))

    assert rows.goods == ("220421", "010121", "220421")
    assert rows.label.tolist() == [1.0, 0.0, 0.0]
    assert rows.mass.tolist() == [0.0, 2.5, 10.0]
    assert rows.origin == ("", "", "")
    assert rows.revenue.tolist() == [0.0, 0.0, 0.0]
    assert rows.keys == (("220421", ""), ("10121", "2.5"), ("220421", "1e1"))


def test_a_rate_may_be_a_share_or_in_per_cent(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("day,wrong,hs,duty,worth\n2025-01-01,0,1,0.08,100\n2025-01-01,1,1,0.08,100\n")
    told = 'date = "day"\nlabel = "wrong"\ngoods = "hs"\nrate = "duty"\nprice = "worth"\n'

    share = read_rows([path], read_mapping(mapping(tmp_path, told + "percent = []\n")))
    percent = read_rows([path], read_mapping(mapping(tmp_path, told)))

    assert (share.rate[0], share.revenue[0]) == ("8.0", 8.0)
    assert (percent.rate[0], percent.revenue[0]) == ("0.08", pytest.approx(0.08))


@pytest.mark.parametrize(
    "text",
    [
        'date = "day"\nlabel = "wrong"\n',
        'date = "day"\ngoods = "hs"\n',
        LITTLE + 'colour = "c"\n',
        LITTLE + "origin = 7\n",
        "date = day\n",
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_by_its_name(tmp_path: Path, text: str) -> None:
    name = mapping(tmp_path, text)

    with pytest.raises(ProblemError, match="RSK-062") as error:
        read_mapping(name)

    assert fault(error).facts["mapping"] == name
    assert fault(error).facts["reason"]


def test_a_mapping_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="RSK-062") as error:
        read_mapping(str(tmp_path / "none.toml"))

    assert fault(error).facts["reason"] == "No such file or directory"


def test_columns_that_are_missing_are_all_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Date,Fraud,Tax Rate,Net Mass,Item Price,Country of Origin\n")

    with pytest.raises(ProblemError, match="RSK-063") as error:
        read_rows([path], KCS, label="found", unseen_by=("Importer ID",))

    columns = "Country of Departure, HS6 Code, Importer ID, Tax Type, found"
    assert fault(error).facts["columns"] == columns


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
        read_rows([path], KCS)

    facts = fault(error).facts
    assert (facts["row"], facts["column"], facts["value"]) == (2, column, new)


def test_a_row_that_is_cut_short_has_empty_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("day,wrong,hs,kg\n2025-01-01,0,1\n2025-01-01,1,1,5,6\n")

    rows = read_rows([path], read_mapping(mapping(tmp_path, LITTLE)))

    assert rows.mass.tolist() == [0.0, 5.0]


@pytest.mark.parametrize("label", ["0", "1"])
def test_rows_of_one_outcome_are_refused(tmp_path: Path, label: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"day,wrong,hs,kg\n2025-01-01,{label},1,1\n")

    with pytest.raises(ProblemError, match="RSK-066") as error:
        read_rows([path], read_mapping(mapping(tmp_path, LITTLE)))

    assert fault(error).facts == {"files": str(path), "rows": 1, "found": int(label)}


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ProblemError, match="RSK-061") as error:
        read_rows([path], KCS)

    assert fault(error).facts["file"] == path
