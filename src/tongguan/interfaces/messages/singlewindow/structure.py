"""The blocks of a DecMessage, by local name: envelopes and namespaces vary in practice."""

import binascii
from base64 import b64decode
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lxml import etree

from tongguan.interfaces.messages import problems
from tongguan.interfaces.messages.block import Block, Notes
from tongguan.interfaces.messages.values import MOST_SIGNS, Limits
from tongguan.interfaces.messages.xml import Parsed, parse

WRAPPERS: Final = frozenset(
    ("DecLists", "DecContainers", "DecLicenseDocus", "TrnLists", "TrnContainers", "EdocRealations")
)
SAME: Final = {"DecContainer": "Container"}
_ENVELOPES: Final = 3
_USUAL: Final = 200
_SHOWN: Final = 40
_BLANKS: Final = b" \t\r\n"


def local(tag: str) -> str:
    """Return a tag without its namespace; those of a usual length are kept in mind."""
    return _local(tag) if len(tag) <= _USUAL else _local.__wrapped__(tag)


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    name = tag.rpartition("}")[2]
    return SAME.get(name, name)


class Group(Block):
    """One block of a DecMessage, named by its path: `DecHead`, `DecList[GNo=2]`."""

    __slots__ = ("element", "path")

    def __init__(self, element: etree._Element | None, notes: Notes, path: str) -> None:
        """Take an element, or None for a block that is absent and so has no values."""
        self.element = element
        self.path = path
        super().__init__({}, notes)
        if element is not None:
            self._fill(element)

    def _fill(self, element: etree._Element) -> None:
        values = self.values
        for child in element:
            text = child.text
            if (not text or text.isspace()) and len(child):
                self.nested = self.nested or {}
                self.nested[local(child.tag)[:_SHOWN]] = local(child[0].tag)[:_SHOWN]
            if not text:
                continue
            name = _local(tag) if len(tag := child.tag) <= _USUAL else local(tag)
            if len(text) > MOST_SIGNS and (length := len(text.strip())):
                facts = {"name": name[:_SHOWN], "length": length, "limit": MOST_SIGNS}
                self.notes.fault(problems.TOO_LONG, "#", self.place(name[:_SHOWN]), **facts)
                continue
            if name in values and not self.notes.enough():
                facts = {"name": name, "count": 2, "limit": 1}
                self.notes.fault(problems.TOO_OFTEN, "#", self.place(name), **facts)
            values[name] = text

    def place(self, name: str = "") -> str:
        """Return the path of the block or of one of its elements."""
        return f"{self.path}/{name}" if name else self.path

    def inside(self, name: str) -> list[etree._Element]:
        """Return the elements of a group that stands inside this block."""
        if self.element is None:
            return []
        return [inner for group in self.element.iterchildren(f"{{*}}{name}") for inner in group]


@dataclass(frozen=True, slots=True)
class Message:
    """The blocks of one DecMessage by local name, wrappers opened."""

    blocks: dict[str, list[etree._Element]]

    def first(self, name: str, notes: Notes) -> Group:
        """Return a block that stands once."""
        found = self.blocks.get(name)
        if found is not None and len(found) > 1:
            facts = {"name": name, "count": len(found), "limit": 1}
            notes.fault(problems.TOO_OFTEN, "#", name, **facts)
        return Group(found[0] if found else None, notes, name)

    def all(self, name: str) -> list[etree._Element]:
        """Return the elements of a block that may stand often."""
        return self.blocks.get(name, [])


def message_of(element: etree._Element) -> Message:
    """Return the blocks of a DecMessage element."""
    blocks: dict[str, list[etree._Element]] = defaultdict(list)
    for child in element:
        name = local(child.tag)
        if name in WRAPPERS:
            for inner in child:
                blocks[_local(tag) if len(tag := inner.tag) <= _USUAL else local(tag)].append(inner)
        else:
            blocks[name].append(child)
    return Message(dict(blocks))


def path_of(element: etree._Element) -> str:
    """Return the names that lead from the message to an element of it."""
    names = [local(element.tag)[:_SHOWN]]
    for above in element.iterancestors():
        if names[-1] == "DecMessage":
            break
        names.append(local(above.tag)[:_SHOWN])
    return "/".join(reversed(names))


def messages_in(root: etree._Element, limits: Limits) -> tuple[list[etree._Element], Parsed]:
    """Return the DecMessage elements of a document, out of the envelopes it may stand in.

    The second value carries the fault where the envelope holds none.
    """
    for _ in range(_ENVELOPES):
        if local(root.tag) == "DecMessage":
            return [root], Parsed(root)
        found = list(root.iter("{*}DecMessage"))
        if found:
            return found, Parsed(root)
        unpacked = _unpacked(root, limits)
        if unpacked.root is None:
            return [], unpacked
        root = unpacked.root
    return [], _nothing(local(root.tag))


def _unpacked(root: etree._Element, limits: Limits) -> Parsed:
    """Return what stands in `Data`, in Base64."""
    text = next((one.text for one in root.iter("{*}Data") if one.text), None)
    if text is None:
        return _nothing(local(root.tag))
    try:
        content = b64decode(text.encode("ascii").translate(None, _BLANKS), validate=True)
    except (binascii.Error, ValueError):
        return _nothing(f"{local(root.tag)}/Data")
    return parse(content, limits)


def _nothing(place: str) -> Parsed:
    return Parsed(None, (problems.NO_PAYLOAD.at("", place=place),))
