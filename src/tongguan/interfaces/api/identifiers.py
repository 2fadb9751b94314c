"""Identifiers as the API takes them: each is brought to its one spelling by its kind, or refused.

A parameter or member that names a thing has one of these types; a test sees that none is missing.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from tongguan.kernel import identifiers as kinds
from tongguan.kernel.identifiers import Kind, NotAnIdentifierError

REFUSED: Final = "identifier"
"""The type of the fault of what cannot be an identifier."""
NUL: Final = "U+0000"
"""As a refusal names it; in an address it is refused like all that cannot be read."""
_MOST_SENT: Final = 100
"""A spelling with blanks and unseen signs may be longer than the identifier."""


@dataclass(frozen=True, slots=True)
class OfKind:
    """Reads a text as an identifier of a kind."""

    kind: Kind

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Return a schema of texts that are read by the kind."""
        text = core_schema.str_schema(max_length=_MOST_SENT)
        return core_schema.no_info_after_validator_function(self.read, text)

    def read(self, text: str) -> str:
        """Return the one spelling.

        Raises:
            PydanticCustomError: it cannot be an identifier of this kind.
        """
        try:
            return self.kind.read(text)
        except NotAnIdentifierError as error:
            facts = {"sign": error.sign, "most": self.kind.most}
            raise PydanticCustomError(REFUSED, "not an identifier", facts) from error


Bill = Annotated[str, OfKind(kinds.BILL)]
CodeOf = Annotated[str, OfKind(kinds.CODE)]
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
Vehicle = Annotated[str, OfKind(kinds.VEHICLE)]
