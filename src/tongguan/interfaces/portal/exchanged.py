"""What came in and what went out for one declaration, and each of it as a document to keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe
from msgspec import json

from tongguan.domain.declarations.queries import as_it_came, came, content, versions
from tongguan.domain.declarations.records import DeclarationRow
from tongguan.facilities.accounts.values import SYSTEM, Actor
from tongguan.interfaces.messages.values import Format
from tongguan.interfaces.outgoing import receipts, written
from tongguan.interfaces.pages.shapes import Coded
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _

from . import names
from .reader import reader, seen

CHANNELS: Final[Mapping[str, str]] = {
    "portal": _("the portal"),
    "api": _("the API"),
    "cli": _("the command line"),
    "system": _("the system itself"),
}
"""The ways in, in words."""


@dataclass(frozen=True, slots=True)
class Came:
    """A document that came in; `whole` where the reader may have it as it came."""

    id: UUID
    at: datetime
    format: str
    channel: str
    by: str
    sha256: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Went:
    """A receipt that went out, in the reader's words."""

    cursor: str
    at: datetime
    code: str
    function: str
    words: str
    said: str
    office: Coded
    until: datetime | None
    forms: tuple[str, ...]


def incoming(head: DeclarationRow, viewer: Actor) -> list[Came]:
    """Return the documents a declaration came in by, earliest first."""
    own = head.declarant_id in viewer.own_ids
    return [
        Came(
            row.id,
            row.received_at,
            _format(row.format),
            gettext(CHANNELS.get(row.channel, row.channel)),
            _who(row.received_by) if own else "",
            row.sha256.hex(),
            own and row.kept,
        )
        for row in came(head.id)
    ]


def outgoing(head: DeclarationRow, day: date) -> list[Went]:
    """Return what customs told about a declaration, latest first."""
    language = get_language() or ""
    return [
        Went(
            str(one.cursor),
            one.fact.at,
            one.code,
            one.function,
            capfirst(one.text(language)),
            one.fact.words,
            names.office(one.fact.office, day),
            one.fact.due_at,
            one.forms,
        )
        for one in reversed(receipts(head))
    ]


@login_required
@require_safe
def document(request: HttpRequest, declaration_id: UUID, attempt_id: UUID) -> HttpResponse:
    """Hand out a document as it came, to the enterprise that sent it."""
    viewer = reader(request)
    head = seen(declaration_id, viewer)
    data = as_it_came(attempt_id, head.id, viewer=viewer)
    if data is None:
        raise Http404
    return _file(data, f"{head.number}-{attempt_id}.xml", "application/xml")


@login_required
@require_safe
def version(request: HttpRequest, declaration_id: UUID, number: int) -> HttpResponse:
    """Hand out what was declared in one version, as our own JSON; its hash is the version's."""
    head = seen(declaration_id, reader(request))
    if number not in {row.number for row in versions(head.id)}:
        raise Http404
    data = json.encode(content(head.id, number))
    return _file(data, f"{head.number}-{number}.json", "application/json")


@login_required
@require_safe
def receipt(request: HttpRequest, declaration_id: UUID, cursor: str, form: str) -> HttpResponse:
    """Hand out a receipt as a document."""
    head = seen(declaration_id, reader(request))
    try:
        data = written(head, cursor, form)
    except ProblemError as error:
        raise Http404 from error
    return _file(data, f"{head.number}-{cursor}-{form}.xml", "application/xml")


def _who(name: str) -> str:
    return gettext(SYSTEM.label) if name == SYSTEM.name else name


def _format(code: str) -> str:
    known = code in {str(one) for one in Format}
    return capfirst(gettext(Format(code).label)) if known else code


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
