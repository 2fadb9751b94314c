"""A month of the demonstration's region: every way of clearing, every hold."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Final

from tongguan.domain.cargo import commands as cargo
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.declarations.queries import heads
from tongguan.domain.declarations.values import Mode
from tongguan.domain.parties.values import CreditClass
from tongguan.domain.permits import commands as permits
from tongguan.domain.permits.values import NewLicence
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.revenue import registers
from tongguan.domain.review.queries import queries_of
from tongguan.domain.risk.active import renew
from tongguan.domain.risk.seeds import commit_seed
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.processes import sandbox
from tongguan.processes.demo.goods import VISIT, Maker, Shipment
from tongguan.processes.demo.past import learn_model
from tongguan.processes.demo.people import MANDATES, Cast, admit, firm
from tongguan.processes.demo.profiles import approve_all, leave_waiting
from tongguan.processes.demo.reliefs import relief_cases
from tongguan.processes.demo.robots import Robots
from tongguan.processes.jobs import GROUP, follow
from tongguan.processes.lodgement.decide import local_day
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.values import Answer, Incoming
from tongguan.processes.selections import keep_promises

DAYS: Final = 30
STEP: Final = timedelta(hours=4)
SENT_MOST: Final = 3
"""So many shipments are sent in a step at the most: the month is set up within three minutes."""
MODES: Final = (
    Mode.REGIONAL,
    Mode.REGIONAL,
    Mode.REGIONAL,
    Mode.PORT,
    Mode.TRANSIT,
    Mode.LOCAL_DECLARED,
    Mode.LOCAL_RELEASED,
)
CERTIFIED: Final = frozenset({CreditClass.ADVANCED, CreditClass.CERTIFIED})
ARRIVED_FIRST: Final = 0.7
LICENSED: Final = 0.12
GRANTED: Final = 0.85
VISITS_MOST: Final = 40
SHOWN_MOST: Final = 80
"""So many shipments are sent at the end, at the most, until something waits of every kind."""


@dataclass(frozen=True)
class Stage:
    """The demonstration set up: who plays, what makes shipments, who acts."""

    cast: Cast
    maker: Maker
    robots: Robots
    seed: int


def set_up(
    *,
    seed: int,
    password: str,
    now: datetime,
    tell: Callable[[int, int], None],
    days: int = DAYS,
) -> Stage:
    """Admit everybody and play `days` up to now; `tell` hears days done and days in all.

    The same seed at the same moment plays the same: references, ways of clearing, holds.
    """
    began = now - timedelta(days=days)
    cast = admit(password=password, now=began)
    sandbox.open_bank(now=began)
    approve_all(cast, now=began)
    learn_model(cast, seed=seed, now=began)
    _give_guarantees(cast, began, now)
    _plant_seeds(seed, began, now)
    stage = Stage(cast, Maker(seed, snapshot(), local_day(now)), Robots(cast, seed), seed)
    dice = random.Random(seed)  # noqa: S311 - choices of a play, not secrets
    moment, day = began, None
    while moment < now:
        moment = min(moment + STEP, now)
        if day != local_day(moment):
            # What happened before is known anew each morning, however fast the month is played.
            day = local_day(moment)
            renew(day)
        keep_promises(moment)
        # A first decision is promised within three hours: reviewers do not wait for the next step.
        stage.robots.step(moment - STEP / 2, HoldKind.REVIEW)
        for _ in range(dice.randint(1, SENT_MOST)):
            send(stage, dice, moment)
        settle(moment)
        stage.robots.step(moment)
        settle(moment)
        tell((moment - began).days, days)
    go_every_way(stage, dice, now)
    show_every_hold(stage, dice, now)
    leave_to_visitors(stage, now)
    for shipment in relief_cases(stage.maker, cast, now=now):
        _lodge(stage, shipment, "broker2", now, arrived=True)
    leave_waiting(cast, now=now)
    settle(now)
    return stage


def send(stage: Stage, dice: random.Random, now: datetime, *, mode: Mode | None = None) -> Answer:
    """Lodge one invented shipment; most have arrived before, some need a licence."""
    sure = mode is Mode.LOCAL_RELEASED
    pairs = [pair for pair in MANDATES if not sure or firm(pair[0]).credit in CERTIFIED]
    principal, broker = dice.choice(pairs)
    asked = dice.choice(MODES) if mode is None else mode
    if asked is Mode.LOCAL_RELEASED and firm(principal).credit not in CERTIFIED:
        asked = Mode.REGIONAL
    licensed = dice.random() < LICENSED
    shipment = stage.maker.shipment(firm(principal), firm(broker), asked, now, licensed=licensed)
    if licensed and dice.random() < GRANTED:
        _grant(stage, shipment, principal, now)
    by = "broker" if broker == "tongda" else "broker2"
    return _lodge(stage, shipment, by, now, arrived=dice.random() < ARRIVED_FIRST)


def settle(now: datetime) -> None:
    """Let everything follow that follows."""
    while follow(now=now) == GROUP:
        pass


def show_every_hold(stage: Stage, dice: random.Random, now: datetime) -> None:
    """See that something waits of every kind: send more, and let officers begin what lacks."""
    robots, turns = stage.robots, stage.robots.turns
    begun = {HoldKind.QUERY, HoldKind.SUMMONS, HoldKind.CASE, HoldKind.INSTRUCTION}
    wanted = set(turns.of) - begun
    for place in range(SHOWN_MOST):
        here = [hold.kind for hold in robots.waiting()]
        if wanted <= set(here) and here.count(HoldKind.REVIEW) > len(begun):
            break
        send(stage, dice, now, mode=MODES[place % len(MODES)])
        settle(now)
    open_now = {hold.kind for hold in robots.waiting()}
    fresh = (
        hold for hold in robots.waiting(HoldKind.REVIEW) if not queries_of(hold.declaration_id)
    )
    reviews = iter(list(fresh))
    for kind, begin in (
        (HoldKind.QUERY, turns.ask),
        (HoldKind.SUMMONS, turns.summon),
        (HoldKind.CASE, turns.find),
        (HoldKind.INSTRUCTION, turns.stop),
    ):
        if kind not in open_now:
            _begin(begin, reviews, now)


def go_every_way(stage: Stage, dice: random.Random, now: datetime) -> None:
    """See that something was declared and released locally: what is selected falls back."""
    for _ in range(VISITS_MOST):
        answer = send(stage, dice, now, mode=Mode.LOCAL_RELEASED)
        ids = [] if answer.declaration_id is None else [DeclarationId(answer.declaration_id)]
        if any(head.mode is Mode.LOCAL_RELEASED for head in heads(ids).values()):
            return


def leave_to_visitors(stage: Stage, now: datetime) -> None:
    """See that one declaration of the broker's waits for its payment and for nothing else.

    Nobody knows before which of them customs selects: those that are drawn go their way.
    """
    trader, broker = firm("haihe"), firm("tongda")
    for place in range(1, VISITS_MOST + 1):
        reference = f"{VISIT}{place}"
        shipment = stage.maker.shipment(trader, broker, Mode.REGIONAL, now, visit=reference)
        answer = _lodge(stage, shipment, "broker", now, arrived=True)
        if {hold.kind for hold in answer.holds} == {HoldKind.PAYMENT}:
            return


def _grant(stage: Stage, shipment: Shipment, principal: str, now: datetime) -> None:
    """Let the ministry grant twice as much as the shipment's licensed line uses."""
    line = shipment.licensed
    if line is None:
        return
    [permit] = line.permits
    licence = NewLicence(
        permit.kind or "",
        permit.number or "",
        stage.cast.firms[principal],
        2 * (line.first.value or Decimal(0)),
        line.first.unit or "",
        local_day(now) - timedelta(days=10),
        local_day(now) + timedelta(days=350),
    )
    permits.grant(licence=licence, by=stage.cast.actors["ministry"], now=now)


def _lodge(stage: Stage, shipment: Shipment, by: str, now: datetime, *, arrived: bool) -> Answer:
    carrier = stage.cast.actors["carrier"]
    cargo.receive_manifest(shipment.manifest, by=carrier, now=now)
    if arrived:
        bill = shipment.manifest.bills[0].number
        cargo.report_arrival(number=bill, site=shipment.site, by=carrier, now=now)
    [answer] = lodge([_incoming(shipment)], by=stage.cast.actors[by], now=now)
    return answer


def _incoming(shipment: Shipment) -> Incoming:
    sealed = sha256(shipment.manifest.number.encode()).digest()
    return Incoming(shipment.submission, None, sealed, "json")


def _give_guarantees(cast: Cast, began: datetime, now: datetime) -> None:
    for key in ("binhai", "yongding"):
        registers.register_guarantee(
            number=f"DEMO-G-{key.upper()}",
            enterprise_id=cast.firms[key],
            limit_cny=Decimal(5_000_000),
            valid_from=began.date(),
            valid_until=now.date() + timedelta(days=365),
            by=SYSTEM,
            now=began,
        )


def _begin(
    begin: Callable[[HoldRow, datetime], None], reviews: Iterator[HoldRow], now: datetime
) -> None:
    """Begin something at the first review that allows it: one may have been asked enough."""
    for review in reviews:
        try:
            begin(review, now)
        except ProblemError:
            continue
        return


def _plant_seeds(seed: int, began: datetime, now: datetime) -> None:
    """Make the seeds of the days played from that of the play, so that the draws repeat too."""
    first, last = local_day(began), local_day(now)
    for place in range((last - first).days + 1):
        day = first + timedelta(days=place)
        commit_seed(day, now=began, make=sha256(f"{seed}/{day.isoformat()}".encode()).digest)
