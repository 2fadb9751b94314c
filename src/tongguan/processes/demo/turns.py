"""What each person of the demonstration does when it is his turn."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from tongguan.domain.cargo import commands as cargo
from tongguan.domain.cargo.queries import bills
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.coordination import commands as coordination
from tongguan.domain.coordination.queries import instructions_of
from tongguan.domain.declarations.queries import content, heads
from tongguan.domain.inspection import commands as inspection
from tongguan.domain.inspection.queries import appointments
from tongguan.domain.permits import commands as permits
from tongguan.domain.permits.problems import LICENCE_UNKNOWN
from tongguan.domain.permits.values import NewLicence
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.review import commands as review
from tongguan.domain.review import revocations
from tongguan.domain.review.cases import decide_case
from tongguan.domain.review.queries import case_decisions, queries_of
from tongguan.domain.review.values import Consequence, Ground
from tongguan.domain.transit import commands as transit
from tongguan.domain.transit.queries import may_arrive, moving_since, seals_of
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.processes import sandbox
from tongguan.processes.demo.examinations import Examinations, likely
from tongguan.processes.demo.people import Cast
from tongguan.processes.lodgement.decide import local_day

Turn = Callable[[HoldRow, datetime, random.Random], None]

ASKED: Final = 0.2
"""So many checks begin with a question, and one in four of these ends with a visit."""
SUMMONED: Final = 0.25
ON_THE_ROAD: Final = timedelta(hours=10)
"""So long goods move under seal."""
REFUSED: Final = 0.15
AMENDED: Final = 0.2
"""So many findings end with a refusal, and with an amendment that is to come;"""
UNDER_WAY: Final = timedelta(days=2)
"""so long such a case waits."""


class Turns:
    """The acts, each by the person whose it is; every one may be refused with a problem."""

    def __init__(self, cast: Cast, *, pace: float) -> None:
        """Take the cast, and how long things take of a real desk's time."""
        self._cast = cast
        self._pace = pace
        self.examinations: Final = Examinations(cast)
        self.of: Final[dict[HoldKind, tuple[timedelta, Turn]]] = {
            HoldKind.ARRIVAL: (timedelta(hours=20), self.arrive),
            HoldKind.REVIEW: (timedelta(hours=1), self.review),
            HoldKind.QUERY: (timedelta(hours=6), self.answer),
            HoldKind.SUMMONS: (timedelta(hours=30), self.visit),
            HoldKind.INSPECTION: (timedelta(hours=12), self.inspect),
            HoldKind.PERMIT: (timedelta(hours=7), self.confirm),
            HoldKind.PAYMENT: (timedelta(hours=14), self.pay),
            HoldKind.TRANSIT: (timedelta(hours=8), self.move),
            HoldKind.CASE: (timedelta(days=4), self.decide),
            HoldKind.INSTRUCTION: (timedelta(hours=9), self.lift),
        }

    def by(self, name: str) -> Actor:
        """Return somebody by his account name."""
        return self._cast.actors[name]

    def arrive(self, hold: HoldRow, now: datetime, dice: random.Random) -> None:
        """The carrier reports the goods; now and then they do not come."""
        if dice.random() < 0.04:
            words = "货物未运抵 / the goods did not come"
            revocations.cancel(
                declaration_id=hold.declaration_id,
                ground=str(Ground.NOT_COME),
                words=words,
                by=self.by("reviewer"),
                now=now,
            )
            return
        head = heads([hold.declaration_id])[hold.declaration_id]
        cargo.report_arrival(number=head.bill, site=head.site, by=self.by("carrier"), now=now)

    def review(self, hold: HoldRow, now: datetime, dice: random.Random) -> None:
        """The reviewer asks once, perhaps summons once; then he closes, with what he found."""
        asked = queries_of(hold.declaration_id)
        if any(one.answered_at is None for one in asked):
            return
        kinds = {HoldKind(one.kind) for one in asked}
        if not asked and dice.random() < ASKED:
            self.ask(hold, now)
        elif kinds == {HoldKind.QUERY} and dice.random() < SUMMONED:
            self.summon(hold, now)
        else:
            wrong = dice.random() < likely(hold.declaration_id)
            self.close(hold, now, "PRICE" if wrong else "")

    def ask(self, hold: HoldRow, now: datetime) -> None:
        """The reviewer asks for the contract."""
        review.ask(
            declaration_id=hold.declaration_id,
            question="请提供第1项货物的合同 / Please send the contract for line 1",
            ground="合同价格核对 / price check",
            document="00000004",
            by=self.by("reviewer"),
            now=now,
        )

    def summon(self, hold: HoldRow, now: datetime) -> None:
        """The reviewer asks the declarant to the office."""
        review.summon(
            declaration_id=hold.declaration_id,
            subject="原产地证明不清 / certificate of origin unclear",
            due=now + timedelta(days=10),
            by=self.by("reviewer"),
            now=now,
        )

    def close(self, hold: HoldRow, now: datetime, finding: str) -> None:
        """The reviewer closes the check; a finding opens a case."""
        review.close_review(
            declaration_id=hold.declaration_id,
            hold_id=hold.id,
            finding=finding,
            words="申报价格偏低 / price below like goods" if finding else "",
            by=self.by("reviewer"),
            now=now,
        )

    def find(self, hold: HoldRow, now: datetime) -> None:
        """The reviewer closes the check with a finding."""
        self.close(hold, now, "PRICE")

    def answer(self, hold: HoldRow, now: datetime, dice: random.Random) -> None:
        """The broker who lodged answers."""
        review.answer_query(
            declaration_id=hold.declaration_id,
            hold_id=hold.id,
            text="合同见附件 / the contract is attached",
            by=self._declarant(hold.declaration_id),
            now=now,
        )

    def visit(self, hold: HoldRow, now: datetime, dice: random.Random) -> None:
        """The reviewer records that the declarant came."""
        review.record_visit(
            declaration_id=hold.declaration_id,
            hold_id=hold.id,
            words="已当面说明 / explained",
            by=self.by("reviewer"),
            now=now,
        )

    def inspect(self, hold: HoldRow, now: datetime, dice: random.Random) -> None:
        """The inspector appoints, and when the hour has come the two who are drawn examine."""
        by, id_ = self.by("inspector2"), hold.declaration_id
        kept = appointments([hold.id]).get(hold.id)
        if kept is None:
            at = now + timedelta(hours=10) * self._pace
            place = "3号查验台 / bay 3"
            inspection.appoint(
                declaration_id=id_, hold_id=hold.id, at=at, place=place, by=by, now=now
            )
            return
        if now < kept.at:
            return
        self.examinations.hold(hold, now, dice)

    def confirm(self, hold: HoldRow, now: datetime, dice: random.Random) -> None:
        """The ministry confirms a licence that it granted, and declines one it does not know.

        Where one is missing it grants it, and the broker names it.
        """
        if hold.why is Why.LICENCE_MISSING:
            self._name(hold, now)
            return
        try:
            permits.confirm(hold_id=hold.id, by=self.by("ministry"), now=now)
        except ProblemError as error:
            if error.faults[0].problem is not LICENCE_UNKNOWN:
                raise
            words = "无此许可证 / no such licence"
            permits.decline(hold_id=hold.id, words=words, by=self.by("ministry"), now=now)

    def _name(self, hold: HoldRow, now: datetime) -> None:
        id_, facts, day = hold.declaration_id, hold.facts, now.date()
        number = f"DEMO-N{facts['kind']}-{hold.number[-9:]}"
        licence = NewLicence(
            facts["kind"],
            number,
            heads([id_])[id_].trader_id,
            Decimal(facts["quantity"]),
            facts["unit"],
            day - timedelta(days=60),
            day + timedelta(days=300),
        )
        permits.grant(licence=licence, by=self.by("ministry"), now=now)
        by = self._declarant(id_)
        permits.name_licence(declaration_id=id_, hold_id=hold.id, number=number, by=by, now=now)

    def pay(self, hold: HoldRow, now: datetime, dice: random.Random) -> None:
        """The broker who lodged pays at the sandbox bank."""
        by = self._declarant(hold.declaration_id)
        sandbox.pay(declaration_id=hold.declaration_id, by=by, now=now)

    def move(self, hold: HoldRow, now: datetime, dice: random.Random) -> None:
        """The carrier leaves under seal when the goods are there; an inspector sees them arrive.

        Seals are seldom broken; nothing arrives sooner than the way allows.
        """
        by, id_ = self.by("carrier"), hold.declaration_id
        left_at = moving_since(id_)
        if left_at is not None:
            site = snapshot().region.sites_of(hold.office, local_day(now))[0].code
            if now - left_at < ON_THE_ROAD * self._pace or not may_arrive(id_, site=site, now=now):
                return
            intact = dice.random() > 0.03
            transit.arrive(
                declaration_id=id_,
                intact=intact,
                seals=seals_of(id_),
                site=site,
                by=self.by("inspector2"),
                now=now,
            )
            return
        bill = heads([id_])[id_].bill
        if not bills([bill]).answer()[bill].arrived:
            return
        number = dice.randrange(100_000)
        transit.depart(
            declaration_id=id_,
            carrier="",
            vehicle=_vehicle(id_) or f"津D{number:05d}",
            seals=f"ES{number:05d}",
            by=by,
            now=now,
        )

    def decide(self, hold: HoldRow, now: datetime, dice: random.Random) -> None:
        """The second reviewer decides what follows; what stays open a coordinator ends later."""
        decided = [one for one in case_decisions(hold.declaration_id) if one.hold_id == hold.id]
        if decided and now - decided[-1].decided_at < UNDER_WAY * self._pace:
            return
        lot = dice.random()
        if decided:
            consequence, words = Consequence.NONE, "已查清 / cleared up"
        elif lot < REFUSED:
            consequence, words = Consequence.REFUSAL, "单货不符 / goods and papers do not agree"
        elif lot < REFUSED + AMENDED:
            consequence, words = Consequence.AMENDMENT, "请申请改单 / please ask for an amendment"
        else:
            consequence, words = Consequence.NONE, "差异已说明 / the difference was explained"
        decide_case(
            declaration_id=hold.declaration_id,
            hold_id=hold.id,
            consequence=str(consequence),
            words=words,
            by=self.by("coordinator" if decided else "reviewer2"),
            now=now,
        )

    def stop(self, hold: HoldRow, now: datetime) -> None:
        """The coordination centre stops a declaration by hand, once."""
        if instructions_of(hold.declaration_id):
            return
        coordination.stop(
            declaration_id=hold.declaration_id,
            reason="线索待核实 / a report is looked into",
            by=self.by("coordinator"),
            now=now,
        )

    def lift(self, hold: HoldRow, now: datetime, dice: random.Random) -> None:
        """One coordinator asks for the lifting; when he has, another confirms it."""
        asked = any(row.lift_asked_by for row in instructions_of(hold.declaration_id))
        coordination.lift(
            declaration_id=hold.declaration_id,
            words="线索已排除 / nothing in it",
            by=self.by("coordinator2" if asked else "coordinator"),
            now=now,
        )

    def _declarant(self, declaration_id: DeclarationId) -> Actor:
        """Return the broker who lodged a declaration."""
        return self._cast.declarant(declaration_id)


def _vehicle(declaration_id: DeclarationId) -> str:
    """Return the vehicle that a declaration names for the inland leg."""
    inland = content(declaration_id).transport.inland
    return "" if inland is None else inland.name or ""
