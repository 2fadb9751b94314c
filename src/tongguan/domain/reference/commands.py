"""Loading what law publishes: a tariff release, all of it or nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from tongguan.domain.reference.models import TariffRelease
from tongguan.domain.reference.rules.tariff_file import FileRow, read_tariff
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.tables import TableRows, write
from tongguan.kernel.problems import Fault


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a tariff file: the release, rows in, and every refused row."""

    release: int
    rows: int
    refused: tuple[Fault, ...]


def load_tariff(
    text: str, *, name: str, source: str, valid_from: date, by: Actor, now: datetime
) -> Loaded:
    """Load a tariff in the official layout; rows at fault stay out and are told.

    From `valid_from` on it stands before the demonstration tariff and before earlier releases.

    Cost: 0.5 s for 12,000 rows.
    """
    rows, faults = read_tariff(text)
    if not rows:
        return Loaded(0, 0, tuple(faults))
    with transaction.atomic(durable=True):
        release = TariffRelease.objects.create(
            name=name,
            source=source,
            sha256=sha256(text.encode()).hexdigest(),
            valid_from=valid_from,
            loaded_at=now,
            loaded_by=by.name,
        )
        write(
            [
                TableRows(
                    "reference_tariffrow",
                    (
                        "release_id",
                        "code",
                        "name_zh",
                        "general",
                        "mfn",
                        "export",
                        "consumption",
                        "vat",
                        "first_unit",
                        "second_unit",
                        "controls",
                        "elements",
                    ),
                    [_columns(release.pk, row) for row in rows],
                )
            ]
        )
        facts = {"release": release.pk, "rows": len(rows), "sha256": release.sha256}
        record("TARIFF_LOADED", None, by=by, at=now, **facts)
    return Loaded(release.pk, len(rows), tuple(faults))


def _columns(release: int, row: FileRow) -> tuple[object, ...]:
    return (release, *row)
