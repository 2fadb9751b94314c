"""`tongguan admitted licences`: what agencies granted, and what is drawn on it."""

from collections.abc import Iterator

import click
from django.utils.timezone import localdate
from django.utils.translation import gettext

from tongguan.domain.parties.queries import enterprises
from tongguan.domain.permits.queries import all_licences
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

from .listing import Told, past_option, tell
from .options import json_option


@click.command("licences", help=_("List the licences that run, with what is drawn on them."))
@past_option
@json_option
def licences(*, with_past: bool, as_json: bool) -> None:
    """List licences by letter and number."""
    tell(_licences(with_past=with_past), as_json=as_json)


def _licences(*, with_past: bool) -> Iterator[Told]:
    today = localdate(utc_now())
    after = ("", "")
    while rows := all_licences(usable_on=None if with_past else today, after=after):
        holders = {one.id: one for one in enterprises({row.holder_id for row in rows}, today)}
        for row in rows:
            of = holders[row.holder_id]
            granted, used = f"{row.granted.normalize():f}", f"{row.drawn.normalize():f}"
            drawn = gettext("drawn {drawn} of {limit} {unit}").format(
                drawn=used, limit=granted, unit=row.unit
            )
            goods, period = " ".join(row.commodities), f"{row.valid_from} – {row.valid_until}"
            head = click.style(f"{row.kind} {row.number}", bold=True)
            words = [head, row.agency, of.scc, of.name_zh, goods, row.port, drawn, period]
            yield (
                "  ".join(filter(None, words)),
                {
                    "letter": row.kind,
                    "licence": row.number,
                    "agency": row.agency,
                    "enterprise": of.scc,
                    "commodities": list(row.commodities),
                    "port": row.port,
                    "granted": granted,
                    "drawn": used,
                    "unit": row.unit,
                    "from": str(row.valid_from),
                    "until": str(row.valid_until),
                },
            )
        after = rows[-1].kind, rows[-1].number
