"""Identifiers as the API takes them: each is brought to its one spelling by its kind, or refused.

A parameter or member that names a thing has one of these types; a test sees that none is missing.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from tongguan.kernel import identifiers as kinds
from tongguan.kernel.identifiers import Kind, NotAnIdentifierError

REFUSED: Final = "identifier"
"""The type of the fault of what cannot be an identifier."""
EMPTY: Final = "missing"
"""The type of the fault of an identifier that is empty: as one that is not there."""
NUL: Final = "U+0000"
"""As a refusal names it; in an address it is refused like all that cannot be read."""
_MOST_SENT: Final = 100
"""A spelling with blanks and unseen signs may be longer than the identifier."""


@dataclass(frozen=True, slots=True)
class OfKind:
    """Reads a text as an identifier of a kind; an empty one is none, and missing if one is due."""

    kind: Kind
    optional: bool = False

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Return a schema of texts that are read by the kind."""
        text = core_schema.str_schema()
        return core_schema.no_info_after_validator_function(self.read, text)

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return how it is described."""
        return {**handler(core), "maxLength": _MOST_SENT}

    def read(self, text: str) -> str:
        """Return the one spelling.

        Raises:
            PydanticCustomError: it cannot be an identifier of this kind, or is empty.
        """
        if len(text) > _MOST_SENT:
            raise PydanticCustomError(REFUSED, "too long", {"sign": "", "most": self.kind.most})
        try:
            found = self.kind.read(text)
        except NotAnIdentifierError as error:
            facts = {"sign": error.sign, "most": self.kind.most}
            raise PydanticCustomError(REFUSED, "not an identifier", facts) from error
        if not found and not self.optional:
            raise PydanticCustomError(EMPTY, "missing")
        return found


Bill = Annotated[str, OfKind(kinds.BILL)]
CodeOf = Annotated[str, OfKind(kinds.CODE)]
CodeOrNone = Annotated[str, OfKind(kinds.CODE, optional=True)]
Commodity = Annotated[str, OfKind(kinds.COMMODITY)]
Currency = Annotated[str, OfKind(kinds.CURRENCY)]
Declaration = Annotated[str, OfKind(kinds.DECLARATION)]
Enterprise = Annotated[str, OfKind(kinds.ENTERPRISE)]
Licence = Annotated[str, OfKind(kinds.LICENCE)]
Manifest = Annotated[str, OfKind(kinds.MANIFEST)]
MeasureUnit = Annotated[str, OfKind(kinds.MEASURE)]
Office = Annotated[str, OfKind(kinds.OFFICE)]
PermitKind = Annotated[str, OfKind(kinds.PERMIT_KIND)]
Reference = Annotated[str, OfKind(kinds.REFERENCE)]
Site = Annotated[str, OfKind(kinds.SITE)]
SiteOrNone = Annotated[str, OfKind(kinds.SITE, optional=True)]
Vehicle = Annotated[str, OfKind(kinds.VEHICLE)]
