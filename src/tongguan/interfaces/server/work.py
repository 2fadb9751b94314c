"""Runs Django's handler for one request, whose body is here, and returns the whole answer."""

import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from logging import getLogger
from typing import Any, Final

from django.core.signals import got_request_exception

from tongguan.facilities.log import request_facts
from tongguan.interfaces.server.problems import TOO_MUCH
from tongguan.kernel.problems import codes_told

log = getLogger("tongguan.requests")
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
ANSWERED: Final = "answered"
REFUSED: Final = 400
"""From this status on an answer is a refusal."""
NOTED: Final = ("who", "account", "reason")
"""What the event of a request tells of what was noted within it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered; `out_of_memory` where the work needed more than there is."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    out_of_memory: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What the log tells of each event in a request."""

    request: str
    client: str
    method: str
    path: str
    lane: str
    began: float
    """Moment by `time.monotonic`, which all processes of a machine share."""


def answer(handler: Wsgi, environ: dict[str, Any], facts: Facts) -> Answer:
    """Return the answer to a request, and write its event into the log."""
    with (
        request_facts(
            request=facts.request, client=facts.client, method=facts.method, path=facts.path
        ) as known,
        codes_told() as codes,
    ):
        try:
            found = _run(handler, environ)
        except MemoryError:
            found = Answer(500, [], b"", out_of_memory=True)
        if found.out_of_memory:
            known["reason"] = TOO_MUCH.code
        elif codes and found.status >= REFUSED:
            known["reason"] = " ".join(codes)
        tell(facts, int(TOO_MUCH.status) if found.out_of_memory else found.status, known)
        return found


def tell(facts: Facts, status: int, known: dict[str, Any] | None = None) -> None:
    """Write the event of a request into the log: one line, a warning where it failed by us."""
    told = {
        "request": facts.request,
        "client": facts.client,
        "method": facts.method,
        "path": facts.path,
        **{name: value for name, value in (known or {}).items() if name in NOTED},
        "status": status,
        "ms": round((time.monotonic() - facts.began) * 1_000),
        "lane": facts.lane,
    }
    log.info(ANSWERED, extra={"facts": told})


def _run(handler: Wsgi, environ: dict[str, Any]) -> Answer:
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
        started.append((status, headers))

    chunks = handler(environ, start)
    try:
        body = b"".join(chunks)
    finally:
        close: Callable[[], None] | None = getattr(chunks, "close", None)
        if close is not None:
            close()
    status, headers = started[-1]
    out_of_memory = bool(environ.get("tongguan.out_of_memory"))
    return Answer(int(status[:3]), headers, body, out_of_memory)


def _note_memory(request: Any = None, **_others: Any) -> None:
    """Remember that a request failed for want of memory: Django answers it as any fault."""
    error = sys.exception()
    environ = getattr(request, "environ", None)
    if isinstance(error, MemoryError) and environ is not None:
        environ["tongguan.out_of_memory"] = True


got_request_exception.connect(_note_memory)
