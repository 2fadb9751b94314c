"""Checkpoints in a second place: a file each, in a folder a day, which no database can change."""

import logging
from datetime import UTC
from pathlib import Path
from typing import Final

from msgspec import json

from tongguan.facilities.ledger.elsewhere import newest_kept
from tongguan.facilities.ledger.lines import checkpoint_line
from tongguan.facilities.ledger.queries import last_checkpoint, signed_checkpoints
from tongguan.facilities.private_files import private_folder, write_once

DIGITS: Final = 10
_LOG: Final = logging.getLogger(__name__)


def copy_checkpoints(folder: Path) -> int:
    """Copy the checkpoints that a second place does not have yet; return how many.

    A file is written whole, kept on disk and never written again. Where the second place has later
    checkpoints than the ledger, or another one, the log says so and nothing is overwritten.
    """
    private_folder(folder)
    after, last = newest_kept(folder), last_checkpoint()
    if after > (0 if last is None else last.number):
        _LOG.error("%s has checkpoint %s, which the ledger does not have", folder, after)
        return 0
    copied = 0
    for row in signed_checkpoints(after=after):
        day = private_folder(folder / f"{row.at.astimezone(UTC):%Y-%m-%d}")
        content = json.encode(checkpoint_line(row)) + b"\n"
        copied += write_once(day / f"{row.number:0{DIGITS}}.json", content)
    return copied
