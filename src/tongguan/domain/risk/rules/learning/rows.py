"""Labelled declarations as columns, in time order; a mapping says which column is what."""

import csv
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column of a file is what.

    Attributes:
        date: day of the declaration, ISO 8601.
        label: whether something was found; the option `--label` is compared without case.
        goods: commodity code.
        origin: country of origin.
        departure: country of departure.
        rate: tax rate, in per cent.
        tax: type of the tax.
        mass: net mass in kg.
        price: price of the line.
    """

    date: str
    label: str
    goods: str
    origin: str
    departure: str
    rate: str
    tax: str
    mass: str
    price: str

    @property
    def identity(self) -> tuple[str, ...]:
        """Return the columns whose combination says that goods were seen before."""
        return (self.goods, self.departure, self.origin, self.rate, self.tax, self.mass)


KCS: Final = Mapping(
    date="Date",
    label="Fraud",
    goods="HS6 Code",
    origin="Country of Origin",
    departure="Country of Departure",
    rate="Tax Rate",
    tax="Tax Type",
    mass="Net Mass",
    price="Item Price",
)
"""The public synthetic set of the Korea Customs Service."""


class RowsError(ValueError):
    """A file that cannot be used; says which row or column, and why."""


@dataclass(frozen=True)
class Rows:
    """Labelled rows, earliest first.

    Attributes:
        goods, origin, departure, rate, tax: codes as written.
        mass: kg. `label`: 1 where something was found. `revenue`: tax at stake in each row.
        keys: the combination that says whether goods were seen before.
    """

    goods: tuple[str, ...]
    origin: tuple[str, ...]
    departure: tuple[str, ...]
    rate: tuple[str, ...]
    tax: tuple[str, ...]
    mass: Floats
    label: Floats
    revenue: Floats
    keys: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.goods)


def read_mapping(name: str) -> Mapping:
    """Return the mapping `kcs`, or the one that a TOML file writes.

    Raises:
        RowsError: a name of the mapping is missing or unknown.
    """
    if name == "kcs":
        return KCS
    try:
        return Mapping(**tomllib.loads(Path(name).read_text()))
    except TypeError as error:
        raise RowsError(f"{name}: {error}") from error


def read_rows(
    paths: Iterable[Path], mapping: Mapping, *, label: str, unseen_by: Sequence[str] = ()
) -> Rows:
    """Read files of labelled rows and put them in time order.

    Raises:
        RowsError: a column is missing, or a row holds no day or number where one is needed.
    """
    identity = tuple(unseen_by) or mapping.identity
    found: list[tuple[str, dict[str, str], tuple[float, ...]]] = []
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            columns = reader.fieldnames or ()
            chosen = next((one for one in columns if one.lower() == label.lower()), None)
            wanted = {*mapping.identity, *identity, mapping.date, mapping.price}
            missing = sorted(wanted - set(columns)) + ([] if chosen else [label])
            if missing:
                raise RowsError(f"{path}: no column {', '.join(missing)}")
            for number, row in enumerate(reader, start=2):
                figures = _figures(row, mapping, str(chosen), f"{path}, row {number}")
                found.append((row[mapping.date], row, figures))
    found.sort(key=lambda one: one[0])
    columns_of = [row for _, row, _ in found]
    table = np.array([one for _, _, one in found], dtype=np.float64).reshape(-1, 4)
    mass, price, rate, positive = table.T
    return Rows(
        goods=tuple(row[mapping.goods].zfill(6) for row in columns_of),
        origin=tuple(row[mapping.origin] for row in columns_of),
        departure=tuple(row[mapping.departure] for row in columns_of),
        rate=tuple(row[mapping.rate] for row in columns_of),
        tax=tuple(row[mapping.tax] for row in columns_of),
        mass=mass,
        label=positive,
        revenue=price * rate / 100,
        keys=tuple(tuple(row[name] for name in identity) for row in columns_of),
    )


def _figures(row: dict[str, str], mapping: Mapping, label: str, place: str) -> tuple[float, ...]:
    try:
        mass, price, rate = (
            float(row[name] or 0) for name in (mapping.mass, mapping.price, mapping.rate)
        )
        return (mass, price, rate, float(float(row[label] or 0) > 0))
    except ValueError as error:
        raise RowsError(f"{place}: {error}") from error
