"""A month of the demonstration's region: every way of clearing, every hold."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Final

from tongguan.domain.cargo import commands as cargo
from tongguan.domain.declarations.values import Mode
from tongguan.domain.parties.values import CreditClass
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.revenue import commands as revenue
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.processes import sandbox
from tongguan.processes.demo.goods import Maker
from tongguan.processes.demo.people import MANDATES, Cast, admit, firm
from tongguan.processes.demo.profiles import approve_all, leave_waiting
from tongguan.processes.demo.robots import Robots
from tongguan.processes.jobs import follow
from tongguan.processes.lodgement.decide import local_day
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.values import Answer, Incoming
from tongguan.processes.selections import keep_promises

DAYS: Final = 30
STEP: Final = timedelta(hours=4)
MODES: Final = (
    Mode.REGIONAL,
    Mode.REGIONAL,
    Mode.REGIONAL,
    Mode.PORT,
    Mode.TRANSIT,
    Mode.LOCAL_DECLARED,
    Mode.LOCAL_RELEASED,
)
CERTIFIED: Final = frozenset({CreditClass.ADVANCED, CreditClass.GENERAL_CERTIFIED})
ARRIVED_FIRST: Final = 0.7


@dataclass(frozen=True)
class Stage:
    """The demonstration set up: who plays, what makes shipments, who acts."""

    cast: Cast
    maker: Maker
    robots: Robots
    seed: int


def set_up(*, seed: int, password: str, now: datetime, tell: Callable[[int, int], None]) -> Stage:
    """Admit everybody and play a month up to now; `tell` hears days done and days in all."""
    began = now - timedelta(days=DAYS)
    cast = admit(password=password, now=began)
    sandbox.open_bank(now=began)
    approve_all(cast, now=began)
    for key in ("binhai", "yongding"):
        revenue.register_guarantee(
            number=f"DEMO-G-{key.upper()}",
            enterprise_id=cast.firms[key],
            limit_cny=Decimal(5_000_000),
            valid_from=began.date(),
            valid_until=now.date() + timedelta(days=365),
            by=SYSTEM,
            now=began,
        )
    stage = Stage(cast, Maker(seed, snapshot(), local_day(now)), Robots(cast, seed), seed)
    dice = random.Random(seed)  # noqa: S311 - choices of a play, not secrets
    moment = began
    while moment < now:
        moment = min(moment + STEP, now)
        keep_promises(moment)
        for _ in range(dice.randint(1, 4)):
            send(stage, dice, moment)
        follow(now=moment)
        stage.robots.step(moment)
        follow(now=moment)
        tell((moment - began).days, DAYS)
    leave_waiting(cast, now=now)
    return stage


def send(stage: Stage, dice: random.Random, now: datetime) -> Answer:
    """Lodge one invented shipment; most have arrived before, some follow later."""
    principal, broker = dice.choice(MANDATES)
    mode = dice.choice(MODES)
    if mode is Mode.LOCAL_RELEASED and firm(principal).credit not in CERTIFIED:
        mode = Mode.REGIONAL
    shipment = stage.maker.shipment(firm(principal), firm(broker), mode, now)
    cargo.receive_manifest(shipment.manifest, by=stage.cast.actors["carrier"], now=now)
    if dice.random() < ARRIVED_FIRST:
        cargo.report_arrival(
            number=shipment.manifest.bills[0].number,
            site=shipment.site,
            by=stage.cast.actors["carrier"],
            now=now,
        )
    sealed = sha256(shipment.manifest.number.encode()).digest()
    by = stage.cast.actors["broker" if broker == "tongda" else "broker2"]
    [answer] = lodge([Incoming(shipment.submission, None, sealed, "json")], by=by, now=now)
    return answer
