"""The log: one event a line, as text or as JSON, each with the request in which it happened.

What strangers send stands in an event as data. A control character in it is written as an escape,
so that it neither ends a line nor begins another event. A secret that stands in an address, as that
of a link in a mail, is in no event: neither in its words, nor in its facts, nor in a traceback.

While the database is away, every request and every job fails for the same reason: its event tells
that in one line, without a traceback.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

from tongguan.facilities.outage import is_outage

REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
"""What a caller may send as `X-Request-ID`; anything else is replaced by an id of our own."""
LONGEST: Final = 4_000
"""Characters of one value in an event."""
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\\]")
_LINKS: Final = re.compile(
    r"((?:password(?:/|%2f)+reset(?:/|%2f)+key|confirm-email)(?:/|%2f)+)[^/%].*",
    re.IGNORECASE | re.DOTALL,
)
"""Addresses that mails give a secret with. Whatever follows belongs to it: a `%2F` makes a `/`."""
_PLAIN: Final = re.compile(r"[^\s\"=]+")
_current: ContextVar[dict[str, Any] | None] = ContextVar("request", default=None)


@contextmanager
def request_facts(**facts: Any) -> Iterator[dict[str, Any]]:
    """Let every event within name a request; more facts may be put into what is yielded."""
    token = _current.set(facts)
    try:
        yield facts
    finally:
        _current.reset(token)


def note(**facts: Any) -> None:
    """Add facts to the request in which this happens; outside of one nothing is noted."""
    current = _current.get()
    if current is not None:
        current.update(facts)


def masked(words: str) -> str:
    """Return words of an event without what follows an address that holds a secret."""
    return _LINKS.sub(r"\1…", words)


def logging_of(*, level: str, form: str) -> dict[str, Any]:
    """Return the configuration of `logging`: all events to standard error, as `text` or `json`."""
    maker = {"text": Text, "json": Json}[form]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"event": {"()": f"{__name__}.{maker.__name__}"}},
        "filters": {"refusals": {"()": f"{__name__}.{Refusals.__name__}"}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "event",
                "filters": ["refusals"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            # It counts aloud, every hour, what it did not find to delete.
            "oauth2_provider": {"level": "WARNING"},
        },
    }


class Refusals(logging.Filter):
    """Lets a refusal (4xx) be told by its request alone, without a traceback.

    Django writes an event of its own for each. Within a request its words become the `reason` of
    that request's event, where the product gave none; elsewhere the event stays, without the
    traceback. So does a request that asked for more memory than it may have: where it happened to
    run out says nothing. So does one that the database did not answer.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether an event is written."""
        status = getattr(record, "status_code", None)
        error = record.exc_info[1] if record.exc_info else None
        is_told = isinstance(error, MemoryError) or is_outage(error)
        if not isinstance(status, int) or (status >= 500 and not is_told):
            return True
        record.exc_info = record.exc_text = None
        known = _current.get()
        if known is None:
            return True
        known.setdefault("reason", record.getMessage())
        return False


class Text(logging.Formatter):
    """An event as a line: moment, level, logger, words, then facts as `name=value`.

    A traceback follows on lines that begin with four blanks and a bar, which no event does.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the event."""
        event = _event(record)
        lines = event.pop("traceback", "").splitlines()
        head = " ".join(str(event.pop(name)) for name in ("at", "level", "logger"))
        facts = "".join(
            f" {name}={_quoted(value)}" for name, value in event.items() if name != "event"
        )
        told = [f"{head}: {_escaped(event['event'])}{facts}"]
        return "\n".join(told + [f"    | {_escaped(line)}" for line in lines])


class Json(logging.Formatter):
    """An event as one JSON object on one line; a traceback is one of its members."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the event."""
        return json.dumps(_event(record), ensure_ascii=True, default=str)


def _event(record: logging.LogRecord) -> dict[str, Any]:
    request = _current.get() or {}
    found = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "event": record.getMessage(),
        **(getattr(record, "facts", None) or _named(request)),
    }
    error = record.exc_info[1] if record.exc_info else None
    if is_outage(error):
        found["database"] = str(error).strip().partition("\n")[0]
    elif error is not None:
        lines = traceback.format_exception(error)
        found["traceback"] = "".join(masked(line) for line in lines)
    for name, value in found.items():
        if isinstance(value, str) and name != "traceback":
            found[name] = masked(value)[:LONGEST]
    return found


def _named(request: dict[str, Any]) -> dict[str, Any]:
    return {name: request[name] for name in ("request", "client", "who") if name in request}


def _quoted(value: object) -> str:
    words = _escaped(str(value)[:LONGEST])
    return words if _PLAIN.fullmatch(words) else '"' + words.replace('"', '\\"') + '"'


def _escaped(words: str) -> str:
    return _CONTROL.sub(lambda found: json.dumps(found.group())[1:-1], words)
