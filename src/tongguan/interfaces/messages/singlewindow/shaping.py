"""How the blocks of a DecMessage are written: names in its namespace, absent values empty."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, cast

from lxml import etree

NAMESPACE: Final = "http://www.chinaport.gov.cn/dec"
SPACES: Final = cast("dict[str, str]", {None: NAMESPACE})
_UNHEARD: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def block(
    parent: etree._Element,
    name: str,
    values: Mapping[str, object],
    order: tuple[str, ...] = (),
) -> etree._Element:
    """Add a block with its elements, in the order given, else that of the values."""
    element = group(parent, name)
    for each in order or tuple(values):
        group(element, each).text = _text(values.get(each))
    return element


def group(parent: etree._Element, name: str) -> etree._Element:
    """Add an element without values."""
    return etree.SubElement(parent, named(name))


def named(local: str) -> str:
    """Return a name in the namespace of the message."""
    return f"{{{NAMESPACE}}}{local}"


def _text(value: object) -> str | None:
    if value is None:
        return None
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return _UNHEARD.sub("", text)  # signs that XML has no way to write
