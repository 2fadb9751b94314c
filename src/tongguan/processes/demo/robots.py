"""Officers, traders and carriers of the demonstration, played by robots: each does its turn."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from tongguan.domain.cargo import commands as cargo
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import waiting
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.declarations.queries import content, heads
from tongguan.domain.inspection import commands as inspection
from tongguan.domain.inspection.officers import draw, mark_present
from tongguan.domain.inspection.queries import appointments, draws
from tongguan.domain.inspection.values import Signed
from tongguan.domain.release import commands as release
from tongguan.domain.release.queries import at_gate
from tongguan.domain.review import commands as review
from tongguan.domain.risk.queries import selection_of
from tongguan.domain.risk.values import Source
from tongguan.domain.transit import commands as transit
from tongguan.domain.transit.queries import movements
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.processes import sandbox
from tongguan.processes.demo.people import Cast

Turn = Callable[[HoldRow, datetime], None]
BROKERS: Final = ("broker", "broker2")
WITNESS: Final = "示例见证人 / demo witness"
INSPECTORS: Final = ("inspector", "inspector2", "inspector3", "inspector4")
FOUND_SOUGHT: Final = 0.22
FOUND_AT_RANDOM: Final = 0.05
LEFT_ALONE: Final = 16
"""One in so many holds is left to people, so that every list has something in it."""


class Robots:
    """They look at what waits and do what is theirs, each after its own while.

    Args:
        cast: everybody of the demonstration.
        seed: of their choices.
        pace: how long they take, of a real desk's time: 1 for the month, less for the stream.
        alone: account names that real people play now; their turns are left to them.
    """

    def __init__(self, cast: Cast, seed: int, *, pace: float = 1.0) -> None:
        """Take their places."""
        self._cast = cast
        self._random = random.Random(seed)  # noqa: S311 - choices of a play, not secrets
        self._pace = pace
        self._turns: Final[dict[HoldKind, tuple[timedelta, Turn]]] = {
            HoldKind.ARRIVAL: (timedelta(hours=20), self._arrive),
            HoldKind.REVIEW: (timedelta(hours=2), self._review),
            HoldKind.QUERY: (timedelta(hours=6), self._answer),
            HoldKind.SUMMONS: (timedelta(hours=30), self._visit),
            HoldKind.INSPECTION: (timedelta(hours=12), self._inspect),
            HoldKind.PAYMENT: (timedelta(hours=14), self._pay),
            HoldKind.TRANSIT: (timedelta(hours=8), self._move),
            HoldKind.CASE: (timedelta(days=4), self._decide),
        }

    def step(self, now: datetime) -> int:
        """Do what is due at a moment; return how many acts were done."""
        done = 0
        watcher = self._cast.actors["coordinator"]
        for hold in waiting(viewer=watcher, limit=200):
            after, turn = self._turns.get(hold.kind, (None, None))
            if after is None or turn is None or hold.id.int % LEFT_ALONE == 0:
                continue
            spread = 0.4 + (hold.id.int % 97) / 80
            if now - hold.opened_at < after * spread * self._pace:
                continue
            done += self._try(turn, hold, now)
        return done + self._let_out(now)

    def _try(self, turn: Turn, hold: HoldRow, now: datetime) -> int:
        try:
            turn(hold, now)
        except ProblemError:
            return 0  # somebody else was quicker
        return 1

    def _let_out(self, now: datetime) -> int:
        done = 0
        for order in at_gate(viewer=self._cast.actors["inspector2"], limit=200):
            waited = now - order.made_at
            if waited < timedelta(hours=5) * self._pace or order.id.int % LEFT_ALONE == 0:
                continue
            try:
                release.gate_out(
                    site=order.site, unit=order.unit, by=self._by("inspector2"), now=now
                )
            except ProblemError:
                continue
            done += 1
        return done

    def _by(self, name: str) -> Actor:
        return self._cast.actors[name]

    def _declarant(self, declaration_id: DeclarationId) -> Actor:
        """Return the broker who lodged a declaration."""
        lodged_by = heads([declaration_id])[declaration_id].declarant_id
        brokers = (self._by(name) for name in BROKERS)
        return next(broker for broker in brokers if lodged_by in broker.own_ids)

    def _arrive(self, hold: HoldRow, now: datetime) -> None:
        head = heads([hold.declaration_id])[hold.declaration_id]
        cargo.report_arrival(number=head.bill, site=head.site, by=self._by("carrier"), now=now)

    def _review(self, hold: HoldRow, now: datetime) -> None:
        by, id_ = self._by("reviewer"), hold.declaration_id
        dice = self._random.random()
        if dice < 0.2:
            question = "请提供第1项货物的合同 / Please send the contract for line 1"
            ground = "合同价格核对 / price check"
            review.ask(
                declaration_id=id_,
                question=question,
                ground=ground,
                document="00000004",
                by=by,
                now=now,
            )
        elif dice < 0.25:
            due = now + timedelta(days=3)
            subject = "原产地证明不清 / certificate of origin unclear"
            review.summon(declaration_id=id_, subject=subject, due=due, by=by, now=now)
        else:
            finding = "PRICE" if dice > 0.95 else ""
            words = "申报价格偏低 / price below like goods" if finding else ""
            review.close_review(
                declaration_id=id_, hold_id=hold.id, finding=finding, words=words, by=by, now=now
            )

    def _answer(self, hold: HoldRow, now: datetime) -> None:
        text = "合同见附件 / the contract is attached"
        review.answer_query(
            declaration_id=hold.declaration_id,
            hold_id=hold.id,
            text=text,
            by=self._declarant(hold.declaration_id),
            now=now,
        )

    def _visit(self, hold: HoldRow, now: datetime) -> None:
        review.record_visit(
            declaration_id=hold.declaration_id,
            hold_id=hold.id,
            words="已当面说明 / explained",
            by=self._by("reviewer"),
            now=now,
        )

    def _inspect(self, hold: HoldRow, now: datetime) -> None:
        by, id_ = self._by("inspector2"), hold.declaration_id
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
        drawn = self._draw(hold, now)
        inspection.note_witness(
            declaration_id=id_, hold_id=hold.id, witness=WITNESS, by=by, now=now
        )
        inspection.start(declaration_id=id_, hold_id=hold.id, seals_before="", by=by, now=now)
        found = self._random.random() < self._odds(hold.declaration_id)
        signed = Signed(
            officers=drawn,
            witness=WITNESS,
            result="数量不符 / quantity differs" if found else "与申报相符 / as declared",
            finding="QUANTITY" if found else "",
            packages_opened=3,
        )
        inspection.sign_record(declaration_id=id_, hold_id=hold.id, signed=signed, by=by, now=now)

    def _draw(self, hold: HoldRow, now: datetime) -> tuple[str, str]:
        """Have three inspectors on duty at the office and draw two of them, unless some were."""
        kept = draws([hold.id]).get(hold.id)
        if kept is None:
            able = sorted(name for name in INSPECTORS if hold.office in self._by(name).offices)
            for name in self._random.sample(able, min(3, len(able))):
                by = self._by("inspector2")
                mark_present(officer=name, office=hold.office, present=True, by=by, now=now)
            id_, by = hold.declaration_id, self._by("inspector2")
            first, second = draw(declaration_id=id_, hold_id=hold.id, by=by, now=now)
            return first, second
        first, second = kept.officers
        return first, second

    def _odds(self, declaration_id: DeclarationId) -> float:
        """Return how likely a finding is: what a profile sought out is wrong more often."""
        selection = selection_of(declaration_id)
        acting = [] if selection is None else [one for one in selection.reasons if one.acted]
        sought = any(one.source == str(Source.PROFILE) for one in acting)
        return FOUND_SOUGHT if sought else FOUND_AT_RANDOM

    def _pay(self, hold: HoldRow, now: datetime) -> None:
        by = self._declarant(hold.declaration_id)
        sandbox.pay(declaration_id=hold.declaration_id, by=by, now=now)

    def _move(self, hold: HoldRow, now: datetime) -> None:
        by, id_ = self._by("carrier"), hold.declaration_id
        moving = {row.declaration_id for row in movements(viewer=self._by("coordinator"))}
        if id_ in moving:
            transit.arrive(
                declaration_id=id_,
                intact=self._random.random() > 0.03,
                by=by,
                now=now,
            )
            return
        number = hold.id.int % 100_000
        transit.depart(
            declaration_id=id_,
            carrier="",
            vehicle=_vehicle(id_) or f"津D{number:05d}",
            seals=f"ES{number:05d}",
            by=by,
            now=now,
        )

    def _decide(self, hold: HoldRow, now: datetime) -> None:
        review.decide_case(
            declaration_id=hold.declaration_id,
            hold_id=hold.id,
            words="改单后放行 / released after correction",
            by=self._by("reviewer"),
            now=now,
        )


def _vehicle(declaration_id: DeclarationId) -> str:
    """Return the vehicle that a declaration names for the inland leg."""
    inland = content(declaration_id).transport.inland
    return "" if inland is None else inland.name or ""
