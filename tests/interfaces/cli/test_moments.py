"""Moments on a terminal are those of the region, whatever zone they were written in."""

from datetime import datetime

import pytest

from tongguan.interfaces.cli.moments import deadline, moment


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-12-16T00:00:00+08:00", "2026-12-15"),
        ("2026-12-15T16:00:00+00:00", "2026-12-15"),
        ("2026-12-14T12:15:00+00:00", "2026-12-14 20:15"),
        ("2026-12-31T17:30:00+00:00", "2027-01-01 01:30"),
    ],
)
def test_what_ends_at_midnight_is_told_by_its_last_day(text: str, shown: str) -> None:
    assert deadline(datetime.fromisoformat(text)) == shown


def test_a_moment_is_told_in_the_time_of_the_region() -> None:
    assert moment(datetime.fromisoformat("2026-11-30T16:00:30+00:00")) == "2026-12-01 00:00"
