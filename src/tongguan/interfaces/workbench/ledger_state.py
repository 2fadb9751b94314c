"""How the whole ledger stands: its last verification, and what of it is kept outside."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils.translation import gettext

from tongguan.facilities.ledger.elsewhere import newest_kept
from tongguan.facilities.ledger.installation_keys import missing_keys
from tongguan.facilities.ledger.queries import (
    countersignatures,
    last_checkpoint,
    last_countersignature,
)
from tongguan.facilities.ledger.values import CheckpointRow, Verification
from tongguan.facilities.ledger.verifications import last_verification
from tongguan.interfaces.pages.wording import stamp

LATE: Final = timedelta(days=2)
"""A verification is due every day; one that is older than this is missed."""
LAG: Final = timedelta(hours=1)
"""A checkpoint lies in the second place by then."""


@dataclass(frozen=True, slots=True)
class LedgerState:
    """What the page of the ledger shows of the whole of it.

    Attributes:
        verified: the last verification.
        found: what it found, in words.
        checkpoint: the last one.
        witnesses: who countersigned last, which checkpoint and when.
        second: the newest checkpoint in the second place, in words.
        alarms: what somebody has to look at now.
    """

    verified: Verification | None
    found: str
    checkpoint: CheckpointRow | None
    witnesses: str
    second: str
    alarms: tuple[str, ...]


def state_now(*, now: datetime) -> LedgerState:
    """Return how the ledger stands. Nothing is verified by it."""
    verified, checkpoint = last_verification(), last_checkpoint()
    second, behind = _second(checkpoint, now)
    lacking = [f"{told['detail']} {told['remedy']}" for told in _keys_not_here()]
    alarms = [*lacking, *_alarms(verified, now), *behind]
    return LedgerState(verified, _found(verified), checkpoint, _witnesses(), second, tuple(alarms))


def _keys_not_here() -> list[dict[str, str]]:
    return [fault.told(gettext) for fault in missing_keys()]


def _found(verified: Verification | None) -> str:
    if verified is None:
        return ""
    return gettext(
        "{entries} entries and {rows} rows: {broken} faults, {differing} differences"
    ).format(
        entries=verified.entries,
        rows=verified.compared,
        broken=verified.broken,
        differing=verified.differing,
    )


def _alarms(verified: Verification | None, now: datetime) -> list[str]:
    if verified is None:
        return []
    alarms = []
    if verified.is_alarming:
        told = gettext(
            "The verification of {at} found {broken} faults and {differing} differences; the first"
            " is at {first}. Keep the database as it is, and run `tongguan ledger verify`."
        )
        alarms.append(
            told.format(
                at=stamp(verified.at),
                broken=verified.broken,
                differing=verified.differing,
                first=verified.first,
            )
        )
    if now - verified.at > LATE:
        told = gettext("The ledger was verified last on {at}; it is due every day.")
        alarms.append(told.format(at=stamp(verified.at)))
    return alarms


def _witnesses() -> str:
    last = last_countersignature()
    if last is None:
        return ""
    names = ", ".join(one.witness for one in countersignatures(number=last.number))
    told = gettext("{names}: checkpoint {number}, {at}")
    return told.format(names=names, number=last.number, at=stamp(last.at))


def _second(checkpoint: CheckpointRow | None, now: datetime) -> tuple[str, list[str]]:
    """Return what the second place has, and an alarm where it is behind or ahead."""
    if settings.CHECKPOINTS_TO is None:
        return gettext("none is set up"), []
    newest, last = newest_kept(settings.CHECKPOINTS_TO), checkpoint.number if checkpoint else 0
    told = gettext("up to checkpoint {number}").format(number=newest)
    if newest > last:
        return told, [gettext("The second place has checkpoints that the ledger does not have.")]
    if checkpoint is not None and newest < last and now - checkpoint.at > LAG:
        return told, [gettext("The second place lacks the last checkpoints.")]
    return told, []
