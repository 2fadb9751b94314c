"""Reads of this room."""

from tongguan.domain.review.models import Query
from tongguan.domain.review.values import QueryRow
from tongguan.kernel.identifiers import DeclarationId


def queries_of(declaration_id: DeclarationId) -> tuple[QueryRow, ...]:
    """Return what was asked on a declaration, earliest first."""
    rows = Query.objects.filter(declaration=declaration_id).order_by("asked_at", "hold")
    return tuple(
        QueryRow(*columns)
        for columns in rows.values_list(
            "hold",
            "kind",
            "question",
            "ground",
            "document",
            "asked_by",
            "asked_at",
            "answer",
            "answered_by",
            "answered_at",
        )
    )
