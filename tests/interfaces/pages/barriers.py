"""What on a page keeps somebody out: by axe, the checker of accessibility that browsers ship."""

from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_OPTIONS: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # What is well need not be told: that takes longer than to look.
    "resultTypes": ["violations"],
}


def barriers(page: Page) -> list[tuple[str, Any]]:
    """Return the rules that a page breaks, each with the first place.

    What can be opened within the page is open; a menu that would lie over it is not.
    """
    page.evaluate("document.querySelectorAll('main details').forEach(one => (one.open = true))")
    found = Axe().run(page, options=_OPTIONS).response["violations"]
    return [(one["id"], one["nodes"][0]["target"]) for one in found]
