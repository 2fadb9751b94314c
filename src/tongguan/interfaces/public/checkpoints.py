"""Signed checkpoints of the ledger, as anybody may note them: a ledger that was cut lacks one."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from msgspec import json

from tongguan.facilities.ledger.lines import checkpoint_line, countersignature_line
from tongguan.facilities.ledger.queries import (
    countersignatures,
    last_checkpoint,
    signed_checkpoints,
)

SHOWN: Final = 20
MOST: Final = 1_000
"""So many checkpoints one answer gives; `after` asks for the next."""
PLACES: Final = 9


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the last checkpoints, latest first, with who countersigned them."""
    last = last_checkpoint()
    after = max(0, last.number - SHOWN) if last is not None else 0
    rows = [
        {"row": row, "hash": row.hash.hex(), "witnesses": _witnesses(row.number)}
        for row in signed_checkpoints(after=after)
    ]
    return render(request, "public/checkpoints.html", {"rows": rows[::-1]})


@require_safe
def as_lines(request: HttpRequest) -> HttpResponse:
    """Give checkpoints after a number, and their countersignatures, one JSON object a line.

    The form is that of `tongguan ledger checkpoints`, and what the auditor's script takes.
    """
    asked = request.GET.get("after", "")
    known = asked.isascii() and asked.isdigit() and len(asked) <= PLACES
    lines = _lines(int(asked) if known else 0)
    return HttpResponse(b"".join(lines), content_type="application/x-ndjson")


def _lines(after: int) -> Iterator[bytes]:
    for row in islice(signed_checkpoints(after=after), MOST):
        yield json.encode(checkpoint_line(row)) + b"\n"
        for one in countersignatures(number=row.number):
            yield json.encode(countersignature_line(one)) + b"\n"


def _witnesses(number: int) -> str:
    return ", ".join(one.witness for one in countersignatures(number=number))
