"""Lists that go on: each row says its cursor, and `Link` says where the next page is."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from tongguan.facilities.announcements.problems import NO_CURSOR
from tongguan.facilities.announcements.queries import is_beyond
from tongguan.facilities.announcements.values import Cursor
from tongguan.interfaces.pages import paging

T = TypeVar("T")
K = TypeVar("K")

PAGE_ROWS: Final = 50
_SHOWN: Final = 80


def event_cursor(given: str) -> Cursor:
    """Return the cursor of an event or receipt that a list goes on from.

    Raises:
        ProblemError: ANN-001 it was never handed out.
    """
    try:
        return Cursor.read(given)
    except ValueError as error:
        raise NO_CURSOR.error(cursor=given[:_SHOWN]) from error


def require_handed_out(cursor: Cursor) -> None:
    """Refuse a cursor after which nothing was found because it lies beyond all events.

    Raises:
        ProblemError: ANN-001.
    """
    if is_beyond(cursor):
        raise NO_CURSOR.error(cursor=str(cursor))


def begin(given: str, read: Callable[[str], K | None]) -> K | None:
    """Return where a page begins; None for the first one.

    Raises:
        ProblemError: ANN-001 it is no cursor, and would silently begin the list again.
    """
    found = read(given) if given else None
    if given and found is None:
        raise NO_CURSOR.error(cursor=given[:_SHOWN])
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
