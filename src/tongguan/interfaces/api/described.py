"""The API's description: what every call is answered with, refusals included."""

from http import HTTPStatus
from typing import Any, Final

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from tongguan.interfaces.api import documents
from tongguan.interfaces.api.telling import PROBLEM

JSON: Final = "application/json"
LINES: Final = "application/x-ndjson"
_TEXT: Final = {"type": "string"}
_FAULT: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Fault",
    "description": (
        "One thing that is wrong, where and what to do. A declaration's has the place in the "
        "document that was sent too, and whether it is but a warning."
    ),
    "required": ["code", "pointer", "title", "detail", "remedy"],
    "properties": {
        **dict.fromkeys(("code", "pointer", "source_path", "title", "detail", "remedy"), _TEXT),
        "warning": {"type": "boolean"},
    },
}
_PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Problem",
    "description": "A refusal with all its faults. Source: RFC 9457.",
    "required": ["type", "title", "status", "errors"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "outcome": {"type": "string", "description": "of a declaration: rejected, refused …"},
        "reference": {"type": "string", "description": "of a declaration: the sender's own"},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
    },
}
_WAITS: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Waits",
    "description": "What a declaration waits for: whose turn, where, why, since and until when.",
    "required": ["kind", "turn", "office", "why", "since", "due"],
    "properties": {
        **dict.fromkeys(("kind", "turn", "office", "why"), _TEXT),
        "since": {"type": "string", "format": "date-time"},
        "due": {
            "type": "string",
            "description": "the moment at which the term has ended, or empty where there is none",
        },
    },
}
_TOLD: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Told",
    "description": (
        "What became of one declaration. `charges` are totals by tax in CNY as decimal text, with "
        "`payable` and `currency`; `problems` are the faults, of what was accepted the warnings."
    ),
    "required": ["outcome", "reference", "number", "state", "holds", "charges", "problems"],
    "properties": {
        "outcome": {
            "enum": ["accepted", "repeated", "rejected", "sound", "refused", "unreadable"],
            "type": "string",
        },
        "reference": _TEXT,
        "number": {"type": "string", "description": "of customs; empty where none was given"},
        "state": _TEXT,
        "holds": {"type": "array", "items": {"$ref": "#/components/schemas/Waits"}},
        "charges": {"type": "object", "additionalProperties": _TEXT},
        "problems": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
    },
}
COMPONENTS: Final = {"Fault": _FAULT, "Problem": _PROBLEM, "Waits": _WAITS, "Told": _TOLD}
_ONE: Final = {"schema": {"$ref": "#/components/schemas/Told"}}
_MANY: Final = {
    "schema": {
        "type": "string",
        "description": "One answer a line, in the order sent, each of the schema Told.",
    }
}
_LODGED: Final[dict[str, dict[int, dict[str, Any]]]] = {
    "/declarations": {
        HTTPStatus.OK: {
            "description": "Accepted before under this reference; or several: an answer each",
            "content": {JSON: _ONE, LINES: _MANY},
        },
        HTTPStatus.CREATED: {"description": "Accepted", "content": {JSON: _ONE}},
    },
    "/declarations/check": {
        HTTPStatus.OK: {
            "description": "Sound; or several: an answer each",
            "content": {JSON: _ONE, LINES: _MANY},
        },
    },
    "/declarations/batch": {
        HTTPStatus.OK: {"description": "One answer a line", "content": {LINES: _MANY}},
    },
}
"""Answers of the calls that take documents, by the end of their address."""
_REFUSALS: Final = {
    HTTPStatus.BAD_REQUEST: "The call cannot be read, or its cursor is none",
    HTTPStatus.UNAUTHORIZED: "No token, or none that is valid now",
    HTTPStatus.FORBIDDEN: "Not for this caller to do",
    HTTPStatus.NOT_FOUND: "Not there, or not for this caller to see",
    HTTPStatus.CONFLICT: "Not as things stand",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "More than one call takes",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "A coded body",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Something in the call is wrong: every fault at its place",
}
_WHO: Final = {
    "http": "Software, with a token of /oauth/token for its client credentials.",
    "apiKey": "People who signed in with a browser; acts need the page's token in X-CSRFToken.",
}
_REST: Final = "Any other refusal, as 429 and 503 with Retry-After, or trouble on our side"
_OF_CALLERS: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


class Described(NinjaAPI):
    """An API whose description tells of every answer, refusals too."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """Return the description, with what is lodged and how it and refusals are answered."""
        schema = super().get_openapi_schema(**given)
        schema["components"]["schemas"].update(documents.COMPONENTS, **COMPONENTS)
        for scheme in schema["components"]["securitySchemes"].values():
            scheme["description"] = _WHO[scheme["type"]]
        for path, operations in schema["paths"].items():
            for operation in operations.values():
                answers = operation["responses"]
                answers.update(_LODGED.get("/" + path.partition("/v1/")[2], {}))
                answers.update(_refusals(needs_caller=bool(operation.get("security"))))
        return schema


def _refusals(*, needs_caller: bool) -> dict[int | str, dict[str, Any]]:
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    found: dict[int | str, dict[str, Any]] = {
        int(status): {"description": words, "content": content}
        for status, words in _REFUSALS.items()
        if needs_caller or status not in _OF_CALLERS
    }
    found["default"] = {"description": _REST, "content": content}
    return found
