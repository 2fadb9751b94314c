"""What was sent before under the same reference, and whether it says the same."""

from collections.abc import Collection
from typing import Final

from msgspec import convert

from tongguan.domain.declarations.models import Version
from tongguan.domain.declarations.records import Answered
from tongguan.domain.declarations.values import Submission
from tongguan.facilities.tables import Lookup, Row
from tongguan.kernel.identifiers import DeclarationId

_ANSWERED: Final = """
    SELECT declared.declarant_id, declared.reference, declared.id, declared.number, version.sha256
    FROM unnest(%s::bigint[], %s::text[]) AS asked (declarant_id, reference)
    JOIN declarations_declaration AS declared USING (declarant_id, reference)
    JOIN declarations_version AS version
        ON version.declaration_id = declared.id AND version.number = 1
"""


def answered(keys: Collection[tuple[int, str]]) -> Lookup[dict[tuple[int, str], Answered]]:
    """Look up what these idempotency keys (declarant, reference) were answered with, if they were.

    One statement for any number of keys.
    """
    asked = [[key[0] for key in keys], [key[1] for key in keys]]
    return Lookup(_ANSWERED, asked if keys else None, _answered)


def first_contents(ids: Collection[DeclarationId]) -> dict[DeclarationId, Submission]:
    """Return what was lodged under these declarations, before any amendment."""
    found = Version.objects.filter(declaration__in=ids, number=1)
    return {
        DeclarationId(id_): convert(content, Submission, strict=True)
        for id_, content in found.values_list("declaration_id", "content")
    }


def _answered(rows: list[Row]) -> dict[tuple[int, str], Answered]:
    return {
        (declarant, reference): Answered(DeclarationId(id_), number, bytes(sha256))
        for declarant, reference, id_, number, sha256 in rows
    }
