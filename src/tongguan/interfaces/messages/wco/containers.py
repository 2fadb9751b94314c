"""The containers of a WCO declaration, and the lines each holds."""

from dataclasses import dataclass, field

from tongguan.domain.declarations.values import Container
from tongguan.interfaces.messages import problems
from tongguan.interfaces.messages.block import counted
from tongguan.interfaces.messages.wco.nodes import Node
from tongguan.kernel.identifiers import CONTAINER


def containers_of(consignment: Node, items: list[Node]) -> tuple[Container, ...]:
    """Return the containers, and the lines each holds: named by number or by id in the item."""
    found: dict[str, _Found] = {}
    numbered: dict[str, str] = {}
    for node in consignment.all("TransportEquipment"):
        number = node.mark("ID")
        if not number:
            if node.all("Seal"):
                place = node.place("Seal")
                node.notes.fault(problems.SEALS_ASTRAY, "#/containers", place, value="")
            continue
        one = found.setdefault(CONTAINER.plain(number), _Found(number, len(found)))
        node.base = f"#/containers/{one.at}/"
        node.stands("")
        node.stands("id", "ID")
        numbered.setdefault(node.mark("SequenceNumeric"), number)
        _add_seals(node, one)
    for index, item in enumerate(items):
        line = counted(item.mark("SequenceNumeric")) or index + 1
        for node in item.first("Commodity").all("TransportEquipment"):
            linked = numbered.get(node.mark("SequenceNumeric"))
            for number in filter(None, (linked, node.mark("ID"))):
                one = found.setdefault(CONTAINER.plain(number), _Found(number, len(found)))
                one.lines[line] = None
                node.base = f"#/containers/{one.at}/"
                node.stands("id", "ID")
                node.stands("lines", "SequenceNumeric")
    return tuple(
        Container(id=one.number, seals=tuple(one.seals), lines=tuple(one.lines))
        for one in found.values()
    )


@dataclass(slots=True)
class _Found:
    """A container: its number as it was first written, and which of all it is."""

    number: str
    at: int
    seals: list[str] = field(default_factory=list)
    lines: dict[int, None] = field(default_factory=dict)


def _add_seals(node: Node, found: _Found) -> None:
    for one in node.all("Seal"):
        one.base = f"{node.base}seals/{len(found.seals)}"
        if number := one.text("ID", ""):
            found.seals.append(number)
