"""What an amendment says it changes: chains of pointers, as places and as canonical paths."""

from collections.abc import Iterator
from typing import Final

from tongguan.interfaces.messages.values import Places
from tongguan.interfaces.messages.wco.elements import Spec, declaration
from tongguan.interfaces.messages.wco.nodes import Node

_LONGEST: Final = 32
"""So many links a chain of pointers has at most: no model is that deep."""


def changed_places(node: Node) -> Iterator[str]:
    """Walk the places that the amendments of a message point to."""
    for amendment in node.all("Amendment"):
        chain = [one.values for one in amendment.all("Pointer")]
        if chain:
            yield chain_of(chain[:_LONGEST])


def chain_of(pointers: list[dict[str, str]]) -> str:
    """Return `Pointer` elements as one place: `42A/67A/68A#2/23A/65A:128`.

    A number counts where the class may stand often; elsewhere it says nothing.
    """
    links: list[str] = []
    spec: Spec | None = None
    for pointer in pointers:
        section = pointer.get("DocumentSectionCode", "")
        spec = _child(spec, section)
        number = pointer.get("SequenceNumeric", "1")
        often = spec is None or spec.most != 1
        link = f"{section}#{number}" if often else section
        tag = pointer.get("TagID")
        links.append(f"{link}:{tag}" if tag else link)
    return "/".join(links)


def pointers_of(place: str) -> list[tuple[str | None, str, str | None]]:
    """Return a place as links of number, class and element, the way `Pointer` elements have them.

    >>> pointers_of("42A/67A/68A#2/23A:137")
    [(None, '42A', None), (None, '67A', None), ('2', '68A', None), (None, '23A', '137')]
    """
    links = []
    for link in place.split("/"):
        section, _, tag = link.partition(":")
        section, _, number = section.partition("#")
        links.append((number or None, section, tag or None))
    return links


def pointer_to(place: str, places: Places) -> str:
    """Return the canonical path of a place, or of the nearest one above it that has one."""
    while place:
        pointer = places.pointer_at(place)
        if pointer != "#":
            return pointer
        cut = max(place.rfind(":"), place.rfind("/"))
        place = place[:cut] if cut > 0 else ""
    return "#"


def _child(above: Spec | None, section: str) -> Spec | None:
    if above is None:
        root = declaration()
        return root if section == root.id else None
    return next((spec for spec in above.children.values() if spec.id == section), None)
