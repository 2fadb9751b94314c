"""What a form sent, read field by field: every fault is kept with its place and told at once."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from tongguan.interfaces.workbench import problems
from tongguan.kernel.identifiers import Kind, NotAnIdentifierError
from tongguan.kernel.numbers import typed_moment, typed_number, typed_whole
from tongguan.kernel.problems import Fault, ProblemError
from tongguan.kernel.spelling import unfit_sign

NEVER: Final = datetime.min.replace(tzinfo=UTC)
NOBODY: Final = UUID(int=0)
MOST_COUNT: Final = 1_000_000
MEASURE: Final = re.compile(r"[0-9]{1,13}(\.[0-9]{1,5})?")


class Entered:
    """A form's fields. Read all that an act needs, then `settle`: it refuses what is wrong.

    Args:
        sent: names and values.
        place: what the pointers of this form begin with, so that two forms of one page differ.
    """

    def __init__(self, sent: Mapping[str, str], place: str = "") -> None:
        """Take what was sent."""
        self._sent = sent
        self._place = f"#/{place}/" if place else "#/"
        self._faults: list[Fault] = []

    def text(self, name: str, *, most: int, required: bool = False) -> str:
        """Return a text of at most so many characters."""
        found = self._sent.get(name, "").strip()
        if unfit_sign(found):
            self._refuse(problems.NOT_TEXT.at(self._at(name)))
        elif len(found) > most:
            fault = problems.TOO_LONG.at(self._at(name), count=len(found), most=most)
            self._refuse(fault)
        elif required and not found:
            self._refuse(problems.MISSING.at(self._at(name)))
        return found

    def identifier(self, name: str, kind: Kind, *, required: bool = False) -> str:
        """Return the one spelling of a number or code of a kind."""
        given = self._sent.get(name, "")
        try:
            found = kind.read(given)
        except NotAnIdentifierError as error:
            at = self._at(name)
            if error.sign:
                self._refuse(problems.NOT_AN_IDENTIFIER.at(at, sign=error.sign))
            else:
                count = len(kind.plain(given))
                self._refuse(problems.TOO_LONG.at(at, count=count, most=kind.most))
            return ""
        if required and not found:
            self._refuse(problems.MISSING.at(self._at(name)))
        return found

    def choice(self, name: str, *offered: str) -> str:
        """Return which of the offered answers was given; anything else is refused."""
        found = self._sent.get(name, "").strip()
        if not found:
            self._refuse(problems.MISSING.at(self._at(name)))
        elif found not in offered:
            facts = {"value": found[:40], "offered": ", ".join(offered)}
            self._refuse(problems.NO_CHOICE.at(self._at(name), **facts))
        return found

    def moment(self, name: str) -> datetime:
        """Return a moment, in the region's time where the form says no other."""
        given = self._sent.get(name, "").strip()
        found = typed_moment(given)
        if found is None:
            self._refuse(problems.NO_MOMENT.at(self._at(name), value=given[:40]))
        return found or NEVER

    def number(self, name: str) -> int:
        """Return a count; 0 where the field is empty."""
        given = self._sent.get(name, "").strip()
        if not given:
            return 0
        found = typed_whole(given)
        if found is not None and 0 <= found <= MOST_COUNT:
            return found
        fault = problems.NO_NUMBER.at(self._at(name), value=given[:40], most=MOST_COUNT)
        self._refuse(fault)
        return 0

    def count(self, name: str) -> int | None:
        """Return a count, or None where the field is empty."""
        return self.number(name) if self._sent.get(name, "").strip() else None

    def decimal(self, name: str) -> Decimal | None:
        """Return a measure, 0 or more, of at most five places; None where the field is empty."""
        given = self._sent.get(name, "").strip()
        if not given:
            return None
        found = typed_number(given)
        if found is not None and MEASURE.fullmatch(f"{found:f}"):
            return found
        self._refuse(problems.NO_MEASURE.at(self._at(name), value=given[:40]))
        return None

    def id(self, name: str) -> UUID:
        """Return what a hidden field names."""
        try:
            return UUID(self._sent.get(name, ""))
        except ValueError:
            self._refuse(problems.NO_ID.at(""))
            return NOBODY

    def settle(self) -> None:
        """Refuse the form if a field was wrong.

        Raises:
            ProblemError: every fault, at its field.
        """
        if self._faults:
            raise ProblemError(*self._faults)

    def _at(self, name: str) -> str:
        return self._place + name

    def _refuse(self, fault: Fault) -> None:
        self._faults.append(fault)
