"""Lists that go on: each row says its cursor, and `Link` says where the next page is."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from tongguan.facilities.announcements.problems import NO_CURSOR
from tongguan.interfaces.pages import paging

T = TypeVar("T")
K = TypeVar("K")

PAGE_ROWS: Final = 50


def begin(given: str, read: Callable[[str], K | None]) -> K | None:
    """Return where a page begins; None for the first one.

    Raises:
        ProblemError: ANN-001 it is no cursor, and would silently begin the list again.
    """
    found = read(given) if given else None
    if given and found is None:
        raise NO_CURSOR.error(cursor=given[:80])
    return found


def page(
    found: Sequence[T], key: Callable[[T], str], request: HttpRequest, response: HttpResponse
) -> Sequence[T]:
    """Return a page of rows; where the list goes on, name its next page. Source: RFC 8288.

    Args:
        found: one row more than a page has, where there are so many.
        key: the cursor of a row.
        request: the call, whose address the next page has too.
        response: what is answered.
    """
    rows, last = paging.cut(found, PAGE_ROWS)
    if last is not None:
        response["Link"] = f'<{request.path}?{urlencode({"after": key(last)})}>; rel="next"'
    return rows
