"""The progress line of a declaration: how far it has come and what holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext, pgettext

from tongguan.kernel.text import _

WORDS: Final = {
    "ACCEPTED": _("accepted"),
    "RELEASED": _("released"),
    "DEPARTED": _("left"),
    "CLOSED": _("closed"),
    "CANCELLED": _("cancelled"),
    "REFUSED": _("refused"),
}
WAY: Final = ("ACCEPTED", "RELEASED", "DEPARTED", "CLOSED")
ENDS: Final = ("CANCELLED", "REFUSED")


@dataclass(frozen=True, slots=True)
class Step:
    """One point of the line; `state` is done, now, held, ended or ahead."""

    words: str
    state: str
    at: datetime | None = None


def line(state: str, moments: Mapping[str, datetime], held_for: Sequence[str]) -> tuple[Step, ...]:
    """Return the points of the line.

    Args:
        state: code of the lifecycle, `ACCEPTED`; `DRAFT` has all points ahead.
        moments: by code, when a state was reached.
        held_for: words of the open holds that block release.
    """
    if state in ENDS:
        reached = [code for code in WAY if code in moments]
        done = [Step(gettext(WORDS[code]), "done", moments[code]) for code in reached]
        return (*done, Step(gettext(WORDS[state]), "ended", moments.get(state)))
    position = WAY.index(state) if state in WAY else -1
    points: list[Step] = []
    for index, code in enumerate(WAY):
        kind = "ahead" if index > position else "done" if index < position else "now"
        at = moments.get(code) if index <= position else None
        points.append(Step(gettext(WORDS[code]), kind, at))
    if state == "CLOSED" or (state == "ACCEPTED" and held_for):
        points[position] = Step(points[position].words, "done", points[position].at)
    if state == "ACCEPTED" and held_for:
        points.insert(1, Step(_held(held_for), "held"))
    return tuple(points)


def _held(held_for: Sequence[str]) -> str:
    facts = {
        "holds": pgettext("between holds", ", ").join(held_for),
        "first": held_for[0],
        "total": len(held_for),
    }
    if len(held_for) > 2:
        return gettext("held: %(first)s and others (%(total)d)") % facts
    return gettext("held: %(holds)s") % facts
