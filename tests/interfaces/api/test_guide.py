"""What the guide and the description say of a declaration's JSON is what is lodged."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.utils.timezone import localdate
from msgspec.json import encode

from tests.domain.cargo.factories import MANIFEST
from tests.domain.declarations.samples import sound
from tests.interfaces.api.conftest import Callers
from tests.interfaces.bodies import SECRET
from tongguan.domain.declarations.values import Document
from tongguan.interfaces.api.application import api

GUIDE: Final = Path(__file__).parents[3] / "docs" / "guide" / "messages.md"


def example() -> dict[str, Any]:
    """Return the declaration of the guide, with the day of entry brought to yesterday."""
    [text] = re.findall(r"```json\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    found: dict[str, Any] = json.loads(text)
    assert "entry_date" in found
    return {**found, "entry_date": f"{localdate() - timedelta(days=1)}"}


def misfits(value: Any, schema: Any, whole: Any, at: str = "#") -> Iterator[str]:
    """Yield where a value is not of a schema: types, members, references."""
    if "$ref" in schema:
        schema = whole[schema["$ref"].rpartition("/")[2]]
    wanted: dict[str, type] = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "boolean": bool,
    }
    kind = schema.get("type", "string")
    if not _fits(value, wanted[kind], schema.get("enum")):
        yield f"{at}: {kind}"
    elif kind == "object":
        yield from (f"{at}/{name} is missing" for name in schema["required"] if name not in value)
        for name, one in value.items():
            if name in schema["properties"]:
                yield from misfits(one, schema["properties"][name], whole, f"{at}/{name}")
            else:
                yield f"{at}/{name} is unknown"
    elif kind == "array":
        for index, one in enumerate(value):
            yield from misfits(one, schema["items"], whole, f"{at}/{index}")


def _fits(value: Any, kind: type, choices: list[str] | None) -> bool:
    return isinstance(value, kind) and (choices is None or value in choices)


def described(path: str) -> tuple[Any, Any]:
    """Return the schema of what is posted to an address, and all schemas."""
    schema = api.get_openapi_schema()
    body = schema["paths"][f"/api/v1{path}"]["post"]["requestBody"]["content"]
    return body["application/json"]["schema"], schema["components"]["schemas"]


def test_the_example_of_the_guide_is_lodged_as_it_stands(callers: Callers) -> None:
    answer = callers["broker"].post("/declarations", example())

    assert answer.status_code == 201, answer.content.decode()
    assert [one for one in answer.json()["problems"] if not one["warning"]] == []


def test_the_description_knows_every_member_of_what_is_lodged() -> None:
    body, schemas = described("/declarations")
    one, many = body["oneOf"]
    papers = (Document(kind="00000001", number=SECRET, format="US"),)
    whole = json.loads(encode(sound(documents=papers)))

    assert one == many["items"]
    assert list(misfits(whole, one, schemas)) == []
    assert list(misfits(example(), one, schemas)) == []
    assert list(misfits({**whole, "colour": "red"}, one, schemas)) == ["#/colour is unknown"]
    wrong = {**whole, "packages": {"count": "42"}}
    assert list(misfits(wrong, one, schemas)) == ["#/packages/count: integer"]


def test_the_description_knows_every_member_of_a_manifest() -> None:
    body, schemas = described("/manifests")
    whole = json.loads(encode(MANIFEST))

    assert list(misfits(whole, body, schemas)) == []
    assert "consignee" in schemas["ManifestBill"]["properties"]
