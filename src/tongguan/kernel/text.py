"""Words for people: marked here, translated at the edge."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Self


def _(words: str) -> str:
    """Mark words for translation and return them as they are.

    The edge (a page, the API, the command line) translates, for it knows the reader's language.
    """
    return words


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are a fact of a refusal and are translated with it.

    Attributes:
        label: the words, with the facts in braces.
        facts: what the words name; phrases among them are translated too.
    """

    label: str
    facts: Mapping[str, object] | None = None


class Term(Enum):
    """A closed list of the trade: a code, and the words for it.

    Members are written as `NAME = "CODE", _("words"), further facts …`; the code is the value.
    """

    label: str

    def __new__(cls, code: str, label: str = "", *facts: Any) -> Self:
        """Make the code the member's value, so that `Kind("REVIEW")` finds it."""
        member = object.__new__(cls)
        member._value_ = code
        member.label = label
        member._describe(*facts)
        return member

    def _describe(self, *facts: Any) -> None:
        """Take the facts behind the words; lists that have some override this."""
        if facts:
            raise TypeError(f"{type(self).__name__} takes a code and words")

    def __str__(self) -> str:
        """Return the code, as it is stored and sent."""
        return str(self.value)
