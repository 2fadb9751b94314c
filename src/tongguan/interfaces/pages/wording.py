"""Moments, amounts and numbers in the reader's language."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.utils import formats, timezone
from django.utils.translation import gettext, ngettext, pgettext

MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
GROUPS: Final = (4, 8, 9)


def amount(value: Decimal, currency: str = "") -> str:
    """Return `91,235.46 CNY`: all digits kept, grouped by thousands."""
    return f"{value:,} {currency}".strip()


def quantity(value: Decimal) -> str:
    """Return `1,234.5`: grouped by thousands, without zeros that say nothing."""
    return f"{value.normalize():,f}"


def number(digits: str) -> str:
    """Return an 18-digit declaration number as people read it; other numbers as they are.

    >>> number("020220261000012345")
    '0202 2026 1 000012345'
    """
    if len(digits) != 18 or not digits.isdigit():
        return digits
    first, second, third = GROUPS
    return " ".join((digits[:first], digits[first:second], digits[second:third], digits[third:]))


def clock(at: datetime) -> str:
    """Return the time of day, `14:20`."""
    return timezone.localtime(at).strftime("%H:%M")


def day(on: date | datetime, *, now: datetime | None = None) -> str:
    """Return a day, short: `3 Dec` or `12月3日`; with the year when it is not this one."""
    local = timezone.localtime(on).date() if isinstance(on, datetime) else on
    this_year = now is not None and timezone.localtime(now).year == local.year
    pattern = pgettext("day of this year", "j M") if this_year else pgettext("day", "j M Y")
    return formats.date_format(local, pattern)


def stamp(at: datetime) -> str:
    """Return day and time in full: `24 Nov 2026, 14:20` or `2026年11月24日 14:20`."""
    return formats.date_format(timezone.localtime(at), pgettext("moment", "j M Y, H:i"))


def distance(span: timedelta) -> str:
    """Return a length of time in its largest unit: `3 days`, `40 minutes`."""
    span = abs(span)
    if span < HOUR:
        count = max(1, span // MINUTE)
        return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}
    if span < 2 * DAY:
        count = span // HOUR
        return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}
    count = span // DAY
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def relative(at: datetime, *, now: datetime) -> str:
    """Return how long ago, or how long until: `3 minutes ago`, `in 2 days`."""
    if abs(at - now) < MINUTE:
        return gettext("just now")
    words = gettext("%(time)s ago") if at < now else gettext("in %(time)s")
    return words % {"time": distance(at - now)}


def near(at: datetime, *, now: datetime) -> str:
    """Return a moment as short as it can be told: `14:20` today, else the day."""
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    if local.date() == today:
        return clock(at)
    if local.date() == today + DAY:
        return gettext("tomorrow %(time)s") % {"time": clock(at)}
    return day(at, now=now)


def due(until: datetime, *, now: datetime, short: bool = False) -> str:
    """Return a deadline and what is left of it: `due by 14:20 · 3 hours left`."""
    facts = {"moment": near(until, now=now), "time": distance(until - now)}
    if short:
        late = until <= now
        words = (
            gettext("%(moment)s · %(time)s late") if late else gettext("%(moment)s · %(time)s left")
        )
        return words % facts
    if until <= now:
        return gettext("was due %(moment)s · %(time)s late") % facts
    return gettext("due by %(moment)s · %(time)s left") % facts


def urgency(until: datetime, *, now: datetime) -> str:
    """Return `late`, `soon` (less than a day left) or `calm`."""
    if until <= now:
        return "late"
    return "soon" if until - now < DAY else "calm"
