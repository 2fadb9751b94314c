"""The classes of a WCO document as they stand, checked for shape while they are taken in."""

from collections import Counter
from typing import Final, Protocol, cast

from lxml import etree

from tongguan.interfaces.messages import problems
from tongguan.interfaces.messages.block import Block, Notes, plain
from tongguan.interfaces.messages.stray import note_stray_texts
from tongguan.interfaces.messages.translation.tables import Table
from tongguan.interfaces.messages.values import MOST_SIGNS
from tongguan.interfaces.messages.wco.elements import BODY, Spec
from tongguan.kernel.problems import MOST_TOLD

_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_ATTRIBUTES: Final = (
    " unitCode currencyID formatCode languageID name listID listName listURI listSchemeURI"
    " listVersionID listAgencyID listAgencyName schemeID schemeName schemeURI schemeDataURI"
    " schemeVersionID schemeAgencyID schemeAgencyName "
)
_STRANGE: Final = (
    f"descendant-or-self::*/@*[namespace-uri() != '{_XSI}'"
    f" and not(contains('{_ATTRIBUTES}', concat(' ', local-name(), ' ')))]"
)
_FIRST: Final = etree.XPath(f"({_STRANGE})[position() <= {MOST_TOLD + 1}]")
_COUNT: Final = etree.XPath(f"count({_STRANGE})")
_SHOWN: Final = 40


class Smart(Protocol):
    """What an XPath finds of attributes: each knows where it stood."""

    attrname: str | None

    def getparent(self) -> etree._Element | None:
        """Return the element it stood in."""


class Node(Block):
    """One instance of a class: the texts of its elements, and the classes within it."""

    __slots__ = ("_chain", "children", "parent", "position", "spec")

    def __init__(self, spec: Spec, parent: "Node | None", position: int, notes: Notes) -> None:
        """Take the class, what it stands in, and which of its kind it is there, from 1."""
        super().__init__({}, notes)
        self.spec = spec
        self.parent = parent
        self.position = position
        self.children: dict[str, list[Node]] = {}
        self._chain = ""
        if parent is not None:
            self.base = parent.base

    def place(self, name: str = "") -> str:
        """Return the chain of class ids with positions, and the id of an element behind a colon."""
        chain = self._chain or self._chained()
        if not name:
            return chain
        spec = self.spec.children.get(name)
        return f"{chain}:{spec.id if spec else name}"

    def _chained(self) -> str:
        """Return the chain; it is kept once places are asked for, when all numbers are read."""
        link, above = self.link(), self.parent
        chain = link if above is None else f"{above.place()}/{link}"
        if self.notes.places is not None:
            self._chain = chain
        return chain

    def link(self) -> str:
        """Return the id of the class, with its number where it may stand often."""
        if self.spec.most == 1:
            return self.spec.id
        declared = self.mark("SequenceNumeric") if self.spec.numbered else ""
        return f"{self.spec.id}#{declared or self.position}"

    def unit(self, name: str, field: str, table: Table) -> str | None:
        """Return our unit for the one stated beside a number."""
        self.stands(field, name)
        stated = self.mark(f"{name}@")
        return self.counterpart(stated, name, field, table) if stated else None

    def currency(self, name: str, field: str) -> str | None:
        """Return the currency stated beside an amount."""
        self.stands(field, name)
        return self.mark(f"{name}@") or None

    def first(self, name: str, base: str | None = None) -> "Node":
        """Return a class within this one; an empty one where it is absent."""
        found = self.children.get(name)
        node = found[0] if found else Node(self.spec.children[name], self, 1, self.notes)
        if base is not None:
            node.base = base
        return node

    def all(self, name: str) -> "list[Node]":
        """Return the classes of a name within this one."""
        return self.children.get(name, [])


def node_of(element: etree._Element, spec: Spec, notes: Notes) -> Node:
    """Return an element and all within it, noting what is at fault with its shape.

    Where more groups are repeated than are taken, it holds those up to the first too many.

    Cost: 1 µs an element.
    """
    node = _take(element, spec, None, 1, notes)
    chains = _Chains(element, spec)
    strange = cast("list[Smart]", _FIRST(element))
    for attribute in strange:
        if not notes.enough():
            _tell_attribute(attribute, chains, notes)
    if len(strange) > MOST_TOLD:
        notes.faults.more += int(cast("float", _COUNT(element))) - len(strange)
    note_stray_texts(element, notes, chains.place)
    return node


def _take(
    element: etree._Element, spec: Spec, parent: Node | None, position: int, notes: Notes
) -> Node:
    node = Node(spec, parent, position, notes)
    tagged, children = spec.tagged, node.children
    for child in element:
        inner = tagged.get(child.tag)
        if inner is None and (inner := _strange(child, node, notes)) is None:
            continue
        if inner.length:
            _value(child, inner, node, notes)
            continue
        siblings = children.setdefault(inner.name, [])
        if siblings and notes.count_repeated():
            break
        siblings.append(_take(child, inner, node, len(siblings) + 1, notes))
        if inner.most and len(siblings) > inner.most and not notes.enough():
            facts = {"name": inner.name, "count": len(siblings), "limit": inner.most}
            notes.fault(problems.TOO_OFTEN, "#", node.place(), **facts)
    for name in spec.required:
        if name not in node.values and not notes.enough():
            notes.fault(problems.MISSING_ELEMENT, "#", node.place(name), name=name)
    return node


def _value(element: etree._Element, spec: Spec, node: Node, notes: Notes) -> None:
    name, values = spec.name, node.values
    text = element[0].text if spec.is_moment and len(element) else element.text
    if name in values and not notes.enough():
        facts = {"name": name, "count": 2, "limit": 1}
        notes.fault(problems.TOO_OFTEN, "#", node.place(name), **facts)
    if not text or not (value := text.strip()):
        if not notes.enough():
            notes.fault(problems.EMPTY_ELEMENT, "#", node.place(name), name=name)
        return
    if len(value) <= MOST_SIGNS:
        values[name] = value
    unfit = len(value) > spec.length or (
        spec.fits is not None and not spec.fits(value if value.isascii() else plain(value))
    )
    if unfit and not notes.enough():
        _unfit(value, node, spec, notes)
    if spec.unit is not None and (unit := element.get(spec.unit)):
        values[f"{name}@"] = unit


def _strange(child: etree._Element, node: Node, notes: Notes) -> Spec | None:
    """Tell an element that is not of the model, or only of another namespace."""
    space, _, name = child.tag.rpartition("}")
    inner = node.spec.children.get(name)
    if inner is None:
        if notes.enough():
            return None
        place = node.place()
        facts = {"name": name[:_SHOWN], "within": place}
        notes.fault(problems.UNKNOWN_ELEMENT, "#", f"{place}/{name[:_SHOWN]}", **facts)
    elif not notes.foreign:
        notes.foreign = True  # once: all within it are in that namespace too
        facts = {"name": name, "namespace": space[1 : _SHOWN + 1], "expected": BODY}
        notes.fault(problems.UNKNOWN_NAMESPACE, "#", node.place(), **facts)
    return inner


def _unfit(value: str, node: Node, spec: Spec, notes: Notes) -> None:
    place = node.place(spec.name)
    if len(value) > spec.length:
        facts: dict[str, object] = {"length": len(value), "limit": spec.length}
        notes.fault(problems.TOO_LONG, "#", place, name=spec.name, **facts)
    elif spec.is_moment:
        notes.fault(problems.NOT_A_DATE, "#", place, name=spec.name, value=value[:_SHOWN])
    elif spec.format.startswith("n"):
        notes.fault(problems.NOT_A_NUMBER, "#", place, name=spec.name, value=value[:_SHOWN])
    else:
        facts = {"value": value[:_SHOWN], "length": spec.length}
        notes.fault(problems.WRONG_LENGTH, "#", place, name=spec.name, **facts)


def _tell_attribute(attribute: Smart, chains: "_Chains", notes: Notes) -> None:
    owner = attribute.getparent()
    if owner is not None:
        name = (attribute.attrname or "").rpartition("}")[2]
        notes.fault(problems.UNKNOWN_ATTRIBUTE, "#", chains.place(owner), name=name[:_SHOWN])


class _Chains:
    """The places of elements of the tree itself; each is worked out once, siblings together."""

    def __init__(self, root: etree._Element, spec: Spec) -> None:
        self._root = root
        self._nodes: dict[etree._Element, tuple[Node | None, str]] = {
            root: (node := Node(spec, None, 1, Notes()), node.place())
        }
        self._positions: dict[etree._Element, dict[etree._Element, int]] = {}

    def place(self, element: etree._Element) -> str:
        """Return the place of an element, as `Node` has it."""
        return self._found(element)[1]

    def _found(self, element: etree._Element) -> tuple[Node | None, str]:
        known = self._nodes.get(element)
        if known is None:
            known = self._nodes[element] = self._find(element)
        return known

    def _find(self, element: etree._Element) -> tuple[Node | None, str]:
        above = element.getparent()
        node, place = (None, "") if above is None else self._found(above)
        if node is None or above is None:
            return None, place
        name = element.tag.rpartition("}")[2]
        inner = node.spec.children.get(name)
        if inner is None or not inner.is_class:
            return None, node.place(name[:_SHOWN])
        found = Node(inner, node, self._position(element, above), node.notes)
        if number := element.findtext("{*}SequenceNumeric"):
            found.values["SequenceNumeric"] = number[:_SHOWN]
        return found, found.place()

    def _position(self, element: etree._Element, above: etree._Element) -> int:
        """Return which of its kind an element is, from 1."""
        positions = self._positions.get(above)
        if positions is None:
            counts: Counter[str] = Counter()
            positions = self._positions[above] = {}
            for child in above:
                counts[child.tag] += 1
                positions[child] = counts[child.tag]
        return positions[element]
