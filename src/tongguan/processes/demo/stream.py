"""The demonstration goes on: now and then a shipment, and everybody does his turn."""

import logging
import random
from threading import Event
from typing import Final

from django.db import Error, close_old_connections

from tongguan.domain.reference.queries import snapshot
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import Clock
from tongguan.processes.demo.goods import Maker
from tongguan.processes.demo.month import Stage, send
from tongguan.processes.demo.people import gather
from tongguan.processes.demo.robots import Robots
from tongguan.processes.lodgement.decide import local_day

PAUSE_SECONDS: Final = 6.0
PACE: Final = 0.02
"""Two hours of a desk pass in under three minutes, so that a visitor sees things move."""
_LOG: Final = logging.getLogger(__name__)


def play(*, seed: int, clock: Clock, stop: Event) -> None:
    """Send shipments and act until told to stop."""
    now = clock()
    dice = random.Random(seed + int(now.timestamp()))  # noqa: S311 - choices of a play
    cast = gather(now)
    maker = Maker(dice.randrange(1 << 30), snapshot(), local_day(now))
    stage = Stage(cast, maker, Robots(cast, seed, pace=PACE, goes_on=True), seed)
    while not stop.wait(PAUSE_SECONDS * (0.5 + dice.random())):
        try:
            send(stage, dice, clock())
            stage.robots.step(clock())
        except ProblemError as error:
            _LOG.warning("the demonstration was refused: %s", error)
        except Error:
            _LOG.warning("the database does not answer; the demonstration waits")
            close_old_connections()
