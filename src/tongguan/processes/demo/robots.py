"""When whose turn is taken in the demonstration: the same for the same seed, whatever the ids."""

import random
from datetime import datetime, timedelta
from hashlib import sha256
from logging import getLogger
from typing import Final

from django.db import Error

from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import waiting
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.declarations.queries import heads
from tongguan.domain.reference.queries import snapshot
from tongguan.domain.release import commands as release
from tongguan.domain.release.queries import at_gate
from tongguan.kernel.identifiers import HoldId
from tongguan.kernel.problems import ProblemError
from tongguan.processes.demo.goods import PLAYED, VISIT
from tongguan.processes.demo.people import Cast
from tongguan.processes.demo.turns import Turn, Turns
from tongguan.processes.lodgement.decide import local_day

MOST: Final = 2_000
LEFT_ALONE: Final = 16
"""One in so many holds is left to people, so that every list has something in it,"""
LEFT_TIMES: Final = 6
"""until so many times its usual while is over, and LEFT_MOST at most,"""
LEFT_MOST: Final = timedelta(days=4)
FORGOTTEN: Final = 12 * LEFT_ALONE
"""but for one in so many, which nobody ever ends: an old one is rare, as in life."""
STOPPED: Final = 40
"""One in so many that wait for payment is stopped by the coordination centre."""
AT_GATE: Final = timedelta(hours=5)
_LOG: Final = getLogger(__name__)


class Robots:
    """They look at what waits and do what is theirs, each after its own while.

    Args:
        cast: everybody of the demonstration.
        seed: of their choices.
        pace: how long they take, of a real desk's time: 1 for the month, less for the stream.
        goes_on: pass over what fails for a reason that nobody foresaw, beside visitors.
    """

    def __init__(self, cast: Cast, seed: int, *, pace: float = 1.0, goes_on: bool = False) -> None:
        """Take their places."""
        self.turns = Turns(cast, pace=pace)
        self._seed = seed
        self._pace = pace
        self._goes_on = goes_on
        self._passed_over: set[HoldId] = set()

    def step(self, now: datetime, *kinds: HoldKind) -> int:
        """Do what is due at a moment, of these kinds or of all; return how many acts were done."""
        done = 0
        for hold in self.waiting(*kinds):
            lot = self._lot(str(hold.kind), hold.reference, hold.opened_at.isoformat())
            if lot % FORGOTTEN == 0 or not _is_played(hold) or hold.id in self._passed_over:
                continue
            after, turn = self.turns.of[hold.kind]
            spread = (lot % 97) / 80
            wait = after * (0.4 + spread) * self._pace
            if lot % LEFT_ALONE == 0:
                wait += min(after * LEFT_TIMES, LEFT_MOST)
            if now - hold.opened_at < wait:
                continue
            done += self._take(turn, hold, lot, now)
        return done if kinds else done + self._let_out(now)

    def _take(self, turn: Turn, hold: HoldRow, lot: int, now: datetime) -> bool:
        """Take one turn; return whether it was done."""
        dice = random.Random(f"{lot}/{now.isoformat()}")  # noqa: S311 - choices of a play
        try:
            if hold.kind is HoldKind.PAYMENT and lot % STOPPED == 1:
                self.turns.stop(hold, now)
            turn(hold, now, dice)
        except ProblemError:
            return False  # somebody else was quicker
        except Error:
            raise
        except Exception:
            if not self._goes_on:
                raise
            self._passed_over.add(hold.id)
            _LOG.exception("%s of %s is passed over", hold.kind, hold.reference)
            return False
        return True

    def waiting(self, *kinds: HoldKind) -> list[HoldRow]:
        """Return the open holds of these kinds, or of all, in an order that no id decides."""
        found = waiting(viewer=self.turns.by("coordinator"), kinds=kinds, limit=MOST)
        return sorted(found, key=_place)

    def _let_out(self, now: datetime) -> int:
        done, gate, law = 0, self.turns.by("inspector2"), snapshot().region
        orders = sorted(at_gate(viewer=gate, limit=MOST), key=lambda one: one.number)
        known = heads({order.declaration_id for order in orders})
        for order in orders:
            if not PLAYED.fullmatch(known[order.declaration_id].reference):
                continue
            lot = self._lot(order.number, order.unit)
            # Where a movement under seal ended, any site of the office lets the goods out.
            near = law.sites_of(order.office, local_day(now))
            site = order.site or next((one.code for one in near), "")
            left = LEFT_MOST if lot % LEFT_ALONE == 0 else timedelta(0)
            try:
                if order.acknowledged_at is None and lot % LEFT_ALONE != 1:
                    release.acknowledge(site=site, units=[order.unit], by=gate, now=now)
                if now - order.made_at < AT_GATE * self._pace + left:
                    continue
                release.gate_out(site=site, unit=order.unit, by=gate, now=now)
            except ProblemError:
                continue
            done += 1
        return done

    def _lot(self, *of: str) -> int:
        """Return the number of a thing: of its words, never of its id."""
        words = "/".join((str(self._seed), *of))
        return int.from_bytes(sha256(words.encode()).digest()[:4])


def _is_played(hold: HoldRow) -> bool:
    """Return whether a hold is the robots' to end: what visitors lodge is theirs alone.

    Of the declarations that are laid out for visitors they end all but the payment.
    """
    laid_out = hold.reference.startswith(VISIT) and hold.kind is not HoldKind.PAYMENT
    return laid_out or PLAYED.fullmatch(hold.reference) is not None


def _place(row: HoldRow) -> tuple[datetime, str, str, list[tuple[str, str]]]:
    return row.opened_at, row.reference, str(row.kind), sorted(row.facts.items())
