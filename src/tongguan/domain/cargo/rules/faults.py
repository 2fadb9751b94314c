"""Faults of one message as they are found: the first ones are kept, the rest are counted."""

from typing import Final

from tongguan.domain.cargo import problems
from tongguan.kernel.problems import Fault

MOST_TOLD: Final = 1_000


class Faults:
    """What is wrong with one message, however much it is."""

    def __init__(self) -> None:
        """Begin with none."""
        self._refusals: list[Fault] = []
        self._warnings: list[Fault] = []
        self._count = 0

    @property
    def refused(self) -> bool:
        """Return whether something refuses the message."""
        return bool(self._refusals)

    @property
    def told(self) -> tuple[Fault, ...]:
        """Return what refuses first, then warnings, and last how many more there are."""
        found = (*self._refusals, *self._warnings)
        if self._count <= MOST_TOLD:
            return found
        kept = found[: MOST_TOLD - 1]
        problem = problems.FURTHER if self.refused else problems.FURTHER_WARNINGS
        return (*kept, problem.at("#", count=self._count - len(kept)))

    def add(self, fault: Fault) -> None:
        """Keep a fault, or count it where enough are kept."""
        self._count += 1
        kept = self._warnings if fault.problem.warning else self._refusals
        if len(kept) < MOST_TOLD:
            kept.append(fault)

    def leave_out(self, count: int) -> None:
        """Count faults that are not worth their words: enough like them are kept."""
        self._count += count
