"""Holds in the reader's words: what, why, and what he can do about it now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext

from tongguan.domain.clearance.lifecycle import HoldKind, Turn, Why
from tongguan.domain.clearance.values import HoldRow, beyond_calendar
from tongguan.domain.clearance.values import reason as hold_reason
from tongguan.interfaces.pages.shapes import Button, Coded, HoldCard
from tongguan.interfaces.pages.wording import stamp
from tongguan.kernel.text import _

from . import names

ACTS: Final[Mapping[HoldKind, str]] = {
    HoldKind.PAYMENT: _("Pay {amount} CNY"),
    HoldKind.QUERY: _("Answer: {question}"),
    HoldKind.PERMIT: _("Name the missing licence of kind {kind}"),
    HoldKind.SUMMONS: _(
        "Come to {place} on {moment} about: {subject}. Bring the papers of this declaration and"
        " proof of who you are. Customs records the visit; nothing is sent here."
    ),
    HoldKind.CASE: _(
        "Customs requires a correction ({required}). The declaration cannot be amended here yet:"
        " ask {place} to refuse it, then declare anew."
    ),
    HoldKind.SUPPLEMENT: _(
        "Give the full declaration to {place}: the second step cannot be lodged here yet."
    ),
}
"""What the enterprise is to do, in a row of things to do."""
SECURE: Final = _("Secure {amount} CNY on a guarantee")
"""The same where the sum is an estimate, which nobody pays."""
BUTTONS: Final[Mapping[HoldKind, tuple[str, str]]] = {
    HoldKind.PAYMENT: (_("Pay"), "portal:pay"),
    HoldKind.QUERY: (_("Answer"), "portal:answer"),
    HoldKind.PERMIT: (_("Name the licence"), "portal:licence"),
}
"""The act that ends a hold: words, and where it is done."""


@dataclass(frozen=True, slots=True)
class Row:
    """One hold as a row of a list."""

    id: str
    declaration_id: str
    number: str
    reference: str
    kind: str
    turn: str
    what: str
    why: str
    office: Coded
    since: datetime
    until: datetime | None
    button: Button | None


def why(row: HoldRow, day: date) -> str:
    """Return the reason of a hold, one sentence."""
    return reason(row.why, row.facts, day)


def reason(ground: Why, facts: Mapping[str, str], day: date) -> str:
    """Return the words of a reason with its facts as people read them."""
    shown = {name: _fact(name, value, day) for name, value in facts.items()}
    return hold_reason(ground, shown, gettext)


def kind(of: HoldKind) -> str:
    """Return what a hold waits for, as a title."""
    return capfirst(gettext(of.label))


def act(row: HoldRow, day: date) -> str:
    """Return what is to be done, or why it waits where another has to do it."""
    if row.turn is not Turn.TRADER or row.kind not in ACTS:
        return why(row, day)
    shown = {name: _fact(name, value, day) for name, value in row.facts.items()}
    shown["place"] = _named(row.office, day)
    if row.kind is HoldKind.SUMMONS and row.due_at is not None:
        shown["moment"] = stamp(row.due_at)
    try:
        secured = row.why is Why.SECURITY_DUE
        words = gettext(SECURE if secured else ACTS[row.kind]).format(**shown)
    except KeyError:
        return why(row, day)
    return f"{words} {beyond_calendar(row.facts, gettext)}".rstrip()


def step(row: HoldRow) -> Button | None:
    """Return what the enterprise can press to deal with a hold; None where others have to."""
    found = BUTTONS.get(row.kind)
    if row.turn is not Turn.TRADER or row.ended_at is not None or found is None:
        return None
    words, route = found
    if row.kind is HoldKind.PAYMENT:
        words = _("Secure") if row.why is Why.SECURITY_DUE else words
        url = reverse(route, args=[row.declaration_id])
    else:
        url = reverse(route, args=[row.declaration_id, row.id])
    return Button(gettext(words), url)


def _note(row: HoldRow, day: date) -> str:
    """Return what the enterprise has to do where no page of its own does it; else nothing."""
    if row.turn is not Turn.TRADER or row.ended_at is not None or row.kind in BUTTONS:
        return ""
    return act(row, day)


def until(due: datetime | None) -> datetime | None:
    """Return a deadline as people read it: the end of a day is told by that day, not the next."""
    if due is None or timezone.localtime(due).time() != time():
        return due
    return due - timedelta(minutes=1)


def cards(rows: Iterable[HoldRow], day: date, *, shown: Button | None = None) -> list[HoldCard]:
    """Return holds as a declaration's page shows them.

    Of a selection the enterprise is told that it was made, in one sentence that is the same
    whether chance, a rule or a score selected it.

    Args:
        rows: the holds.
        day: the day whose names are shown.
        shown: the button that stands on top of the page already.
    """
    return [
        HoldCard(
            kind(row.kind),
            _note(row, day) or why(row, day),
            str(row.turn),
            row.opened_at,
            mine=row.turn is Turn.TRADER,
            where=names.office(row.office, day),
            until=until(row.due_at),
            ended_at=row.ended_at,
            button=None if (found := step(row)) == shown else found,
        )
        for row in rows
    ]


def as_rows(found: Sequence[HoldRow], day: date) -> list[Row]:
    """Return holds as rows of a list; one button a row."""
    places = names.offices((row.office for row in found), day)
    return [
        Row(
            str(row.id),
            str(row.declaration_id),
            row.number,
            row.reference,
            kind(row.kind),
            str(row.turn),
            act(row, day),
            why(row, day),
            places[row.office],
            row.opened_at,
            until(row.due_at),
            step(row),
        )
        for row in found
    ]


def first(rows: Iterable[HoldRow]) -> HoldRow | None:
    """Return the hold that decides whose turn it is: the reader's own before others', by date.

    Before all of them stands a case that only another declaration ends: nothing else helps then.
    """
    open_ = [row for row in rows if row.ended_at is None]
    return min(open_, key=_urgency, default=None)


def also(rows: Iterable[HoldRow]) -> str:
    """Return what is waited for first, and how many others: `payment and 2 others`; or nothing."""
    open_ = [row for row in rows if row.ended_at is None]
    one = first(open_)
    if one is None:
        return ""
    words, others = gettext(one.kind.label), len(open_) - 1
    if not others:
        return words
    told = ngettext("{first} and {count} other", "{first} and {count} others", others)
    return told.format(first=words, count=others)


def _urgency(row: HoldRow) -> tuple[bool, bool, datetime]:
    return not row.starts_anew, row.turn is not Turn.TRADER, row.pressing_at


def _fact(name: str, value: str, day: date) -> str:
    if name == "amount":
        return f"{Decimal(value):,}"
    return _named(value, day) if name == "destination" else value


def _named(office: str, day: date) -> str:
    found = names.office(office, day)
    chinese = (get_language() or "zh").startswith("zh")
    return f"{found.code} {found.chinese if chinese else found.english}".strip()
