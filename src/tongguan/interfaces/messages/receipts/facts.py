"""What an answer tells: one fact of a declaration's life, whatever the format."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Told:
    """One problem as an answer tells it: code, words, and where in the sender's own document."""

    code: str
    words: str = ""
    place: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Levied:
    """One charge of a line: tax by its code in `revenue`, base, rate as a share of 1, amount."""

    line: int
    tax: str
    base: Decimal
    rate: Decimal | None
    amount: Decimal
    currency: str = "CNY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One accepted fact, to be told.

    Attributes:
        kind: `ACCEPTED`, `REJECTED`, `RELEASED`, `HOLD_OPENED:QUERY` … as `projection.csv` lists.
        mark: which of several ways of telling it, as the same table lists: `summary`, `papers`.
        id: a reference of the answer's own, 35 characters at most.
        at: when it became so, aware.
        reference: the trader's own reference.
        sequence: the number given when the message was saved.
        declared_at: when the declaration was lodged.
        words: what an officer adds.
        due_at: until when the trader's turn lasts.
    """

    kind: str
    mark: str = ""
    id: str = ""
    at: datetime
    reference: str = ""
    number: str = ""
    sequence: str = ""
    office: str = ""
    version: int | None = None
    words: str = ""
    due_at: datetime | None = None
    declared_at: datetime | None = None
    entry_date: date | None = None
    charges: tuple[Levied, ...] = ()
    problems: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """An answer that was read.

    Attributes:
        code: the format's own code, kept whether known or not.
        words: the answer's text as it stands.
        fact: what it tells; its kind is empty where the code is not known here, and then it
            changes nothing.
    """

    code: str
    words: str
    fact: Fact

    @property
    def key(self) -> tuple[str, str, datetime]:
        """Return what makes it the same answer again: number, code, moment."""
        return (self.fact.number or self.fact.sequence, self.code, self.fact.at)
