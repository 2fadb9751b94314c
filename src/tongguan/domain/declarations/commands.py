"""Writes of this room: rows for accepted declarations and for attempts, gathered for one write."""

from collections.abc import Iterable, Sequence

from msgspec import json

from tongguan.domain.declarations.records import NewAttempt, NewDeclaration
from tongguan.facilities.tables import TableRows

_DECLARATION: tuple[str, ...] = (
    "id",
    "number",
    "reference",
    "trader_id",
    "declarant_id",
    "flow",
    "kind",
    "mode",
    "declaration_office",
    "goods_office",
    "payment_office",
    "inspection_office",
    "site",
    "bill",
    "goods",
    "line_count",
    "version",
    "accepted_at",
)


def accepted_rows(accepted: Sequence[NewDeclaration]) -> tuple[TableRows, ...]:
    """Return the rows of newly accepted declarations: head, first version, lines."""
    heads: list[tuple[object, ...]] = []
    versions: list[tuple[object, ...]] = []
    lines: list[tuple[object, ...]] = []
    units: list[tuple[object, ...]] = []
    for one in accepted:
        sent, id_ = one.submission, one.id
        offices = sent.offices
        first = sent.lines[0].name if sent.lines else ""
        heads.append(
            (
                id_,
                one.number,
                sent.reference,
                one.trader_id,
                one.declarant_id,
                sent.flow.value,
                sent.kind.value,
                one.mode.value,
                offices.declaration,
                offices.goods,
                offices.payment,
                offices.inspection,
                sent.place.id or "",
                sent.bill or "",
                (first or "")[:120],
                len(sent.lines),
                1,
                one.accepted_at,
            )
        )
        versions.append(
            (id_, 1, one.content.decode(), one.sha256, "", one.accepted_at, one.made_by)
        )
        boxes = dict.fromkeys(box.id for box in sent.containers)
        units.extend((id_, unit) for unit in boxes or [sent.bill or one.number])
        lines.extend(
            (
                id_,
                line.number,
                line.commodity,
                line.name,
                line.origin,
                line.quantity.value,
                line.quantity.unit,
                line.total,
                line.currency,
            )
            for line in sent.lines
        )
    return (
        TableRows("declarations_declaration", _DECLARATION, heads),
        TableRows(
            "declarations_version",
            (
                "declaration_id",
                "number",
                "content",
                "sha256",
                "reason",
                "made_at",
                "made_by",
            ),
            versions,
        ),
        TableRows(
            "declarations_line",
            (
                "declaration_id",
                "number",
                "commodity",
                "name",
                "origin",
                "quantity",
                "unit",
                "total",
                "currency",
            ),
            lines,
        ),
        TableRows("declarations_unit", ("declaration_id", "unit"), units),
    )


def attempt_rows(attempts: Iterable[NewAttempt]) -> TableRows:
    """Return the rows of submissions as they came, accepted or not."""
    return TableRows(
        "declarations_attempt",
        (
            "id",
            "declarant_code",
            "reference",
            "declaration_id",
            "format",
            "channel",
            "received_at",
            "received_by",
            "sha256",
            "raw",
            "faults",
        ),
        [
            (
                one.id,
                one.declarant_code[:20],
                one.reference[:35],
                one.declaration_id,
                one.format,
                one.channel,
                one.received_at,
                one.received_by,
                one.sha256,
                one.raw,
                None if one.faults is None else json.encode(one.faults).decode(),
            )
            for one in attempts
        ],
    )
