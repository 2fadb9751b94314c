"""How much of the database a page needs."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def statements(ask: Callable[[], object]) -> int:
    """Return how many statements an answer needs, asked twice.

    The fewer of both count: what a process looks up once in a second is left out.
    """
    counted = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            ask()
        counted.append(len(asked))
    return min(counted)
