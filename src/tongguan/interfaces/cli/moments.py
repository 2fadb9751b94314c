"""Moments as a terminal shows them: in the time of the region, as the pages do."""

from datetime import datetime, time, timedelta

from tongguan.kernel.time import LOCAL


def moment(text: str) -> str:
    """Return a moment in ISO 8601 as day and minute in the region."""
    return f"{datetime.fromisoformat(text).astimezone(LOCAL):%Y-%m-%d %H:%M}"


def deadline(text: str) -> str:
    """Return until when something can be done: what ends at midnight, by its last day."""
    at = datetime.fromisoformat(text).astimezone(LOCAL)
    if at.time() == time():
        return (at - timedelta(days=1)).date().isoformat()
    return moment(text)
