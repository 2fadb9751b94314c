"""What a process keeps is not looked through, and is freed all the same when it is let go."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from tongguan.facilities.memory import keep


class Law:
    """Something that is loaded."""


@pytest.fixture(autouse=True)
def _unkept() -> Iterator[None]:
    """Let the collector see all again, as the tests beside this one are used to."""
    yield
    gc.unfreeze()


def test_what_is_kept_is_looked_through_no_more_and_freed_when_let_go() -> None:
    loaded = Law()
    told = weakref.ref(loaded)

    keep()

    assert not any(one is loaded for one in gc.get_objects())
    del loaded
    assert told() is None
