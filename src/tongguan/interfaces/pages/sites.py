"""How a site stands, as the map and its list tell it."""

from typing import Final

from tongguan.kernel.text import _

STATES: Final = {
    "well": _("on time"),
    "busy": _("busy"),
    "late": _("behind time"),
    "closed": _("closed now"),
}
