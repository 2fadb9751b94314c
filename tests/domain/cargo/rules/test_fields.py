"""What a field of a manifest takes without reading it is what its kind would make of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongguan.domain.cargo.rules.fields import BILL, HEAD, UNIT, Field

TAKEN = [field for field in (*HEAD, *BILL, *UNIT) if field.sure is not None]


@pytest.mark.parametrize("field", TAKEN, ids=lambda field: field.name)
@settings(max_examples=50)
@given(data=st.data())
def test_what_is_taken_as_it_stands_is_an_identifier_in_its_spelling(
    data: st.DataObject, field: Field
) -> None:
    assert field.sure is not None
    assert field.kind is not None
    text = data.draw(st.from_regex(field.sure, fullmatch=True))

    assert field.kind.read(text) == text
    assert len(text) <= field.most


@pytest.mark.parametrize("field", TAKEN, ids=lambda field: field.name)
def test_what_only_stands_for_a_number_is_not_taken_as_it_stands(field: Field) -> None:
    assert field.sure is not None
    assert field.kind is not None
    assert [one for one in field.kind.stand_ins if field.sure.fullmatch(one)] == []
