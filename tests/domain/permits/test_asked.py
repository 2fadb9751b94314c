"""Which licences are to be confirmed, and for how much: found from what was declared."""

from decimal import Decimal

from tests.domain.declarations.samples import sound, with_line
from tongguan.domain.declarations.values import Permit, Quantity
from tongguan.domain.permits.rules.asked import asked

CONFIRMS = {"1": "MOFCOM"}


def test_a_licence_of_the_whole_declaration_is_used_by_the_lines_that_ask_for_its_kind() -> None:
    one = sound(permits=(Permit(kind="1", number="L-1"),))

    found = asked(one, CONFIRMS, {"8482102000": "1A", "4016931000": "7"})

    assert found == (("MOFCOM", "1", "L-1", Decimal(2400), "006"),)


def test_a_licence_that_names_its_line_or_its_quantity_is_used_for_that() -> None:
    stated = Permit(kind="1", number="L-1", line=3, quantity=Quantity(Decimal(7), "035"))
    line = Permit(kind="1", number="L-2", line=3)
    foreign = Permit(kind="Q", number="L-3", line=3)

    found = asked(sound(permits=(stated, line, foreign)), CONFIRMS, {})

    assert found == (
        ("MOFCOM", "1", "L-1", Decimal(7), "035"),
        ("MOFCOM", "1", "L-2", Decimal("85.5"), "035"),
    )


def test_lines_that_use_one_licence_are_added_up_unit_by_unit() -> None:
    permit = (Permit(kind="1", number="L-1"),)
    one = sound()
    for index in range(3):
        one = with_line(one, index, permits=permit)

    found = asked(one, CONFIRMS, {})

    assert found == (
        ("MOFCOM", "1", "L-1", Decimal(2520), "006"),
        ("MOFCOM", "1", "L-1", Decimal("85.5"), "035"),
    )
