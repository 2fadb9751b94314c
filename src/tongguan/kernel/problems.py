"""Refusals: what is wrong, where, and what to do, as catalogue entries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of refusal. Its code is never reused.

    Attributes:
        code: room and number, `DEC-031`.
        status: what an HTTP answer says.
        title: the kind of fault, in a few words.
        detail: what is wrong here, with the facts in braces.
        remedy: what the reader can do, in one sentence.
        warning: told, but no ground to refuse.
    """

    code: str
    status: HTTPStatus
    title: str
    detail: str
    remedy: str
    warning: bool = False

    def at(self, pointer: str, **facts: object) -> "Fault":
        """Return this problem at a place: a JSON pointer as URI fragment, `#/lines/0/origin`."""
        return Fault(self, pointer, facts)

    def error(self, **facts: object) -> "ProblemError":
        """Return an exception that tells this one problem, at no place in a document."""
        return ProblemError(self.at("", **facts))


@dataclass(frozen=True, slots=True)
class Fault:
    """One problem at one place, with its facts."""

    problem: Problem
    pointer: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def told(self, translate: Callable[[str], str]) -> dict[str, str]:
        """Return the fault in the reader's words: code, pointer, title, detail, remedy."""
        facts = {name: _word(value, translate) for name, value in self.facts.items()}
        return {
            "code": self.problem.code,
            "pointer": self.pointer,
            "title": translate(self.problem.title),
            "detail": translate(self.problem.detail).format(**facts),
            "remedy": translate(self.problem.remedy).format(**facts),
        }


class ProblemError(Exception):
    """A foreseen refusal, with every fault found."""

    def __init__(self, *faults: Fault) -> None:
        """Take one fault or more, the gravest first: its status is the answer's."""
        if not faults:
            raise ValueError("a refusal names a fault")
        self.faults = faults
        super().__init__(*(f"{fault.problem.code} {fault.pointer}".strip() for fault in faults))


def _word(value: object, translate: Callable[[str], str]) -> object:
    if isinstance(value, tuple):
        return " / ".join(str(_word(one, translate)) for one in value)
    label = getattr(value, "label", None)
    return translate(label) if isinstance(label, str) else value
