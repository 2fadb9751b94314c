"""Moments as a terminal shows them: in the time of the region, as the pages do."""

from datetime import datetime, time, timedelta

from tongguan.kernel.time import LOCAL


def moment(at: datetime) -> str:
    """Return a moment as day and minute in the region."""
    return f"{at.astimezone(LOCAL):%Y-%m-%d %H:%M}"


def deadline(at: datetime) -> str:
    """Return until when something can be done: what ends at midnight, by its last day."""
    local = at.astimezone(LOCAL)
    if local.time() == time():
        return (local - timedelta(days=1)).date().isoformat()
    return moment(at)
