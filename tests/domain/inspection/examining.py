"""One examination at 0202: An, Bo and Cai are posted there, their chief, and the enterprise."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from tests.domain.holding import (
    CHIEF,
    KEEPER,
    NOW,
    OFFICE,
    TRADER,
    held,
    hold_of,
    officer,
    trader,
)
from tests.facilities.accounts.factories import PersonFactory, PostingFactory
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.inspection import attendance, commands, officers, signing
from tongguan.domain.inspection.queries import draws, prepared
from tongguan.domain.inspection.values import PreparedRow, Seen
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.kernel.identifiers import DeclarationId, HoldId

NAMES = ("an", "bo", "cai")
PEOPLE = {name: officer(name, Role.INSPECTOR, OFFICE) for name in (*NAMES, "far")}
SOON = NOW + timedelta(hours=3)
SOUND = Seen(result="as declared")


@dataclass
class Examination:
    """A declaration whose goods are to be examined, and the acts of those whose they are."""

    id: DeclarationId
    hold_id: HoldId
    enterprise: Actor

    def act(self, by: Actor, now: datetime = NOW) -> dict[str, Any]:
        return {"declaration_id": self.id, "hold_id": self.hold_id, "by": by, "now": now}

    def draw(self, *present: str) -> tuple[Actor, Actor]:
        """Have An and Bo on duty, or others, and draw two; return them."""
        for name in present or ("an", "bo"):
            self.mark(name)
        officers.draw(**self.act(PEOPLE["an"]))
        return self.two()

    def mark(self, name: str, *, present: bool = True, by: Actor | None = None) -> None:
        who = by or PEOPLE[name]
        officers.mark_present(officer=name, office=OFFICE, present=present, by=who, now=NOW)

    def replace(self, name: str, *, why: str = "ill", by: Actor = PEOPLE["an"]) -> None:
        """Have one of the two leave and another be drawn: of those who are on duty then."""
        self.mark(name, present=False)
        officers.ask_replacement(absent=[name], ground="ILL", why=why, **self.act(by))
        self.confirm(CHIEF)

    def confirm(self, by: Actor) -> tuple[str, ...]:
        """Have somebody confirm the replacement that is asked for, as it is now."""
        read = draws([self.hold_id])[self.hold_id].wanted_sha256
        return officers.confirm_replacement(sha256=read, **self.act(by))

    def two(self) -> tuple[Actor, Actor]:
        first, second = draws([self.hold_id])[self.hold_id].officers
        return PEOPLE[first], PEOPLE[second]

    def appoint(self, *, by: Actor = PEOPLE["an"], **changes: Any) -> None:
        wanted = {"at": SOON, "place": " bay 3 ", **changes}
        commands.appoint(**wanted, **self.act(by))

    def attend(self, name: str = "Li Si", by: Actor = PEOPLE["an"]) -> None:
        attendance.note_attending(name=name, **self.act(by))

    def absent(self, ground: str, by: Actor = PEOPLE["an"], now: datetime = NOW) -> None:
        attendance.note_absence(ground=ground, **self.act(by, now))

    def declare_absence(self, ground: str = "DELEGATED", words: str = "to the terminal") -> None:
        attendance.declare_absence(ground=ground, words=words, **self.act(self.enterprise))

    def keep(self, by: Actor = KEEPER) -> None:
        attendance.attend_as_keeper(**self.act(by))

    def start(self, seals: str = "S1", by: Actor = PEOPLE["an"], why: str = "") -> None:
        commands.start(seals_before=seals, why=why, **self.act(by))

    def prepare(self, seen: Seen = SOUND, by: Actor = PEOPLE["an"], why: str = "") -> str:
        return signing.prepare(seen=seen, why=why, **self.act(by))

    def begin(self) -> tuple[Actor, Actor]:
        """Draw, attend, start: all that comes before a record."""
        two = self.draw()
        self.attend()
        self.start()
        return two

    def sign(self, by: Actor, sha256: str = "") -> bool:
        return signing.sign(sha256=sha256 or self.made().sha256, **self.act(by))

    def code(self) -> str:
        return signing.give_code(**self.act(self.enterprise))[0]

    def sign_by(self, code: str, by: Actor = PEOPLE["an"], now: datetime = NOW) -> bool:
        sealed = self.made().sha256
        return signing.sign_with_code(sha256=sealed, code=code, **self.act(by, now))

    def made(self) -> PreparedRow:
        return prepared([self.hold_id])[self.hold_id]

    def whole(self, **seen: Any) -> None:
        """Do all of it: with nothing found, or with what `seen` says."""
        two = self.begin()
        self.prepare(Seen(**({"result": "as declared"} | seen)))
        for one in two:
            self.sign(one)
        self.sign(self.enterprise)


def examination(*kinds: HoldKind, firm: int = 0, **changes: Any) -> Examination:
    """Return one at 0202, of the trader of the samples."""
    firm = firm or trader()
    id_ = held(firm, HoldKind.INSPECTION, *kinds, **changes)
    own = replace(TRADER, own_ids=frozenset({firm}), enterprise_ids=frozenset({firm}))
    return Examination(id_, hold_of(id_, HoldKind.INSPECTION), own)


def admit() -> None:
    """Admit the officers of 0202, their chief, and one who is posted elsewhere."""
    for name in NAMES:
        post(name)
    post("far", office="0101")
    post(CHIEF.name, role="CHIEF")


def post(name: str, role: str = "INSPECTOR", office: str = OFFICE) -> None:
    person = PersonFactory.create(username=name)
    PostingFactory.create(person=person, role=role, office=office)
