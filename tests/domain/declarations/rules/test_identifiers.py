"""Whatever names something in a declaration is told where a sign cannot stand in it."""

from copy import deepcopy
from datetime import date
from typing import Any, Final

import pytest
from msgspec import convert, json

from tests.domain.declarations.samples import sound
from tests.domain.law import law
from tongguan.domain.declarations.rules.check import check, normalise
from tongguan.domain.declarations.rules.normalisation import HEADER_KINDS, LINE_KINDS
from tongguan.domain.declarations.values import Submission

PATHS: Final = [
    path.replace(".", "/") for path in (*HEADER_KINDS, *(f"lines.0.{path}" for path in LINE_KINDS))
]
LEGIBLE: Final = ("\u0410", "\u0395", "\u00b2", "\u2467", "\ufb01", "\u212a", "\U0001d7d8\u0301")
UNREADABLE: Final = ("\u202e", "\n", "\x7f", "\u2028")


PARTS: Final[dict[str, Any]] = {
    "transport": {"inland": {"mode": "4", "name": "T", "voyage": "V1"}},
    "charges": {"freight": {"mark": "3", "rate": "1", "currency": "EUR"}},
    "containers": [{"id": "XMPU0000013", "size": "11", "lines": [1]}],
    "documents": [{"kind": "00000001", "number": "INVOICE.pdf"}],
    "permits": [{"kind": "7", "number": "A1", "quantity": {"unit": "035"}, "currency": "EUR"}],
}
LINE_PARTS: Final[dict[str, Any]] = {
    "preference": {"agreement": "22", "certificate": "C1", "quota": "1", "origin": "DEU"},
    "regime": {"supervision": "0110", "levy": "101", "record": "Z1"},
    "charges": {"other": {"mark": "3", "rate": "1", "currency": "EUR"}},
    "permits": [{"kind": "7", "number": "A1", "quantity": {"unit": "035"}, "currency": "EUR"}],
}
RARE: Final = [
    "transport/inland/mode", "transport/inland/name", "transport/inland/voyage",
    "charges/freight/mark", "charges/freight/currency", "containers/0/id", "containers/0/size",
    "documents/0/kind", "permits/0/kind", "permits/0/number", "permits/0/currency",
    "permits/0/quantity/unit", "lines/0/preference/agreement", "lines/0/preference/certificate",
    "lines/0/preference/quota", "lines/0/preference/origin", "lines/0/preference/regime",
    "lines/0/regime/supervision", "lines/0/regime/levy", "lines/0/regime/record",
    "lines/0/charges/other/mark", "lines/0/charges/other/currency", "lines/0/permits/0/kind",
    "lines/0/permits/0/number", "lines/0/permits/0/currency", "lines/0/permits/0/quantity/unit",
]  # fmt: skip
"""What names something in parts that stand in few declarations."""


def told(path: str, value: str, parts: bool = False) -> set[str]:
    """Return what is told at a place of the sample, where it states something else."""
    document: dict[str, Any] = json.decode(json.encode(sound()))
    if parts:
        given = deepcopy(PARTS)
        document |= {**given, "transport": {**document["transport"], **given["transport"]}}
        document["lines"][0] |= deepcopy(LINE_PARTS)
    *parents, name = path.split("/")
    part: Any = document
    for parent in parents:
        part = part[int(parent)] if parent.isdigit() else part.setdefault(parent, {})
    part[name] = value
    faults = check(
        normalise(convert(document, Submission, strict=False)),
        reference=law(),
        day=date(2026, 11, 30),
    )
    return {fault.problem.code for fault in faults if fault.pointer == f"#/{path}"}


@pytest.mark.parametrize("path", PATHS)
def test_a_sign_that_cannot_stand_there_is_told_in_whatever_names_something(path: str) -> None:
    assert all("DEC-013" in told(path, f"A{sign}1") for sign in LEGIBLE)
    assert all("DEC-004" in told(path, f"A{sign}1") for sign in UNREADABLE)


@pytest.mark.parametrize("path", RARE)
def test_so_it_is_in_parts_that_stand_seldom_and_what_is_too_long_is_told(path: str) -> None:
    assert all("DEC-013" in told(path, f"A{sign}1", parts=True) for sign in LEGIBLE)
    assert "DEC-004" in told(path, "A\u202e1", parts=True)
    assert told(path, "X" * 3_000, parts=True)


@pytest.mark.parametrize("role", ["trader", "owner", "declarant"])
def test_of_a_code_with_a_foreign_sign_only_the_sign_is_told(role: str) -> None:
    assert told(f"parties/{role}/scc", "9111\u04100113FAKE00013") == {"DEC-013"}
    assert told(f"parties/{role}/code", "12\u0410") == {"DEC-013"}
    assert told(f"parties/{role}/scc", "91110113FAKE00013A") == {"DEC-040"}
