"""The classes and elements of a WCO declaration: ids, names, formats, how often they stand.

`elements.csv` lists them in document order, indented by `depth`. Source: WCO Data Model 3.6,
declaration; format and number of each as the published national profile DEC-DMS states them. Ours:
the id of a party has 18 characters, not 17, so that a unified social credit code fits.
"""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Final

BODY: Final = "urn:wco:datamodel:WCO:DEC-DMS:2"
ENVELOPE: Final = "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"
_FORMAT: Final = re.compile(r"(an|a|n)(\.\.)?(\d+)(?:,(\d+))?")
_MOMENT: Final = re.compile(r"20\d{6}(?:\d{6}(?:Z|[-+]\d\d))?")
_NUMBER: Final = re.compile(r"[-+]?(\d+)(?:\.(\d*))?")


@dataclass(frozen=True, slots=True)
class Spec:
    """One class or element of the model.

    Attributes:
        id: its WCO id, `68A` for a class, `137` for an element.
        length: how many characters it may have, 0 for a class.
        unit: the attribute that states the unit or the currency of a number.
        tagged: the children by their tag, namespace and all.
        fits: None where every text of that length will do.
        most: how often it may stand, 0 for any number.
        required: the elements it cannot be without.
    """

    name: str
    id: str
    format: str
    length: int
    fits: Callable[[str], bool] | None
    least: int
    most: int
    unit: str | None = None
    is_moment: bool = False
    children: dict[str, "Spec"] = field(default_factory=dict)
    tagged: dict[str, "Spec"] = field(default_factory=dict)
    required: list[str] = field(default_factory=list)

    @property
    def is_class(self) -> bool:
        """Return whether it holds others."""
        return not self.length

    @property
    def numbered(self) -> bool:
        """Return whether its instances declare a SequenceNumeric."""
        return "SequenceNumeric" in self.children


@lru_cache(maxsize=1)
def declaration() -> Spec:
    """Return the whole model, from the declaration down."""
    path = files(__package__).joinpath("elements.csv")
    above: list[Spec] = []
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        spec = _spec(row)
        depth = int(row["depth"])
        del above[depth:]
        if above:
            above[-1].children[spec.name] = spec
            above[-1].tagged[f"{{{BODY}}}{spec.name}"] = spec
            if spec.least:
                above[-1].required.append(spec.name)
        above.append(spec)
    return above[0]


def _spec(row: dict[str, str]) -> Spec:
    length, fits = _rule(row["name"], row["format"])
    return Spec(
        name=row["name"],
        id=row["id"] or row["name"],
        format=row["format"],
        length=length,
        fits=fits,
        least=int(row["least"]),
        most=int(row["most"] or 0),
        unit=_unit(row["name"]) if row["format"].startswith("n") else None,
        is_moment=row["name"].endswith("DateTime"),
    )


def _unit(name: str) -> str | None:
    if name.endswith("Amount"):
        return "currencyID"
    return "unitCode" if name.endswith(("Measure", "Quantity")) else None


def _rule(name: str, text: str) -> tuple[int, Callable[[str], bool] | None]:
    """Return the length, and what else a value has to be."""
    found = _FORMAT.fullmatch(text)
    if found is None:
        return 0, None
    kind, upto, length, fraction = found.groups()
    size = int(length)
    if name.endswith("DateTime"):
        return size, lambda value: bool(_MOMENT.fullmatch(value))
    if kind == "n":
        return size + 2, _number(size, int(fraction or 0))
    if not upto:
        return size, lambda value: len(value) == size
    return size, None


def _number(digits: int, fraction: int) -> Callable[[str], bool]:
    def fits(value: str) -> bool:
        found = _NUMBER.fullmatch(value)
        if found is None:
            return False
        tail = (found[2] or "").rstrip("0")
        return len(tail) <= fraction and len(found[1].lstrip("0")) + len(tail) <= digits

    return fits
