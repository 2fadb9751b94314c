"""What follows for risk: accepted declarations become history, promises are kept by the clock."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.utils.translation import gettext

from tongguan.domain.risk.commands import explain, gather
from tongguan.domain.risk.publication import publish
from tongguan.domain.risk.watching import watch
from tongguan.facilities.announcements.values import Announced
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError

_LOG: Final = logging.getLogger(__name__)


def remember(events: Sequence[Announced], _now: datetime) -> None:
    """Add accepted declarations to the history, and explain what the model selected of them."""
    ids = [DeclarationId(event.subject) for event in events]
    gather(ids)
    explain(ids)


def keep_promises(now: datetime) -> None:
    """Commit to seeds and criteria before they can be known, and reveal those of days gone by.

    Where the key of the seeds is not here it is said every time, and everything else goes on.
    """
    try:
        publish(now=now)
    except ProblemError as error:
        for fault in error.faults:
            told = fault.told(gettext)
            _LOG.error("%s %s %s", told["code"], told["detail"], told["remedy"])


def watch_model(now: datetime) -> None:
    """Note what was seen of the model in use; it withdraws itself where a bound is passed."""
    watch(now=now)
