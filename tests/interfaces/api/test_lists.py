"""Lists of the API that go on beyond a page."""

import re
from collections.abc import Mapping
from typing import Any, Final

import pytest

from tests.domain.declarations.samples import with_line
from tests.domain.permits.test_certificates import sent
from tests.interfaces.api.conftest import ROOT, Caller
from tests.interfaces.scene import declared
from tongguan.domain.declarations.values import Permit

pytestmark = pytest.mark.django_db(transaction=True)

ASKED: Final = 120


def test_every_permit_that_waits_is_read_once_by_following_the_pages(
    callers: Mapping[str, Caller],
) -> None:
    names_a_licence = (Permit(kind="1", number="L-1"),)
    answers = sent(
        *(with_line(declared(f"R-{n}"), 2, permits=names_a_licence) for n in range(ASKED))
    )

    pages = list(_pages(callers["reviewer"], "/permits"))

    assert [len(page) for page in pages] == [50, 50, 20]
    read = [row["declaration"] for page in pages for row in page]
    assert sorted(read) == sorted(str(one.number) for one in answers)


def _pages(caller: Caller, path: str) -> Any:
    while path:
        answer = caller.get(path)
        yield answer.json()
        found = re.fullmatch(r'<(.+)>; rel="next"', answer.headers.get("Link", ""))
        path = found[1].removeprefix(ROOT) if found else ""
