"""People of the demonstration are asked to come while offices work."""

from datetime import datetime

import pytest

from tongguan.kernel.time import LOCAL
from tongguan.processes.demo.turns import in_office_hours

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ("2026-11-30 02:16", "2026-11-30 08:30"),
        ("2026-11-30 10:05", "2026-11-30 10:05"),
        ("2026-12-04 21:40", "2026-12-07 08:30"),
        ("2026-10-03 11:00", "2026-10-08 08:30"),
    ],
)
def test_what_falls_into_a_night_or_a_holiday_is_moved_to_the_next_opening(
    wanted: str, kept: str
) -> None:
    at = in_office_hours(datetime.fromisoformat(wanted).replace(tzinfo=LOCAL))

    assert at.astimezone(LOCAL) == datetime.fromisoformat(kept).replace(tzinfo=LOCAL)
