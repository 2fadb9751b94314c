"""Text that stands between elements, where no format has a value."""

from collections.abc import Iterator
from typing import Final, Protocol, cast

from lxml import etree

_STRAY: Final = etree.XPath("descendant-or-self::*[*]/text()[normalize-space()]")
_LOOKED_AT: Final = 400
_SHOWN: Final = 40


class _Smart(Protocol):
    is_tail: bool

    def getparent(self) -> etree._Element | None:
        """Return the element it stood in, or behind."""


def stray_texts(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Walk the texts that stand beside elements: the element that holds both, and how it begins."""
    for text in cast("list[_Smart]", _STRAY(element)):
        owner = text.getparent()
        if owner is not None and text.is_tail:
            owner = owner.getparent()
        if owner is not None:
            start = str(text).lstrip()[:_LOOKED_AT]
            yield owner, " ".join(start.split())[:_SHOWN]
