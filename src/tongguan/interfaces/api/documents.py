"""How a declaration and a manifest are described in OpenAPI: from the types that read them."""

from typing import Any, Final

from msgspec import json

from tongguan.domain.cargo.values import Manifest
from tongguan.domain.declarations.values import Submission

_ROOTS, _COMPONENTS = json.schema_components(
    [Submission, Manifest], ref_template="#/components/schemas/{name}"
)
DECLARATION, MANIFEST = _ROOTS
"""References to the schemas of both."""


def _stated(schema: Any) -> Any:
    """Return a schema without null: what is absent is left out, as the readers demand."""
    if isinstance(schema, list):
        return [_stated(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    shown = {name: _stated(one) for name, one in schema.items() if name != "default"}
    choices = [one for one in shown.pop("anyOf", ()) if one != {"type": "null"}]
    if len(choices) == 1:
        return {**shown, **choices[0]}
    return {**shown, "anyOf": choices} if choices else shown


COMPONENTS: Final[dict[str, Any]] = {name: _stated(one) for name, one in _COMPONENTS.items()}
"""The schemas of both documents and of their parts, by name."""
