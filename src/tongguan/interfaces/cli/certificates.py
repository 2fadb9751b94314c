"""Certificates of relief and of origin by the command line: admit, list and withdraw them."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import click
from django.utils.timezone import localdate
from django.utils.translation import gettext

from tongguan.domain.parties.queries import enterprises
from tongguan.domain.parties.values import EnterpriseRow
from tongguan.domain.permits import queries as permits
from tongguan.domain.permits.certificates import register_certificate, withdraw_certificate
from tongguan.domain.permits.values import (
    BY_VALUE,
    CertificateKind,
    CertificateRow,
    Freed,
    NewCertificate,
)
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.identifiers import CODE, COMMODITY, ENTERPRISE, LICENCE, MEASURE
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

from .admitting import Words, by_option, enterprise_id, perform
from .identifiers import Identifier
from .listing import Told, past_option, tell, withdrawn_words
from .options import day, json_option
from .parties import Figure

FREED: Final = {str(tax).lower(): tax for tax in Freed}
OUTCOME: Final = "withdrawn"
SHARE_PLACES: Final = 5
MOST_DIGITS: Final = 14
MOST_PLACES: Final = 5
Command = Callable[..., None]


def _described(command: Command) -> Command:
    """Give a command the options that certificates of both kinds share."""
    options = (
        click.option(
            "--commodity",
            "commodities",
            type=Identifier(COMMODITY),
            multiple=True,
            required=True,
            help=_("A commodity code it covers, or the digits codes begin with; may be repeated."),
        ),
        click.option(
            "--quantity",
            type=Figure(MOST_DIGITS, MOST_PLACES),
            help=_("How much it is good for, in --unit."),
        ),
        click.option(
            "--unit", type=Identifier(MEASURE), help=_("Unit of the quantity, of the unit table.")
        ),
        click.option(
            "--value",
            type=Figure(MOST_DIGITS, MOST_PLACES),
            help=_("Instead of a quantity: the customs value it is good for, in yuan."),
        ),
        click.option("--from", "since", type=day, required=True, help=_("Its first day.")),
        click.option(
            "--until", type=day, required=True, help=_("The day on which it no longer runs.")
        ),
        click.option("--issuer", type=Words(100), required=True, help=_("Who issued it.")),
        by_option,
        json_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command(
    help=_("Register a relief certificate or record of an enterprise; again changes nothing.")
)
@click.argument("number", type=Identifier(LICENCE, 35))
@click.argument("credit_code", type=Identifier(ENTERPRISE))
@click.option(
    "--nature", type=Identifier(CODE, 3), required=True, help=_("Nature of levy it is granted for.")
)
@click.option(
    "--levy-mode",
    "levy_modes",
    type=Identifier(CODE),
    multiple=True,
    required=True,
    help=_("A levy mode that lines on it may have; may be repeated."),
)
@click.option(
    "--frees",
    type=click.Choice(list(FREED)),
    multiple=True,
    required=True,
    help=_("A tax it lowers; may be repeated. Consumption tax only where the paper says so."),
)
@click.option(
    "--share",
    type=Figure(1, SHARE_PLACES, least=0),
    help=_("For levy modes 4 and 5: the share that is levied all the same, such as 0.3, or 0."),
)
@_described
def relief(
    number: str,
    credit_code: str,
    *,
    nature: str,
    levy_modes: tuple[str, ...],
    frees: tuple[str, ...],
    share: Decimal | None,
    **stated: Any,
) -> None:
    """Register what a relief is granted on."""
    _admit(
        CertificateKind.RELIEF,
        number,
        credit_code,
        gettext("Relief certificate {number} of {enterprise} is registered."),
        basis=nature,
        levy_modes=levy_modes,
        frees=tuple(FREED[tax] for tax in frees),
        share=share,
        **stated,
    )


@click.command(
    help=_("Register a certificate of origin that an enterprise may use; again changes nothing.")
)
@click.argument("number", type=Identifier(LICENCE, 35))
@click.argument("credit_code", type=Identifier(ENTERPRISE))
@click.option(
    "--agreement", type=Identifier(CODE, 10), required=True, help=_("Code of the agreement.")
)
@click.option(
    "--country", type=Identifier(CODE, 3), required=True, help=_("Country of origin, its code.")
)
@_described
def origin(number: str, credit_code: str, *, agreement: str, country: str, **stated: Any) -> None:
    """Register what a preference is claimed on."""
    _admit(
        CertificateKind.ORIGIN,
        number,
        credit_code,
        gettext("Certificate of origin {number} of {enterprise} is registered."),
        basis=agreement,
        origin=country,
        **stated,
    )


@click.command(
    "reliefs", help=_("List the relief certificates that run, with what is used of them.")
)
@past_option
@json_option
def reliefs(*, with_past: bool, as_json: bool) -> None:
    """List relief certificates by number."""
    tell(_certificates(CertificateKind.RELIEF, with_past=with_past), as_json=as_json)


@click.command("origins", help=_("List the certificates of origin that run."))
@past_option
@json_option
def origins(*, with_past: bool, as_json: bool) -> None:
    """List certificates of origin by number."""
    tell(_certificates(CertificateKind.ORIGIN, with_past=with_past), as_json=as_json)


@click.command("relief", help=_("Withdraw a relief certificate: what was granted on it stays."))
@click.argument("number", type=Identifier(LICENCE))
@by_option
@json_option
def withdraw_relief(number: str, *, by: str, as_json: bool) -> None:
    """End a relief certificate before its last day."""
    told = gettext("Relief certificate {number} is withdrawn. What was granted on it stays.")
    _withdraw(CertificateKind.RELIEF, number, told, by=by, as_json=as_json)


@click.command("origin", help=_("Withdraw a certificate of origin: what was granted on it stays."))
@click.argument("number", type=Identifier(LICENCE))
@by_option
@json_option
def withdraw_origin(number: str, *, by: str, as_json: bool) -> None:
    """End a certificate of origin before its last day."""
    told = gettext("Certificate of origin {number} is withdrawn. What was granted on it stays.")
    _withdraw(CertificateKind.ORIGIN, number, told, by=by, as_json=as_json)


def _admit(
    kind: CertificateKind,
    number: str,
    credit_code: str,
    words: str,
    *,
    quantity: Decimal | None,
    unit: str | None,
    value: Decimal | None,
    since: datetime,
    until: datetime,
    by: str,
    as_json: bool,
    **content: Any,
) -> None:
    if (quantity is None) is (value is None) or (quantity is None) is not (unit is None):
        raise click.UsageError(gettext("Give either --quantity with its --unit, or --value."))

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        certificate = NewCertificate(
            kind=kind,
            number=number,
            holder_id=enterprise_id(credit_code, "#/scc"),
            granted=quantity if quantity is not None else value or Decimal(0),
            unit=unit or BY_VALUE,
            valid_from=since.date(),
            valid_until=until.date(),
            **content,
        )
        register_certificate(certificate=certificate, by=actor, now=now)
        told = words.format(number=number, enterprise=credit_code)
        return told, {"certificate": number, "enterprise": credit_code}

    perform(act, by=by, as_json=as_json)


def _withdraw(kind: CertificateKind, number: str, words: str, *, by: str, as_json: bool) -> None:
    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        withdraw_certificate(kind=kind, number=number, by=actor, now=now)
        return words.format(number=number), {"certificate": number}

    perform(act, by=by, as_json=as_json, outcome=OUTCOME)


def _certificates(kind: CertificateKind, *, with_past: bool) -> Iterator[Told]:
    today = localdate(utc_now())
    after = ""
    while rows := permits.all_certificates(
        kind, usable_on=None if with_past else today, after=after
    ):
        holders = _holders({row.holder_id for row in rows}, today)
        for row in rows:
            yield _certificate(row, holders[row.holder_id])
        after = rows[-1].number


def _holders(ids: set[int], today: date) -> dict[int, EnterpriseRow]:
    return {one.id: one for one in enterprises(ids, today)}


def _certificate(one: CertificateRow, of: EnterpriseRow) -> Told:
    drawn = gettext("drawn {drawn} of {limit} {unit}").format(
        drawn=_short(one.drawn), limit=_short(one.granted), unit=one.unit
    )
    terms = [one.basis, one.origin, " ".join(one.levy_modes), " ".join(one.frees).lower()]
    goods, period = " ".join(one.commodities), f"{one.valid_from} – {one.valid_until}"
    words = [click.style(one.number, bold=True), of.scc, of.name_zh, *filter(None, terms)]
    return "  ".join([*words, goods, drawn, period, *withdrawn_words(one.withdrawn_at)]), {
        "certificate": one.number,
        "enterprise": of.scc,
        "basis": one.basis,
        "country": one.origin,
        "levy_modes": list(one.levy_modes),
        "frees": [tax.lower() for tax in one.frees],
        "share": None if one.share is None else _short(one.share),
        "commodities": list(one.commodities),
        "granted": _short(one.granted),
        "drawn": _short(one.drawn),
        "unit": one.unit,
        "from": str(one.valid_from),
        "until": str(one.valid_until),
        "issuer": one.issuer,
        "withdrawn": one.withdrawn_at and one.withdrawn_at.isoformat(),
    }


def _short(number: Decimal) -> str:
    return f"{number.normalize():f}"
