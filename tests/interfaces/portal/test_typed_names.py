"""Names typed into the fields of codes: read as the code, where one code bears the name."""

from datetime import date
from typing import Any, Final

import pytest
from msgspec import json

from tongguan.interfaces.portal import draft

pytestmark = pytest.mark.django_db
DAY: Final = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("path", "code", "typed"),
    [
        ("countries.trading", "DEU", ("DEU", "deu", "Germany", " GERMANY ", "德国", "德 国")),
        ("terms", "1", ("1", "CIF", "cif")),
        ("offices.goods", "0202", ("0202", "Xingang", "新港海关")),
        ("countries.dispatch", "ATLANTIS", ("Atlantis",)),
    ],
)
def test_a_name_is_read_as_the_code_that_bears_it(
    path: str, code: str, typed: tuple[str, ...]
) -> None:
    for text in typed:
        found: Any = json.decode(draft.written({path: text}, DAY))
        for name in path.split("."):
            found = found[name]
        assert (text, found) == (text, code)
