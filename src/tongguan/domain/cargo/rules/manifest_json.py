"""A manifest as our own JSON."""

from decimal import Decimal
from typing import Final

from msgspec import DecodeError, json

from tongguan.domain.cargo import problems
from tongguan.kernel.problems import Fault

_DECODER: Final = json.Decoder(float_hook=Decimal)


def read_json(raw: bytes) -> tuple[object, Fault | None]:
    """Return what was written, numbers exact; or the fault that hides it."""
    try:
        return _DECODER.decode(raw), None
    except (DecodeError, UnicodeDecodeError, RecursionError) as error:
        return None, problems.UNREADABLE.at("#", reason=str(error))
