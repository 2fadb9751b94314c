"""Plain data that the parts of a page are given. Words come translated, moments aware."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Coded:
    """A code with its names: `Coded("0202", "新港海关", "Xingang")`."""

    code: str
    chinese: str = ""
    english: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """One act: its words and where it leads. `post` asks first when `question` is set."""

    words: str
    url: str
    post: bool = False
    question: str = ""
    consequence: str = ""
    danger: bool = False
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HoldCard:
    """One hold as its card shows it.

    Attributes:
        what: the kind of hold: "Payment".
        why: the reason, one sentence.
        turn: TRADER, CUSTOMS, CARRIER or AGENCY.
        mine: it is the reader's turn.
        where: the office.
        ended_at: when it was discharged; None while it is open.
        ended_by: who or what ended it.
    """

    what: str
    why: str
    turn: str
    since: datetime
    mine: bool = False
    where: Coded | None = None
    until: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    button: Button | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """One figure that went into an amount: its words, its value as shown, where it is from."""

    words: str
    value: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Derivation:
    """How an amount came about.

    Attributes:
        formula: with the words of the inputs: "customs value × rate".
        worked: the same with figures: "213,156.00 × 15 %".
        rule: the rule's name and version.
        source: the law it stands in.
    """

    title: str
    amount: Decimal
    currency: str
    formula: str
    worked: str = ""
    rule: str = ""
    source: str = ""
    inputs: Sequence[Input] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """One problem as told to the reader; `Fault.told` gives the first five.

    Attributes:
        pointer: JSON pointer as URI fragment, `#/lines/2/net_mass_kg`; empty when of the whole.
        place: the same place in words: "Line 3, net mass".
        button: a remedy that one press brings about.
    """

    code: str
    title: str
    detail: str
    remedy: str = ""
    pointer: str = ""
    place: str = ""
    source_path: str = ""
    warning: bool = False
    button: Button | None = None

    @property
    def field_id(self) -> str:
        """Return the id of the field it is about."""
        return field_id(self.pointer)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Someone a visitor of the demonstration can sign in as."""

    name: str
    role: str
    login: str
    password: str


def field_id(pointer: str) -> str:
    """Return the id of the form field that a JSON pointer leads to.

    >>> field_id("#/lines/2/net_mass_kg")
    'f-lines-2-net_mass_kg'
    """
    parts = [part for part in pointer.removeprefix("#").split("/") if part]
    return "-".join(["f", *parts]) if parts else "problems"
