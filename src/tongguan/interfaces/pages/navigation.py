"""Where a person can go, per frame, in the order shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from tongguan.kernel.text import _


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of a navigation.

    Attributes:
        key: its name in code, and of its icon in the sprite.
        words: as shown beside the page.
        route: what it opens.
        short: the words on the phone's bar, where they differ.
    """

    key: str
    words: str
    route: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A place as shown to one reader."""

    key: str
    words: str
    short: str
    url: str
    current: bool
    count: int | None


PORTAL: Final = (
    Place("todo", _("To do"), "portal:todo"),
    Place("declarations", _("Declarations"), "portal:declarations"),
    Place("lodge", _("Lodge"), "portal:lodge"),
    Place("goods", _("Goods in transit"), "portal:goods", _("Goods")),
    Place("payments", _("Payments"), "portal:payments"),
    Place("inspections", _("Examinations"), "portal:inspections"),
    Place("permits", _("Certificates and licences"), "portal:certificates"),
    Place("messages", _("Messages"), "portal:messages"),
    Place("company", _("Company"), "portal:company"),
)

WORKBENCH: Final = (
    Place("review", _("Review"), "workbench:review"),
    Place("inspection", _("Examinations"), "workbench:inspection"),
    Place("revenue", _("Revenue"), "workbench:revenue"),
    Place("risk", _("Risk"), "workbench:risk"),
    Place("permits", _("Licences"), "workbench:permits"),
    Place("gate", _("Gate"), "workbench:gate"),
    Place("cargo", _("Cargo"), "workbench:cargo"),
    Place("coordination", _("Coordination"), "workbench:coordination"),
    Place("region", _("Region"), "workbench:region"),
    Place("ledger", _("Ledger"), "workbench:ledger"),
)

FRAMES: Final[Mapping[str, Sequence[Place]]] = {
    "portal": PORTAL,
    "workbench": WORKBENCH,
}


def links(
    frame: str,
    path: str,
    *,
    only: Sequence[str] | None = None,
    counts: Mapping[str, int] | None = None,
) -> tuple[Link, ...]:
    """Return the places of a frame that exist, the one that `path` lies in marked.

    Args:
        frame: `portal` or `workbench`.
        path: where the reader is.
        only: keys of the places this reader may open; all of them when None.
        counts: by key, how many things wait there.
    """
    found = [
        (place, url)
        for place in FRAMES[frame]
        if (only is None or place.key in only) and (url := address(place.route)) is not None
    ]
    here = max((url for _place, url in found if path.startswith(url)), key=len, default=None)
    return tuple(
        Link(
            key=place.key,
            words=gettext(place.words),
            short=gettext(place.short or place.words),
            url=url,
            current=url == here,
            count=(counts or {}).get(place.key),
        )
        for place, url in found
    )


def address(route: str) -> str | None:
    """Return where a route leads, or None where this installation does not serve it."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return None
