"""`tongguan admit` enterprise, mandate, bank, agency, guarantee: who takes part, and what holds."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import click
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)
from django.utils.timezone import localdate
from django.utils.translation import gettext

from tongguan.domain.parties.commands import grant_mandate, register
from tongguan.domain.parties.problems import HOME_OFFICE
from tongguan.domain.parties.values import CreditClass, EnterpriseKind, MandateFlow
from tongguan.domain.permits.commands import register_agency
from tongguan.domain.revenue.registers import register_bank, register_guarantee
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.identifiers import COMPANY_CODE, ENTERPRISE, LICENCE, OFFICE
from tongguan.kernel.numbers import typed_number
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _

from .admitting import Words, by_option, enterprise_id, is_office, perform
from .identifiers import Identifier
from .options import day, json_option, whole_file

KINDS: Final = {str(kind).lower(): kind for kind in EnterpriseKind}
FLOWS: Final = {str(flow) or "both": flow for flow in MandateFlow}
FEN: Final = Decimal("0.01")
MOST: Final = Decimal(10) ** 17


class Amount(click.ParamType[Decimal]):
    """A sum of money in yuan: more than none, to the fen, within what its column holds."""

    name = "cny"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        """Return it exactly."""
        found = typed_number(str(value))
        if found is None or not 0 < found < MOST or found != found.quantize(FEN):
            self.fail(gettext("“{value}” is no sum in yuan.").format(value=value), param, ctx)
        return found.quantize(FEN)


class Figure(click.ParamType[Decimal]):
    """A number above `least`, of so many digits before the point and behind it; 0 if least is."""

    name = "number"

    def __init__(self, digits: int, places: int, *, least: int | None = None) -> None:
        """Take what its column holds; without `least` it has to be above zero."""
        self._most = Decimal(10) ** digits
        self._step = Decimal(1).scaleb(-places)
        self._least = self._step if least is None else Decimal(least)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        """Return it exactly."""
        found = typed_number(str(value))
        fits = found is not None and self._least <= found < self._most
        if found is None or not fits or found != found.quantize(self._step):
            self.fail(gettext("“{value}” is no such number.").format(value=value), param, ctx)
        return found.quantize(self._step)


@click.command(help=_("Register an enterprise, by its unified social credit code."))
@click.argument("credit_code", type=Identifier(ENTERPRISE))
@click.option(
    "--kind", type=click.Choice(list(KINDS)), required=True, help=_("What it is registered as.")
)
@click.option("--name-zh", type=Words(150), required=True, help=_("Its name, as registered."))
@click.option("--name-en", type=Words(200), default="", help=_("Its name, as others write it."))
@click.option(
    "--customs-code",
    type=Identifier(COMPANY_CODE),
    default="",
    help=_("Customs registration, ten places; needed to declare."),
)
@click.option(
    "--home-office",
    type=Identifier(OFFICE),
    required=True,
    help=_("The office that keeps its file."),
)
@click.option(
    "--credit",
    type=click.Choice([str(one) for one in CreditClass]),
    default=str(CreditClass.GENERAL),
    show_default=True,
    help=_("Its first credit class."),
)
@by_option
@json_option
def enterprise(
    credit_code: str,
    *,
    kind: str,
    name_zh: str,
    name_en: str,
    customs_code: str,
    home_office: str,
    credit: str,
    by: str,
    as_json: bool,
) -> None:
    """Register it for all districts."""

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        if not is_office(home_office, localdate(now)):
            raise ProblemError(HOME_OFFICE.at("#/home_office", office=home_office))
        id_ = register(
            scc=credit_code,
            customs_code=customs_code,
            name_zh=name_zh,
            name_en=name_en,
            kind=KINDS[kind],
            home_office=home_office,
            credit=CreditClass(credit),
            by=actor,
            now=now,
        )
        words = gettext("{code} is registered as {kind}: {name}.").format(
            code=credit_code, kind=gettext(KINDS[kind].label), name=name_zh
        )
        return words, {"enterprise": credit_code, "id": id_, "kind": str(KINDS[kind])}

    perform(act, by=by, as_json=as_json)


@click.command(help=_("Enter the mandate of a trader to a broker, both by their credit codes."))
@click.argument("principal", type=Identifier(ENTERPRISE))
@click.argument("broker", type=Identifier(ENTERPRISE))
@click.option("--until", type=day, required=True, help=_("The day on which it no longer runs."))
@click.option("--from", "since", type=day, help=_("Its first day; without it, today."))
@click.option(
    "--flow",
    type=click.Choice(list(FLOWS)),
    default="both",
    show_default=True,
    help=_("Which declarations it covers."),
)
@click.option(
    "--chapters", default="", help=_("Chapters of the tariff, with commas: 84,90; without, all.")
)
@click.option(
    "--sees-others",
    is_flag=True,
    help=_("It also shows what the trader or another broker declared, and lets act on it."),
)
@click.option(
    "--guarantee", is_flag=True, help=_("It lets the broker draw on the trader's guarantees.")
)
@by_option
@json_option
def mandate(
    principal: str,
    broker: str,
    *,
    until: datetime,
    since: datetime | None,
    flow: str,
    chapters: str,
    sees_others: bool,
    guarantee: bool,
    by: str,
    as_json: bool,
) -> None:
    """Give the broker the electronic mandate to declare."""

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        first = since.date() if since else localdate(now)
        id_ = grant_mandate(
            principal_id=enterprise_id(principal, "#/principal"),
            broker_id=enterprise_id(broker, "#/broker"),
            valid_from=first,
            valid_until=until.date(),
            flow=FLOWS[flow],
            chapters=[one.strip() for one in chapters.split(",") if one.strip()],
            sees_others=sees_others,
            draws_guarantee=guarantee,
            by=actor,
            now=now,
        )
        words = gettext("{broker} may declare for {principal} from {first} until {until}.").format(
            broker=broker, principal=principal, first=first, until=until.date()
        )
        powers = {"sees_others": sees_others, "guarantee": guarantee}
        return words, {"mandate": id_, "principal": principal, "broker": broker, **powers}

    perform(act, by=by, as_json=as_json)


@click.command(
    help=_("Register a bank, whose signed receipts are believed; again changes nothing.")
)
@click.argument("name", type=Words(100))
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help=_("Its Ed25519 public key: a file in PEM, or the 32 bytes."),
)
@by_option
@json_option
def bank(name: str, *, key: Path, by: str, as_json: bool) -> None:
    """Register the bank with its key."""
    raw = _raw(whole_file(key))

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        register_bank(name=name, public_key=raw, by=actor, now=now)
        words = gettext("Bank {name} is registered with the key {key}.")
        return words.format(name=name, key=raw.hex()), {"bank": name, "key": raw.hex()}

    perform(act, by=by, as_json=as_json)


@click.command(help=_("Say which enterprise acts for an agency; again changes nothing."))
@click.argument("code", type=Words(12))
@click.argument("credit_code", type=Identifier(ENTERPRISE))
@by_option
@json_option
def agency(code: str, credit_code: str, *, by: str, as_json: bool) -> None:
    """Register the agency that confirms licences."""

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        id_ = enterprise_id(credit_code, "#/scc")
        register_agency(code=code, enterprise_id=id_, by=actor, now=now)
        words = gettext("{enterprise} acts for the agency {code}.")
        return words.format(enterprise=credit_code, code=code), {"agency": code, "id": id_}

    perform(act, by=by, as_json=as_json)


@click.command(help=_("Register a guarantee of an enterprise; again changes nothing."))
@click.argument("number", type=Identifier(LICENCE, 40))
@click.argument("credit_code", type=Identifier(ENTERPRISE))
@click.option("--limit", type=Amount(), required=True, help=_("What it is good for, in yuan."))
@click.option("--until", type=day, required=True, help=_("The day on which it no longer runs."))
@click.option("--from", "since", type=day, required=True, help=_("Its first day."))
@by_option
@json_option
def guarantee(
    number: str,
    credit_code: str,
    *,
    limit: Decimal,
    since: datetime,
    until: datetime,
    by: str,
    as_json: bool,
) -> None:
    """Register what secures duty in all districts."""
    if until <= since:
        raise click.BadParameter(
            gettext("The end has to lie after the first day."), param_hint="--until"
        )

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        register_guarantee(
            number=number,
            enterprise_id=enterprise_id(credit_code, "#/scc"),
            limit_cny=limit,
            valid_from=since.date(),
            valid_until=until.date(),
            by=actor,
            now=now,
        )
        words = gettext("Guarantee {number} of {enterprise} is registered: {limit} CNY.")
        told = words.format(number=number, enterprise=credit_code, limit=f"{limit:,}")
        return told, {"guarantee": number, "enterprise": credit_code, "limit": str(limit)}

    perform(act, by=by, as_json=as_json)


def _raw(data: bytes) -> bytes:
    """Return the 32 bytes of a key in PEM, none where it is of another kind; else the data."""
    try:
        key = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        return data
    return (
        key.public_bytes(Encoding.Raw, PublicFormat.Raw)
        if isinstance(key, Ed25519PublicKey)
        else b""
    )
