"""How a site stands, as the map and its list tell it, and what the map is drawn on."""

from pathlib import Path
from typing import Final

from django.templatetags.static import static

from tongguan.kernel.text import _

STATES: Final = {
    "well": _("on time"),
    "busy": _("busy"),
    "late": _("behind time"),
    "closed": _("closed now"),
}
OUTLINES: Final = "pages/outlines"


def outline(pack: str) -> str:
    """Return where the drawing of a region's land lies, by its pack; empty where none is bundled.

    Without one the map shows the sites on a plain ground.
    """
    name = f"{OUTLINES}/{pack}.json"
    return static(name) if (Path(__file__).parent / "static" / name).is_file() else ""
