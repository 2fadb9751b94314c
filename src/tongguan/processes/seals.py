"""What is due for the auditors: the ledger is signed by the clock, and copied to a second place."""

import logging
from datetime import datetime
from typing import Final

from django.conf import settings

from tongguan.facilities.ledger.copies import copy_checkpoints
from tongguan.facilities.ledger.signing import sign_heads

_LOG: Final = logging.getLogger(__name__)


def sign_ledger(now: datetime) -> None:
    """Sign how far the chains of the ledger have come; copy what was signed to a second place.

    Where the second place cannot be written the log says so, and the next time makes up for it.
    """
    sign_heads(now=now)
    if settings.CHECKPOINTS_TO is None:
        return
    try:
        copy_checkpoints(settings.CHECKPOINTS_TO)
    except OSError:
        _LOG.exception("checkpoints cannot be copied to %s", settings.CHECKPOINTS_TO)
