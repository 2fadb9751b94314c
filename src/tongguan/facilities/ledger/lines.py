"""Checkpoints and countersignatures as they travel between places: one JSON object a line."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Final

from msgspec import DecodeError, json

from tongguan.facilities.ledger import problems
from tongguan.facilities.ledger.values import CheckpointRow, Countersignature

OF_A_LEDGER: Final = frozenset(
    {"checkpoint", "countersigned", "keys", "chain", "table", "announced"}
)
"""Every line of an export has one of these names; any other file would find nothing amiss."""


def checkpoint_line(row: CheckpointRow) -> dict[str, object]:
    """Return a checkpoint as a JSON object, without its heads."""
    return {
        "checkpoint": row.number,
        "at": _moment(row.at),
        "count": row.count,
        "digest": row.digest.hex(),
        "entries": row.entries,
        "chains": row.chains,
        "up_to": row.up_to,
        "previous": row.previous.hex(),
        "hash": row.hash.hex(),
        "key": row.key.hex(),
        "signature": row.signature.hex(),
    }


def countersignature_line(row: Countersignature) -> dict[str, object]:
    """Return a countersignature as a JSON object."""
    return {
        "witness": row.witness,
        "countersigned": row.number,
        "hash": row.hash.hex(),
        "at": _moment(row.at),
        "key": row.key.hex(),
        "signature": row.signature.hex(),
    }


def read_checkpoint(told: dict[str, Any]) -> CheckpointRow:
    """Return a checkpoint that travelled.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    return CheckpointRow(
        number=int(told["checkpoint"]),
        at=datetime.fromisoformat(told["at"]),
        count=int(told["count"]),
        digest=bytes.fromhex(told["digest"]),
        previous=bytes.fromhex(told["previous"]),
        hash=bytes.fromhex(told["hash"]),
        key=bytes.fromhex(told["key"]),
        signature=bytes.fromhex(told["signature"]),
        entries=told.get("entries"),
        chains=told.get("chains"),
        up_to=int(told.get("up_to") or 0),
    )


def read_countersignature(told: dict[str, Any]) -> Countersignature:
    """Return a countersignature that travelled.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    return Countersignature(
        str(told["witness"]),
        int(told["countersigned"]),
        bytes.fromhex(told["hash"]),
        datetime.fromisoformat(told["at"]),
        bytes.fromhex(told["key"]),
        bytes.fromhex(told["signature"]),
    )


def read_lines(lines: Iterable[bytes], name: str) -> Iterator[CheckpointRow | Countersignature]:
    """Yield the checkpoints and countersignatures of a file; other lines of an export are not.

    Raises:
        ProblemError: LED-001 a line is no JSON object of a ledger.
    """
    number = 0
    for number, line in enumerate(lines, start=1):
        try:
            one = _read(json.decode(line))
        except (DecodeError, KeyError, TypeError, ValueError) as error:
            raise problems.NOT_OF_A_LEDGER.error(file=name, line=number) from error
        if one is not None:
            yield one
    if not number:
        raise problems.NOT_OF_A_LEDGER.error(file=name, line=1)


def _read(told: object) -> CheckpointRow | Countersignature | None:
    if not isinstance(told, dict) or not OF_A_LEDGER & told.keys():
        raise ValueError(told)
    if "checkpoint" in told:
        return read_checkpoint(told)
    return read_countersignature(told) if "countersigned" in told else None


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
