"""The API's description: OpenAPI 3.1 that holds together, and says what a caller has to know."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

METHODS = {"get", "put", "post", "delete", "patch"}


@pytest.fixture(scope="module")
def described() -> Any:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def test_no_page_of_it_loads_anything_from_another_host() -> None:
    assert Client().get("/api/v1/docs").status_code == 404


def test_it_is_told_anew_only_to_who_has_another_and_alike_to_head() -> None:
    address = "/api/v1/openapi.json"
    first = Client().get(address)

    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    head = Client().head(address)
    other = Client().post(address)

    assert (again.status_code, again.content) == (304, b"")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(first.content))
    assert (other.status_code, other.json()["errors"][0]["code"]) == (405, "API-006")


def test_it_says_where_it_is_served_and_who_may_call(described: Any) -> None:
    assert [one["url"] for one in described["servers"]] == ["/"]
    schemes = described["components"]["securitySchemes"].values()
    assert {one["type"] for one in schemes} == {"http", "apiKey"}
    assert all(one["description"] for one in schemes)


def operations(described: Any) -> Iterator[tuple[str, str, Any]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for one in value.values():
            yield from references(one)
    elif isinstance(value, list):
        for one in value:
            yield from references(one)


def test_it_is_openapi_3_1_with_a_title_and_a_version(described: Any) -> None:
    assert described["openapi"].startswith("3.1.")
    assert described["info"]["title"] == "Tongguan"
    assert re.fullmatch(r"\d+\.\d+\.\d+", described["info"]["version"])


def test_every_reference_leads_somewhere(described: Any) -> None:
    for reference in set(references(described)):
        found = described
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
        assert found


def test_every_operation_has_a_name_of_its_own_words_and_answers(described: Any) -> None:
    ids = []
    for path, method, operation in operations(described):
        assert method in METHODS
        assert operation["summary"]
        assert operation["description"], path
        assert "200" in {str(code) for code in operation["responses"]}
        ids.append(operation["operationId"])
    assert len(ids) == len(set(ids))


def test_every_part_of_a_path_is_described_and_required(described: Any) -> None:
    for path, _method, operation in operations(described):
        named = {
            one["name"]
            for one in operation.get("parameters", [])
            if one["in"] == "path" and one["required"] and one["schema"]
        }
        assert named == set(re.findall(r"{(\w+)}", path))


def test_refusals_are_described_as_problems_everywhere(described: Any) -> None:
    for _path, _method, operation in operations(described):
        content = operation["responses"]["default"]["content"]
        assert set(content) == {"application/problem+json"}


def test_what_changes_something_says_what_it_takes(described: Any) -> None:
    bare = {
        path
        for path, method, operation in operations(described)
        if method == "post" and "requestBody" not in operation
    }

    # These say all in their address.
    assert bare == {
        "/api/v1/declarations/{number}/inspection/draw",
        "/api/v1/declarations/{number}/inspection/earlier",
        "/api/v1/declarations/{number}/inspection/keeper",
        "/api/v1/declarations/{number}/inspection/record/code",
        "/api/v1/gate/{site}/{unit}/acknowledge",
        "/api/v1/gate/{site}/{unit}/out",
        "/api/v1/permits/{hold_id}/confirm",
    }


def test_all_but_the_public_key_needs_a_caller(described: Any) -> None:
    open_ = {path for path, _, operation in operations(described) if not operation.get("security")}

    assert open_ == {"/api/v1/keys/release"}
