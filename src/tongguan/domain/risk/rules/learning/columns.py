"""Which column of a file is what: the public set's, or what a mapping names."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from msgspec.structs import fields

from tongguan.domain.risk import problems
from tongguan.domain.risk.facts import Facts, LineFacts


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a file is what.

    Attributes:
        day: column of the day of acceptance, ISO 8601.
        label: column of the finding; empty where nobody looked.
        known: column of the day on which the finding came in; without, the day of acceptance.
        number: column that rows of one declaration share; without, a row is a declaration.
        facts: column by member of the facts; those of lines begin with `line.`.
        percent: members that the file states in per cent, and the facts as shares of 1.
    """

    day: str
    label: str
    facts: Mapping[str, str]
    known: str = ""
    number: str = ""
    percent: frozenset[str] = frozenset({"line.rate"})


# fmt: off
_SHORT: Final = {
    "goods": "line.commodity", "origin": "line.origin", "departure": "dispatch",
    "rate": "line.rate", "tax": "line.preference", "mass": "line.net_kg", "price": "line.value",
    "importer": "trader", "seller": "overseas", "office": "declared",
}
"""Names that a mapping may use in place of a member of the facts."""
KCS: Final = Columns(
    day="Date",
    label="Fraud",
    facts={
        "line.commodity": "HS6 Code", "line.origin": "Country of Origin", "line.rate": "Tax Rate",
        "line.preference": "Tax Type", "line.net_kg": "Net Mass", "line.value": "Item Price",
        "line.use": "Import Use", "dispatch": "Country of Departure", "declared": "Office ID",
        "kind": "Process Type", "supervision": "Import Type", "levy": "Payment Type",
        "transport": "Mode of Transport", "declarant": "Declarant ID", "trader": "Importer ID",
        "overseas": "Seller ID", "vessel": "Courier ID",
    },
)
"""The public synthetic set of the Korea Customs Service."""
# fmt: on

_HEAD_TYPES: Final = {one.name: one.type for one in fields(Facts)}
_LINE_TYPES: Final = {f"line.{one.name}": one.type for one in fields(LineFacts)}
FACTS: Final[Mapping[str, Any]] = _HEAD_TYPES | _LINE_TYPES
"""Members of the facts, with their types."""
_OWN: Final = frozenset({"date", "label", "known", "number"})
# Worked out from the others, or from what came before: a file cannot state them.
_GIVEN: Final = frozenset({"format", "lines", "line_count"})

GOODS: Final = ("line.commodity",)
"""What a mapping must name where goods are told apart."""
_NAMES: Final = {member: name for name, member in _SHORT.items()}


def read_columns(name: str, *, needs: Sequence[str] = ()) -> Columns:
    """Return the mapping `kcs`, or the one that a TOML file writes.

    The file names a column a line: `date` and `label`, perhaps `known` and `number`, and members
    of the facts, `trader = "Importer"` or `"line.use" = "Use"`; `percent = ["line.rate"]`.

    Args:
        name: `kcs`, or the path of the file.
        needs: members of the facts that it must name.

    Raises:
        ProblemError: RSK-062 it is no such file, or a name is missing or not that of a fact.
    """
    if name == "kcs":
        return KCS
    try:
        told = tomllib.loads(Path(name).read_text())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise problems.MAPPING_WRONG.error(mapping=name, reason=reason(error, name)) from error
    percent = told.pop("percent", ["line.rate"])
    named = {_SHORT.get(key, key): column for key, column in told.items()}
    wrong = [
        _NAMES.get(key, key)
        for key, column in named.items()
        if not isinstance(column, str) or (key not in _OWN and (key not in FACTS or key in _GIVEN))
    ]
    wrong += [_NAMES.get(key, key) for key in ("date", "label", *needs) if key not in named]
    if wrong or not isinstance(percent, list):
        told_ = ", ".join(sorted(wrong)) or "percent"
        raise problems.MAPPING_WRONG.error(mapping=name, reason=told_)
    return Columns(
        day=named["date"],
        label=named["label"],
        facts={key: column for key, column in named.items() if key not in _OWN},
        known=named.get("known", ""),
        number=named.get("number", ""),
        percent=frozenset(percent),
    )


def reason(error: Exception, place: str) -> str:
    """Return what an error says, without the place it repeats."""
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return told.removeprefix(f"{place}: ")
