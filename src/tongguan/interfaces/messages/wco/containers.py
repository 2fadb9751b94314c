"""The containers of a WCO declaration, and the lines each holds."""

from tongguan.domain.declarations.values import Container
from tongguan.interfaces.messages.block import counted
from tongguan.interfaces.messages.wco.nodes import Node


def containers_of(consignment: Node, items: list[Node]) -> tuple[Container, ...]:
    """Return the containers, and the lines each holds: named by number or by id in the item."""
    lines: dict[str, list[int]] = {}
    numbered: dict[str, str] = {}
    seals: dict[str, tuple[str, ...]] = {}
    for node in consignment.all("TransportEquipment"):
        number = node.mark("ID")
        if not number:
            continue
        node.base = f"#/containers/{len(lines)}/"
        node.stands("")
        node.stands("id", "ID")
        lines.setdefault(number, [])
        numbered.setdefault(node.mark("SequenceNumeric"), number)
        seals[number] = _seals(node)
    for index, item in enumerate(items):
        line = counted(item.mark("SequenceNumeric")) or index + 1
        for node in item.first("Commodity").all("TransportEquipment"):
            linked = numbered.get(node.mark("SequenceNumeric"))
            for number in dict.fromkeys(filter(None, (linked, node.mark("ID")))):
                _note(node, number, lines)
                held = lines.setdefault(number, [])
                if line not in held:
                    held.append(line)
    return tuple(
        Container(id=number, seals=seals.get(number, ()), lines=tuple(held))
        for number, held in lines.items()
    )


def _seals(node: Node) -> tuple[str, ...]:
    found = []
    for at, one in enumerate(node.all("Seal")):
        one.base = f"{node.base}seals/{at}"
        if number := one.text("ID", ""):
            found.append(number)
    return tuple(found)


def _note(node: Node, number: str, lines: dict[str, list[int]]) -> None:
    """Note where a container is named by an item."""
    if node.notes.places is None:
        return
    known = list(lines)
    node.base = f"#/containers/{known.index(number) if number in lines else len(known)}/"
    node.stands("id", "ID")
    node.stands("lines", "SequenceNumeric")
