"""Numbers typed into forms: read as they are meant, or left as typed to be refused at the field."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec import json

from tongguan.interfaces.portal import draft
from tongguan.interfaces.portal.fields import HEADER, LINE
from tongguan.interfaces.workbench.entered import Entered
from tongguan.interfaces.workbench.risk.typed import Typed
from tongguan.kernel.problems import ProblemError

NUMBERS = [field.path for field in HEADER if field.number]
OF_LINES = [f"lines.0.{field.path}" for field in LINE if field.number]


def written(path: str, text: str) -> object:
    """Return what a declaration says where something was typed into one field of the form."""
    found: Any = json.decode(draft.written({path: text}, date(2026, 11, 30)))
    for name in path.split("."):
        found = found[int(name) if name.isdigit() else name]
    return found


@pytest.mark.parametrize("path", [*NUMBERS, *OF_LINES])
def test_a_decimal_comma_is_never_dropped(path: str) -> None:
    for text in ("16440,00", "1 000,5", "1.000,5", "1e3"):
        assert written(path, text) == text


@pytest.mark.parametrize("path", [path for path in (*NUMBERS, *OF_LINES) if "count" not in path])
def test_commas_and_blanks_between_thousands_are_read(path: str) -> None:
    assert [written(path, text) for text in ("16,440.00", "16 440.5", "１６,４４０")] == [
        "16440.00", "16440.5", "16440",
    ]  # fmt: skip


def test_a_count_is_a_whole_number_of_the_declaration() -> None:
    assert written("packages.count", "1,042") == 1042


def test_a_form_of_the_workbench_refuses_at_the_field() -> None:
    form = Entered({"mass": "16440,00", "count": "1,5", "at": "2026-11-20"}, "record")

    form.decimal("mass"), form.number("count"), form.moment("at")
    with pytest.raises(ProblemError) as refusal:
        form.settle()

    assert [(one.problem.code, one.pointer) for one in refusal.value.faults] == [
        ("WBN-009", "#/record/mass"), ("WBN-003", "#/record/count"), ("WBN-002", "#/record/at"),
    ]  # fmt: skip


def test_a_form_of_the_workbench_reads_thousands() -> None:
    form = Entered({"mass": "16,440.00", "count": "1,250"})

    assert (form.decimal("mass"), form.number("count")) == (Decimal("16440.00"), 1250)


def test_a_criterion_of_risk_is_held_to_the_same() -> None:
    typed = Typed({"share": "12,5 %", "priority": "1e3", "valid_from": "20.11.2026"})

    typed.share("share", Decimal(1)), typed.whole("priority"), typed.day("valid_from")

    assert [one.pointer for one in typed.faults] == ["#/share", "#/priority", "#/valid_from"]
