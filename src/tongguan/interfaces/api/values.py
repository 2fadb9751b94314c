"""Numbers, moments and texts as the API takes them: each in one form, all else refused in words.

A body is a `Taken`: an object of known members. What is written in another way than described is
never guessed: no number in other digits, no moment as a count of seconds. Texts hold no sign that
nobody sees.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Final

from ninja import Schema
from pydantic import ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from tongguan.interfaces.api.problems import Wanted
from tongguan.kernel.spelling import described, unfit_sign
from tongguan.kernel.time import in_use, sent_moment

MISFIT: Final = "misfit"
"""The type of the fault of what has another form than the one that is wanted."""
UNFIT: Final = "unfit"
"""The type of the fault of a text with a sign that no text may hold."""
TOO_LONG: Final = "text_too_long"
"""The type of the fault of a text that is too long."""
WHOLE_DIGITS: Final = 14
_PLAIN: Final = re.compile(r"[0-9]{1,14}(?:\.[0-9]{1,5})?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Taken(Schema):
    """A body of a call: an object that holds no other members than these."""

    model_config = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """Reads what stands in a body, or refuses it with what is wanted there.

    Attributes:
        read: returns the value; None for what is none.
        wanted: what it is to be, in words.
        schema: how OpenAPI describes it.
    """

    read: Callable[[Any], Any]
    wanted: Wanted
    schema: Mapping[str, Any]

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Return a schema of what is read by the function alone."""
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(
        self, _core: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return how it is described."""
        return dict(self.schema)

    def _read(self, given: Any) -> Any:
        found = self.read(given)
        if found is None:
            raise PydanticCustomError(MISFIT, "misfit", {"wanted": self.wanted.value})
        return found


@dataclass(frozen=True, slots=True)
class Words:
    """Reads a text of bounded length that people can read as it stands."""

    most: int
    lines: bool = True

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Return a schema of such texts."""
        text = core_schema.str_schema(strict=True)
        return core_schema.no_info_after_validator_function(self._read, text)

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return how it is described."""
        return {**handler(core), "maxLength": self.most}

    def _read(self, text: str) -> str:
        if len(text) > self.most:
            facts = {"count": len(text), "most": self.most}
            raise PydanticCustomError(TOO_LONG, "too long", facts)
        sign = unfit_sign(text, lines=self.lines)
        if sign:
            raise PydanticCustomError(UNFIT, "unfit", {"sign": described(sign)})
        return text


def _decimal(places: int) -> Callable[[Any], Decimal | None]:
    def read(given: Any) -> Decimal | None:
        found = _number(given)
        if found is None or not 0 <= found < Decimal(10) ** WHOLE_DIGITS:
            return None
        return found if found == round(found, places) else None

    return read


def _above_zero(given: Any) -> Decimal | None:
    return _decimal(2)(given) or None


def _number(given: Any) -> Decimal | None:
    """Return a JSON number, or a plain one that was written as text."""
    if isinstance(given, bool) or not isinstance(given, (int, str, Decimal)):
        return None
    if isinstance(given, str):
        return Decimal(given) if _PLAIN.fullmatch(given) else None
    found = Decimal(given)
    return found if found.is_finite() else None


def _count(given: Any) -> int | None:
    whole = isinstance(given, int) and not isinstance(given, bool)
    return given if whole and 0 <= given <= MOST_COUNT else None


def _truth(given: Any) -> bool | None:
    return given if isinstance(given, bool) else None


def _moment(given: Any) -> datetime | None:
    return sent_moment(given) if isinstance(given, str) else None


def _day(given: Any) -> date | None:
    if not isinstance(given, str) or not _DAY.fullmatch(given):
        return None
    try:
        found = date.fromisoformat(given)
    except ValueError:
        return None
    return found if in_use(found) else None


def _of_decimal(places: int) -> Mapping[str, Any]:
    written = rf"^[0-9]{{1,{WHOLE_DIGITS}}}(\.[0-9]{{1,{places}}})?$"
    text = {"type": "string", "pattern": written}
    return {"anyOf": [{"type": "number", "minimum": 0}, text]}


def _written(form: str) -> Mapping[str, Any]:
    return {"type": "string", "format": form}


def _matching(form: str, wanted: Wanted) -> Read:
    whole = re.compile(form)

    def read(given: Any) -> str | None:
        return given if isinstance(given, str) and whole.fullmatch(given) else None

    return Read(read, wanted, {"type": "string", "pattern": f"^{form}$"})


MOST_COUNT: Final = 1_000_000
_WHOLE: Final = {"type": "integer", "minimum": 0, "maximum": MOST_COUNT}
Amount = Annotated[Decimal, Read(_above_zero, Wanted.AMOUNT, _of_decimal(2))]
Measure = Annotated[Decimal, Read(_decimal(5), Wanted.MEASURE, _of_decimal(5))]
Count = Annotated[int, Read(_count, Wanted.COUNT, _WHOLE)]
Truth = Annotated[bool, Read(_truth, Wanted.BOOL, {"type": "boolean"})]
Moment = Annotated[datetime, Read(_moment, Wanted.MOMENT, _written("date-time"))]
Day = Annotated[date, Read(_day, Wanted.DAY, _written("date"))]
Code = Annotated[str, _matching(r"[A-Z0-9_]{0,12}", Wanted.CODE)]
Signature = Annotated[str, _matching(r"[0-9a-fA-F]{128}", Wanted.SIGNATURE)]
Sha256 = Annotated[str, _matching(r"[0-9a-f]{64}", Wanted.SHA256)]
OneTime = Annotated[str, Words(20, lines=False)]
Name = Annotated[str, Words(100, lines=False)]
Account = Annotated[str, Words(150, lines=False)]
Number = Annotated[str, Words(64, lines=False)]
Text = Annotated[str, Words(200)]
Reason = Annotated[str, Words(300)]
Statement = Annotated[str, Words(500)]
Seals = Annotated[str, Words(2000)]
Long = Annotated[str, Words(10_000)]
