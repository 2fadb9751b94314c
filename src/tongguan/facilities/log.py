"""The log: one event a line, as text or as JSON, each with the request in which it happened.

What strangers send stands in an event as data. A control character in it is written as an escape,
so that it neither ends a line nor begins another event.
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

REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
"""What a caller may send as `X-Request-ID`; anything else is replaced by an id of our own."""
LONGEST: Final = 4_000
"""Characters of one value in an event."""
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\\]")
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
    that request's event; elsewhere the event stays, without the traceback. So does a request that
    asked for more memory than it may have: where it happened to run out says nothing.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether an event is written."""
        status = getattr(record, "status_code", None)
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(status, int) or (status >= 500 and not isinstance(error, MemoryError)):
            return True
        record.exc_info = record.exc_text = None
        if _current.get() is None:
            return True
        note(reason=record.getMessage())
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
        "event": record.getMessage()[:LONGEST],
        **(getattr(record, "facts", None) or _named(request)),
    }
    if record.exc_info and record.exc_info[0] is not None:
        found["traceback"] = "".join(traceback.format_exception(*record.exc_info))
    return found


def _named(request: dict[str, Any]) -> dict[str, Any]:
    return {name: request[name] for name in ("request", "client", "who") if name in request}


def _quoted(value: object) -> str:
    words = _escaped(str(value)[:LONGEST])
    return words if _PLAIN.fullmatch(words) else '"' + words.replace('"', '\\"') + '"'


def _escaped(words: str) -> str:
    return _CONTROL.sub(lambda found: json.dumps(found.group())[1:-1], words)
