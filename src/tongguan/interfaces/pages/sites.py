"""How a site stands, as the map and its list tell it."""

from typing import Final

from tongguan.kernel.text import _

STATES: Final = {
    "well": _("within the promise"),
    "busy": _("busy"),
    "late": _("behind the promise"),
    "closed": _("closed just now"),
}
