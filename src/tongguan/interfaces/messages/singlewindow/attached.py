"""What hangs on a DecMessage: containers with their seals, licences, papers."""

import re
from typing import Final

from tongguan.domain.declarations.values import Container, Document, Permit
from tongguan.interfaces.messages import problems
from tongguan.interfaces.messages.block import Notes, counted
from tongguan.interfaces.messages.singlewindow.structure import Group, Message
from tongguan.interfaces.messages.translation.tables import Codes
from tongguan.kernel.identifiers import CONTAINER

_SHOWN: Final = 40
_BETWEEN_SEALS: Final = re.compile("[,;、]")


class Attached:
    """Reads them from the blocks of one message."""

    __slots__ = ("_codes", "_message", "_notes")

    def __init__(self, message: Message, codes: Codes, notes: Notes) -> None:
        """Take the blocks, the tables of the day, and where faults are noted."""
        self._message = message
        self._codes = codes
        self._notes = notes

    def containers(self) -> tuple[Container, ...]:
        """Return the containers with their seals, which stand with the transit."""
        elements = self._message.all("Container")
        seals, places = self._seals()
        found: list[Container] = []
        for at, element in enumerate(elements):
            block = Group(element, self._notes, f"Container[{at + 1}]")
            block.base = f"#/containers/{at}/"
            block.stands("")
            number = block.code("ContainerId", "id")
            if number is None:
                block.fault(problems.MISSING_ELEMENT, "ContainerId", "id")
                continue
            found.append(
                Container(
                    id=number,
                    size=self._size(block),
                    shared=block.flag("LclFlag", "shared"),
                    seals=tuple(seals.get(CONTAINER.plain(number), ())),
                    lines=_numbers(block),
                )
            )
        declared = {CONTAINER.plain(one.id) for one in found}
        for number, place in places.items():
            if number not in declared and len(found) == len(elements):
                facts = {"value": number[:_SHOWN]}
                self._notes.fault(problems.SEALS_ASTRAY, "#/containers", place, **facts)
        return tuple(found)

    def _seals(self) -> tuple[dict[str, list[str]], dict[str, str]]:
        """Return the seals of a transit by container, and where each container stands there."""
        seals: dict[str, list[str]] = {}
        places: dict[str, str] = {}
        for at, element in enumerate(self._message.all("TrnContainer")):
            block = Group(element, self._notes, f"TrnContainer[{at + 1}]")
            container = CONTAINER.plain(block.mark("ContaNo"))
            listed = (one.strip() for one in _BETWEEN_SEALS.split(block.mark("SealNo")))
            numbers = [one for one in listed if one]
            if numbers or container:
                places.setdefault(container, block.place("ContaNo"))
                seals.setdefault(container, []).extend(numbers)
        return seals, places

    def _size(self, block: Group) -> str | None:
        value = block.code("ContainerMd", "size")
        if value is None or len(value) > 1:
            return value
        return block.counterpart(value, "ContainerMd", "size", self._codes.table("container"))

    def permits(self, head: Group) -> tuple[Permit, ...]:
        """Return the licences of the whole declaration: the one in the head comes first."""
        found = []
        if licence := head.text("LicenseNo", "permits/0/number"):
            found.append(Permit(number=licence))
        for element in self._message.all("LicenseDocu"):
            at = len(found)
            block = Group(element, self._notes, f"LicenseDocu[{at + 1 - bool(licence)}]")
            block.base = f"#/permits/{at}/"
            block.stands("")
            found.append(
                Permit(kind=block.code("DocuCode", "kind"), number=block.text("CertCode", "number"))
            )
        return tuple(permit for permit in found if permit != Permit())

    def documents(self) -> tuple[Document, ...]:
        """Return the papers that were sent beside the message."""
        found = []
        for at, element in enumerate(self._message.all("EdocRealation")):
            block = Group(element, self._notes, f"EdocRealation[{at + 1}]")
            block.base = f"#/documents/{at}/"
            block.stands("")
            found.append(
                Document(
                    kind=block.code("EdocCode", "kind"),
                    number=block.text("EdocID", "number"),
                    format=block.code("EdocFomatType", "format"),
                )
            )
        return tuple(found)


def _numbers(block: Group) -> tuple[int, ...]:
    """Return the lines that a container holds, from `1,3`."""
    numbers = []
    for part in (block.code("GoodsNo", "lines") or "").replace(";", ",").split(","):
        number = counted(part)
        if number is not None:
            numbers.append(number)
        elif part.strip():
            block.fault(problems.NOT_A_NUMBER, "GoodsNo", "lines", value=part.strip()[:_SHOWN])
    return tuple(numbers)
