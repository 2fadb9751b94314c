"""Reading the checkpoints of a second place (`copies` writes them)."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import DecodeError, json

from tongguan.facilities.ledger.lines import read_checkpoint
from tongguan.facilities.ledger.values import CheckpointRow


def kept_elsewhere(folder: Path) -> Iterator[tuple[int, bytes]]:
    """Yield number and hash of the checkpoints in a second place.

    A file that cannot be read, or holds another checkpoint than it is named for, counts as another
    one than the ledger has.
    """
    for path in sorted(_files(folder), key=lambda path: int(path.stem)):
        number, row = int(path.stem), _read(path)
        yield number, b"" if row is None or row.number != number else row.hash


def newest_kept(folder: Path) -> int:
    """Return the number of the newest checkpoint in a second place; 0 where there is none."""
    for day in sorted(folder.glob("*-*-*"), reverse=True):
        if numbers := [int(path.stem) for path in day.glob("*.json") if path.stem.isdecimal()]:
            return max(numbers)
    return 0


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.glob("*-*-*/*.json") if path.stem.isdecimal())


def _read(path: Path) -> CheckpointRow | None:
    try:
        return read_checkpoint(json.decode(path.read_bytes()))
    except (DecodeError, KeyError, OSError, TypeError, ValueError):
        return None
