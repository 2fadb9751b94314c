"""How the demonstration examines goods: drawn officers, who attends, a record that each signs."""

import random
from datetime import datetime
from typing import Any, Final

from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.declarations.queries import content, heads
from tongguan.domain.inspection import attendance, signing
from tongguan.domain.inspection import commands as inspection
from tongguan.domain.inspection.holding import listed_seals, require_goods
from tongguan.domain.inspection.officers import draw, mark_present
from tongguan.domain.inspection.queries import draws
from tongguan.domain.inspection.values import AbsenceGround, Finding, Seen
from tongguan.domain.risk.queries import facts_of
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.identifiers import DeclarationId
from tongguan.processes.demo.people import Cast
from tongguan.processes.demo.truth import odds

INSPECTORS: Final = ("inspector", "inspector2", "inspector3", "inspector4")
ATTENDING: Final = "示例到场人员 / demo attending person"
DELEGATED: Final = 0.2
"""So often the keeper of the goods attends where he plays, in place of the enterprise."""
SHORT: Final = 2
"""So many packages are missing where something is found."""


class Examinations:
    """The two officers who are drawn, the broker's person, and the keeper of the goods."""

    def __init__(self, cast: Cast) -> None:
        """Take the cast."""
        self._cast = cast

    def hold(self, hold: HoldRow, now: datetime, dice: random.Random) -> None:
        """Examine goods that are here, and let all sign."""
        require_goods(hold)
        first, second = self._draw(hold, now, dice)
        id_ = hold.declaration_id
        act: dict[str, Any] = {"declaration_id": id_, "hold_id": hold.id, "now": now}
        head, keeper = heads([id_])[id_], self._cast.actors["keeper"]
        delegated = head.site in keeper.sites and dice.random() < DELEGATED
        if delegated:
            ground = str(AbsenceGround.DELEGATED)
            words = "委托监管作业场所经营人到场 / the site operator attends"
            broker = self._cast.declarant(id_)
            attendance.declare_absence(ground=ground, words=words, by=broker, **act)
            attendance.note_absence(ground=ground, by=first, **act)
            attendance.attend_as_keeper(by=keeper, **act)
        else:
            attendance.note_attending(name=ATTENDING, by=first, **act)
        seals = " ".join(listed_seals(hold))
        inspection.start(seals_before=seals, by=first, **act)
        sealed = signing.prepare(seen=_seen(id_, dice), by=first, **act)
        for officer in (first, second):
            signing.sign(sha256=sealed, by=officer, **act)
        if delegated:
            signing.sign(sha256=sealed, by=keeper, **act)
        else:
            code, _until = signing.give_code(by=self._cast.declarant(id_), **act)
            signing.sign_with_code(sha256=sealed, code=code, by=second, **act)

    def _draw(self, hold: HoldRow, now: datetime, dice: random.Random) -> tuple[Actor, Actor]:
        """Have three inspectors on duty at the office and draw two of them, unless some were."""
        kept, people = draws([hold.id]).get(hold.id), self._cast.actors
        if kept is None:
            able = sorted(name for name in INSPECTORS if hold.office in people[name].offices)
            here = dice.sample(able, min(3, len(able)))
            for name in here:
                mark_present(
                    officer=name, office=hold.office, present=True, by=people[name], now=now
                )
            drawn = draw(
                declaration_id=hold.declaration_id, hold_id=hold.id, by=people[here[0]], now=now
            )
        else:
            drawn = kept.officers
        first, second = (people[name] for name in drawn)
        return first, second


def likely(declaration_id: DeclarationId) -> float:
    """Return how likely it is that who looks finds something."""
    facts = facts_of(declaration_id)
    return 0.0 if facts is None else odds(facts)


def _seen(declaration_id: DeclarationId, dice: random.Random) -> Seen:
    count = content(declaration_id).packages.count or 0
    if dice.random() < likely(declaration_id):
        finding, found = str(Finding.QUANTITY), max(0, count - SHORT) if count else 1
        words = "数量不符 / quantity differs"
        return Seen(result=words, finding=finding, packages_found=found, packages_opened=3)
    return Seen(result="与申报相符 / as declared", packages_found=count or None, packages_opened=3)
