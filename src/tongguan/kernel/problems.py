"""Refusals: what is wrong, where, and what to do, as catalogue entries; and how many are told."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from tongguan.kernel.text import _

MOST_TOLD: Final = 1_000
"""So many faults of one document are told; of the rest the number."""
_FORMLESS: Final = "\N{REPLACEMENT CHARACTER}"
_MOST_SHOWN: Final = 400
"""So many characters of a fact or a place are shown: what strangers send may be of any length."""
_MOST_CODES: Final = 20
"""So many codes of a refusal are listed for the log."""
_codes: ContextVar[dict[str, None] | None] = ContextVar("codes", default=None)


@contextmanager
def codes_told() -> Iterator[Iterable[str]]:
    """Yield a list that fills with the codes of what is refused within, each once; no warnings."""
    codes: dict[str, None] = {}
    token = _codes.set(codes)
    try:
        yield codes
    finally:
        _codes.reset(token)


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
        codes = _codes.get()
        if codes is not None and not self.problem.warning and len(codes) < _MOST_CODES:
            codes[self.problem.code] = None
        return {
            "code": self.problem.code,
            "pointer": cut(self.pointer),
            "title": translate(self.problem.title),
            "detail": translate(self.problem.detail).format(**facts),
            "remedy": translate(self.problem.remedy).format(**facts),
        }


class ProblemError(Exception):
    """A foreseen refusal, with the faults found: the first of them, and how many more."""

    def __init__(self, *faults: Fault) -> None:
        """Take one fault or more, the gravest first: its status is the answer's."""
        if not faults:
            raise ValueError("a refusal names a fault")
        self.faults = first_of(faults)
        super().__init__(
            *(f"{fault.problem.code} {fault.pointer}".strip() for fault in self.faults)
        )


MORE: Final = Problem(
    code="GEN-001",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("More faults were found"),
    detail=_("{count} more faults were found and are not listed."),
    remedy=_("Correct those that are listed, and send it again."),
)
MORE_WARNINGS: Final = Problem(
    code="GEN-002",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("More warnings were found"),
    detail=_("{count} more warnings were found and are not listed."),
    remedy=_("See to those that are listed first."),
    warning=True,
)
UNFIT: Final = Problem(
    code="GEN-003",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("A sign cannot stand in a text"),
    detail=_("{sign} cannot stand in this text."),
    remedy=_("Write it without control characters and signs that turn the order of text."),
)
TOO_LONG: Final = Problem(
    code="GEN-004",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("A text is too long"),
    detail=_("{count} characters are too many: {most} have room here."),
    remedy=_("Say it shorter; papers hold the rest."),
)


class Faults(list[Fault]):
    """A list of faults that stays short whatever is read: it keeps the first, and counts the rest.

    Refusals and warnings are counted apart, so that no refusal is lost behind warnings.

    Attributes:
        most: how many of each are kept.
        more: how many refusals were found beyond those that are kept.
        more_warnings: how many warnings.
    """

    def __init__(self, faults: Iterable[Fault] = (), *, most: int = MOST_TOLD) -> None:
        """Take the faults found so far."""
        super().__init__()
        self.most = most
        self.more = 0
        self.more_warnings = 0
        self._refusals = 0
        self.extend(faults)

    def append(self, fault: Fault) -> None:
        """Keep a fault, or count it where there are enough; what a list counted is added up."""
        problem = fault.problem
        if problem is MORE:
            self.more += int(str(fault.facts["count"]))
        elif problem is MORE_WARNINGS:
            self.more_warnings += int(str(fault.facts["count"]))
        elif problem.warning:
            if len(self) - self._refusals < self.most:
                super().append(fault)
            else:
                self.more_warnings += 1
        elif self._refusals < self.most:
            self._refusals += 1
            super().append(fault)
        else:
            self.more += 1

    def extend(self, faults: Iterable[Fault]) -> None:
        """Keep faults, or count them, one by one."""
        for fault in faults:
            self.append(fault)

    @property
    def refused(self) -> bool:
        """Return whether something refuses what was read."""
        return self._refusals > 0

    @property
    def full(self) -> bool:
        """Return whether refusals were found beyond those that are kept."""
        return self.more > 0

    def told(self) -> tuple[Fault, ...]:
        """Return the faults that are told: those kept, and how many more there are."""
        rest = (
            problem.at("", count=count)
            for problem, count in ((MORE, self.more), (MORE_WARNINGS, self.more_warnings))
            if count
        )
        return (*self, *rest)


def first_of(faults: Iterable[Fault], most: int = MOST_TOLD) -> tuple[Fault, ...]:
    """Return the first faults, and behind them the number of the rest."""
    return Faults(faults, most=most).told()


def cut(text: str, most: int = _MOST_SHOWN) -> str:
    r"""Return a text as it is shown: cut where it is longer than anybody would read.

    What has no form, such as NUL, half a character or a turn of the writing, becomes a mark: it can
    neither be kept nor be sent, or shows another text than it is.

    >>> cut("abcdef", 4), cut("a\x00b")
    ('abc…', 'a�b')
    """
    shown = text if len(text) <= most else f"{text[: most - 1]}…"
    if shown.isprintable():
        return shown
    return "".join(one if one.isprintable() or one.isspace() else _FORMLESS for one in shown)


def _word(value: object, translate: Callable[[str], str]) -> object:
    if isinstance(value, tuple):
        return cut(" / ".join(str(_word(one, translate)) for one in value))
    label = getattr(value, "label", None)
    if not isinstance(label, str):
        return cut(value) if isinstance(value, str) else value
    facts = getattr(value, "facts", None)
    if not facts:
        return translate(label)
    return translate(label).format(**{name: _word(one, translate) for name, one in facts.items()})
