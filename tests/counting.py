"""How much of the database an answer needs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection
from django.test.utils import CaptureQueriesContext

STAMP: Final = 'SELECT "reference_stamp"."number"'
LOG: Final = 'SELECT "risk_change"."id" AS "id" FROM "risk_change" ORDER BY 1 DESC LIMIT 1'
"""What a process looks at once in a second, whoever asks then: the law, and the criteria."""


@contextmanager
def asking(count: int) -> Iterator[None]:
    """Assert that so many statements are asked; a look at the stamp of the law is left out.

    It is due once in a second, and how long a second is to a test nobody knows.
    """
    with CaptureQueriesContext(connection) as asked:
        yield
    told = [one["sql"] for one in asked if not one["sql"].startswith(STAMP)]
    assert len(told) == count, "\n".join(told)


def statements(ask: Callable[[], object]) -> int:
    """Return how many statements an answer needs, asked twice, without what is looked up by time.

    The fewer of both count: what was kept for an hour may have to be read anew.
    """
    counted = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            ask()
        counted.append(sum(not one["sql"].startswith((STAMP, LOG)) for one in asked))
    return min(counted)
