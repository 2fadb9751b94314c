"""The rows of manifests, in the final shape of their tables."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from msgspec import json

from tongguan.domain.cargo.sealed import BILL, MANIFEST, MESSAGE, UNIT
from tongguan.domain.cargo.values import Lying, Manifest, ManifestBill
from tongguan.facilities.ledger.sealed import FACT, joined, of_written
from tongguan.facilities.ledger.sealed import Rows as Told
from tongguan.facilities.ledger.values import NewEntry
from tongguan.facilities.tables import TableRows
from tongguan.kernel.identifiers import new_id

_MANIFEST: Final = (
    "id", "number", "flow", "mode", "name", "voyage", "office", "carrier_id", "received_at",
)  # fmt: skip
_MESSAGE: Final = (
    "id",
    "manifest_id",
    "function",
    "sha256",
    "content",
    "received_at",
    "received_by",
)
_BILL: Final = (
    "id", "number", "manifest_id", "site", "consignee", "goods", "packages", "gross",
    "received_at", "arrived_at", "arrived_site",
)  # fmt: skip
_OF_MANIFESTS: Final = {one.table: one for one in (MANIFEST, MESSAGE)}
_OF_BILLS: Final = {one.table: one for one in (BILL, UNIT)}
_UNIT: Final = ("bill_id", "unit", "seals", "arrived_at", "arrived_site")


Rows = list[tuple[object, ...]]


def manifest_rows(
    manifests: Iterable[tuple[UUID, Manifest, int | None]], *, now: datetime
) -> TableRows:
    """Return the heads of manifests; with each come its id and the carrier's."""
    return TableRows(
        "cargo_manifest",
        _MANIFEST,
        [
            (
                id_,
                one.number,
                one.flow,
                one.mode,
                one.name,
                one.voyage,
                one.office,
                carrier_id,
                now,
            )
            for id_, one, carrier_id in manifests
        ],
    )


def message_rows(
    messages: Iterable[tuple[int, UUID, Manifest]], *, by: str, now: datetime
) -> TableRows:
    """Return messages about manifests; with each come its id and that of the manifest."""
    rows: Rows = []
    for id_, manifest_id, one in messages:
        content = json.encode(one)
        sealed = sha256(content).digest()
        rows.append((id_, manifest_id, one.function.value, sealed, content.decode(), now, by))
    return TableRows("cargo_manifestmessage", _MESSAGE, rows)


def bill_rows(
    manifests: Iterable[tuple[UUID, Iterable[ManifestBill]]],
    *,
    now: datetime,
    lying: Mapping[str, Lying],
) -> tuple[TableRows, TableRows]:
    """Return new bills and their containers; with the bills comes the id of their manifest.

    Args:
        manifests: their bills.
        now: when they were received.
        lying: which of them have arrived already, and where.
    """
    bills: Rows = []
    units: Rows = []
    for manifest_id, listed in manifests:
        for bill in listed:
            id_, here = new_id(), lying.get(bill.number)
            said = (bill.site, bill.consignee, bill.goods, bill.packages, bill.gross)
            where = (here.since, here.site) if here else (None, "")
            bills.append((id_, bill.number, manifest_id, *said, now, *where))
            units += _units(id_, bill, here)
    return TableRows("cargo_bill", _BILL, bills), TableRows("cargo_cargounit", _UNIT, units)


def unit_rows(bills: Iterable[tuple[UUID, ManifestBill]]) -> TableRows:
    """Return the containers of bills that have not arrived."""
    rows = [row for id_, bill in bills for row in _units(id_, bill, None)]
    return TableRows("cargo_cargounit", _UNIT, rows)


def _units(bill_id: UUID, bill: ManifestBill, here: Lying | None) -> Rows:
    where = (here.since, here.site) if here else (None, "")
    return [(bill_id, unit.id, list(unit.seals), *where) for unit in bill.units]


def announcements(bills: TableRows, units: TableRows) -> list[NewEntry]:
    """Return the entry that begins the chain of each new bill: it says what bill and boxes hold."""
    return [
        NewEntry(UUID(chain), "BILL_ANNOUNCED", {FACT: joined([rows])})
        for chain, rows in of_written([bills, units], _OF_BILLS).items()
    ]


def told_of_manifests(*written: TableRows) -> dict[str, Told]:
    """Return by manifest what is written of heads and messages."""
    return of_written(written, _OF_MANIFESTS)
