"""A tariff that asks for documents of the samples' goods, as an operator would load it."""

from datetime import date
from typing import Final

from tongguan.domain.reference.models import Stamp, TariffRelease, TariffRow
from tongguan.domain.reference.queries import renew, snapshot
from tongguan.kernel.identifiers import new_id
from tongguan.kernel.time import utc_now

SINCE: Final = date(2020, 1, 1)


def controlled(code: str, letters: str) -> None:
    """Give a commodity of the demonstration tariff these letters, since 2020."""
    now = utc_now()
    row = snapshot().tariff.line(code, now.date())
    assert row is not None
    release = TariffRelease.objects.create(
        name="controls",
        source="the tests' own",
        sha256=new_id().hex,
        valid_from=SINCE,
        whole=False,
        loaded_at=now,
        loaded_by="tests",
    )
    TariffRow.objects.create(
        release=release,
        code=code,
        name_zh=row.name,
        general=row.general,
        mfn=row.mfn,
        export=row.export,
        consumption=row.consumption,
        vat=row.vat,
        first_unit=row.first_unit,
        second_unit=row.second_unit or "",
        controls=letters,
        elements=";".join(row.elements),
    )
    number = new_id().int % 10**9
    Stamp.objects.update_or_create(id=1, defaults={"number": number})
    renew()
