"""Officers on duty, and how those of an examination were chosen, as they travel."""

from dataclasses import dataclass
from datetime import date, datetime

from msgspec import Struct

from tongguan.domain.inspection.rules.requests import request_hash
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.text import Term, _


class Mark(Term):
    """What a mark says of an officer at an office on a day."""

    PRESENT = "", _("present")
    ABSENT = "ABSENT", _("absent")


class Chosen(Term):
    """How officers of an examination were chosen."""

    DRAWN = "DRAWN", _("drawn at random")
    NAMED = "NAMED", _("named by hand, as an exception from the draw")


class Candidate(Struct, frozen=True, kw_only=True):
    """An officer who could be drawn: where he is posted as what, and who marked him present.

    Attributes:
        officer: account name.
        office: where he is posted and was marked present.
        role: as what he is posted there.
        mark: number of the mark of presence, in the table of marks.
        marked_by: account that marked him.
        marked_at: when.
    """

    officer: str
    office: str
    role: str
    mark: int
    marked_by: str
    marked_at: datetime


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One choice of officers for an examination, with all that decides it.

    Attributes:
        round: 0 draws the two; a later one draws or names who acts in place of some of them.
        office: where the examination is held.
        seed_day: whose seed it was drawn with.
        key: what it was drawn by.
        candidates: who was present and could be chosen, in order of name.
        chosen: who came out, in the order of the draw; or who was named.
        in_place_of: who acts no more by this choice.
        ground: code of `ReplacementGround`, empty in round 0.
    """

    hold_id: HoldId
    round: int
    office: str
    how: Chosen
    seed_day: date
    key: str
    candidates: tuple[Candidate, ...]
    chosen: tuple[str, ...]
    in_place_of: tuple[str, ...]
    ground: str
    why: str
    asked_by: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One mark that an officer is on duty at an office, or no longer."""

    officer: str
    office: str
    mark: Mark
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class DrawRow:
    """The officers of one inspection: drawn of those present, by the seed of a day, or replaced.

    Attributes:
        office: where the inspection is held.
        seed_day: whose seed was drawn with, so that anyone entitled can draw again.
        present: who was on duty and qualified, in order of name.
        drawn: the two that were drawn.
        officers: the two that hold it; the same, or others for the reason `why`.
        wanted: who is named in place of some of these; nothing where a substitute is to be drawn.
        wanted_for: who of these is to act no more; nothing where nobody asks.
        wanted_ground: code of `ReplacementGround`.
        choices: every draw, and every naming by hand; none in records of earlier releases.
        wanted_askers: who asked since the last choice, the last of them for what is wanted now.
    """

    hold_id: HoldId
    declaration_id: DeclarationId
    office: str
    seed_day: date
    present: tuple[str, ...]
    drawn: tuple[str, ...]
    drawn_at: datetime
    officers: tuple[str, ...]
    why: str = ""
    replaced_by: str = ""
    wanted: tuple[str, ...] = ()
    wanted_ground: str = ""
    wanted_why: str = ""
    wanted_by: str = ""
    wanted_for: tuple[str, ...] = ()
    choices: tuple[ChoiceRow, ...] = ()
    wanted_askers: tuple[str, ...] = ()

    @property
    def next_round(self) -> int:
        """Return the number of the choice that comes next, after the draw of the two."""
        return max((one.round for one in self.choices), default=0) + 1

    @property
    def wanted_sha256(self) -> str:
        """Return the hash of what is asked; empty where nobody asks."""
        if not self.wanted_by:
            return ""
        return request_hash(
            self.hold_id,
            self.next_round,
            absent=self.wanted_for,
            named=self.wanted,
            ground=self.wanted_ground,
            why=self.wanted_why,
            asked_by=self.wanted_by,
        )

    @property
    def drawn_of(self) -> tuple[int, ...]:
        """Return of how many officers present each draw was made."""
        found = [len(one.candidates) for one in self.choices if one.how is Chosen.DRAWN]
        return tuple(found) if self.choices else (len(self.present),)

    @property
    def named(self) -> tuple[str, ...]:
        """Return those who hold it because they were named by hand."""
        if not self.choices:
            return tuple(name for name in self.officers if name not in self.drawn)
        by_hand = {name for one in self.choices if one.how is Chosen.NAMED for name in one.chosen}
        return tuple(name for name in self.officers if name in by_hand)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """An inspector posted at an office, and whether he is marked present on a day.

    Attributes:
        elsewhere: another office at which he is marked present that day, or nothing.
        last: the last mark of that day; None where nobody marked him.
        number: that of the last mark.
    """

    officer: str
    present: bool
    elsewhere: str = ""
    last: MarkRow | None = None
    number: int = 0
