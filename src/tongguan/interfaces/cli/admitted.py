"""`tongguan admitted`: who and what takes part, each with the number that `withdraw` asks for."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import click
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext

from tongguan.domain.parties.queries import all_mandates, enterprises, page
from tongguan.domain.parties.values import EnterpriseRow, MandateFlow, MandateRow
from tongguan.domain.revenue import queries as revenue
from tongguan.domain.revenue.values import GuaranteeRow
from tongguan.facilities.accounts import queries as accounts
from tongguan.facilities.accounts.problems import NO_ACCOUNT
from tongguan.facilities.accounts.queries import CLIENT
from tongguan.facilities.accounts.values import SYSTEM, PostingRow
from tongguan.kernel.identifiers import ENTERPRISE
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

from .admitting import enterprise_id, refuse
from .certificates import origins, reliefs
from .identifiers import Identifier
from .licences import licences
from .listing import Told, past_option, tell, withdrawn_words
from .options import json_option


@click.group(help=_("List who and what is admitted, with the numbers that `withdraw` asks for."))
def admitted() -> None:
    """Hold the commands that list; whoever may use the house's folder sees all."""


@admitted.command(help=_("List people with the postings they hold, or one by account name."))
@click.argument("name", default="")
@past_option
@json_option
def people(name: str, *, with_past: bool, as_json: bool) -> None:
    """List persons by account name."""
    found = tell(_people(name, utc_now(), with_past=with_past), as_json=as_json)
    if name and not found:
        refuse(NO_ACCOUNT.error(name=name), as_json=as_json)


@admitted.command(help=_("List software with the postings it holds, or one by its name."))
@click.argument("name", default="")
@past_option
@json_option
def software(name: str, *, with_past: bool, as_json: bool) -> None:
    """List software by name, which may have `client:` before it."""
    bare = name.removeprefix(CLIENT)
    found = tell(_software(bare, utc_now(), with_past=with_past), as_json=as_json)
    if bare and not found:
        refuse(NO_ACCOUNT.error(name=CLIENT + bare), as_json=as_json)


@admitted.command(help=_("List the mandates that run, or those of one enterprise."))
@click.argument("credit_code", type=Identifier(ENTERPRISE), default="")
@past_option
@json_option
def mandates(credit_code: str, *, with_past: bool, as_json: bool) -> None:
    """List mandates; what ends last comes first."""
    try:
        of = enterprise_id(credit_code, "#/scc") if credit_code else None
    except ProblemError as error:
        refuse(error, as_json=as_json)
    tell(_mandates(of, localdate(utc_now()), with_past=with_past), as_json=as_json)


@admitted.command("enterprises", help=_("List enterprises, or those of a code or name in part."))
@click.argument("search", default="")
@json_option
def firms(search: str, *, as_json: bool) -> None:
    """List enterprises by name, with their class of today and whether they are suspended."""
    tell(_enterprises(search, localdate(utc_now())), as_json=as_json)


@admitted.command(help=_("List the banks whose receipts are believed, with their keys."))
@past_option
@json_option
def banks(*, with_past: bool, as_json: bool) -> None:
    """List banks by name, the earliest key of each first."""
    tell(_banks(with_past=with_past), as_json=as_json)


@admitted.command(help=_("List the guarantees that run, with what is drawn on them."))
@past_option
@json_option
def guarantees(*, with_past: bool, as_json: bool) -> None:
    """List guarantees by number."""
    tell(_guarantees(localdate(utc_now()), with_past=with_past), as_json=as_json)


def _people(name: str, now: datetime, *, with_past: bool) -> Iterator[Told]:
    after = ""
    while rows := accounts.people(viewer=SYSTEM, name=name, after=after):
        held = _postings([one.username for one in rows], now)
        for one in rows:
            if not (one.is_active or with_past):
                continue
            names = {"name_zh": one.name_zh, "name_en": one.name_en, "email": one.email}
            yield _account(
                one.username,
                {**names, "home_office": one.home_office, "in_use": one.is_active},
                held[one.username],
            )
        after = rows[-1].username


def _software(name: str, now: datetime, *, with_past: bool) -> Iterator[Told]:
    after = ""
    while rows := accounts.clients(viewer=SYSTEM, name=name, after=after):
        held = _postings([CLIENT + one.name for one in rows], now)
        for one in rows:
            in_use = one.withdrawn_at is None
            if in_use or with_past:
                account = CLIENT + one.name
                yield _account(account, {"label": one.label, "in_use": in_use}, held[account])
        after = rows[-1].name


def _account(name: str, facts: dict[str, Any], held: Sequence[Told]) -> Told:
    """Return an account with its postings, a line each below it."""
    shown = [str(fact) for fact in facts.values() if fact and fact is not True]
    gone = [] if facts["in_use"] else [gettext("let go")]
    lines = ("  ".join((click.style(name, bold=True), *shown, *gone)), *(one for one, _row in held))
    return "\n".join(lines), {"account": name, **facts, "postings": [row for _line, row in held]}


def _postings(names: Sequence[str], now: datetime) -> dict[str, list[Told]]:
    """Return the postings in force of each account, those at enterprises by credit code."""
    held = accounts.postings_of(names, viewer=SYSTEM, now=now)
    ids = {one.enterprise_id for rows in held.values() for one in rows if one.enterprise_id}
    firms = {one.id: one for one in enterprises(ids, localdate(now))}
    return {name: [_posting(one, firms) for one in rows] for name, rows in held.items()}


def _posting(one: PostingRow, firms: dict[int, EnterpriseRow]) -> Told:
    firm = firms.get(one.enterprise_id or 0)
    place = firm.scc if firm else one.office or one.district or one.site
    words = [f"{one.id:>6}", "@".join(filter(None, (str(one.role), place)))]
    if firm:
        words.append(firm.name_zh)
    if one.valid_until is not None:
        until = f"{localtime(one.valid_until):%Y-%m-%d %H:%M}"
        words.append(gettext("until {until}").format(until=until))
    return "  ".join(words), {
        "posting": one.id,
        "role": str(one.role),
        "place": place,
        "since": one.valid_from.isoformat(),
        "until": one.valid_until and one.valid_until.isoformat(),
    }


def _mandates(of: int | None, today: date, *, with_past: bool) -> Iterator[Told]:
    after = None
    running_on = None if with_past else today
    while rows := all_mandates(viewer=SYSTEM, enterprise_id=of, running_on=running_on, after=after):
        between = {id_ for one in rows for id_ in (one.principal_id, one.broker_id)}
        codes = {one.id: one.scc for one in enterprises(between, today)}
        for one in rows:
            yield _mandate(one, codes)
        after = rows[-1].valid_until, rows[-1].id


def _mandate(one: MandateRow, codes: dict[int, str]) -> Told:
    principal, broker = codes[one.principal_id], codes[one.broker_id]
    scope = [gettext(MandateFlow(one.flow).label), ",".join(one.chapters)]
    if one.sees_others:
        scope.append(gettext("sees what others declared"))
    if one.draws_guarantee:
        scope.append(gettext("draws on guarantees"))
    revoked = gettext("revoked {day}").format(day=one.revoked_on) if one.revoked_on else ""
    sides = f"{principal} {one.principal} → {broker} {one.broker}"
    period = f"{one.valid_from} – {one.valid_until}"
    words = filter(None, (f"{one.id:>6}", sides, *scope, period, revoked))
    return "  ".join(words), {
        "mandate": one.id,
        "principal": principal,
        "broker": broker,
        "flow": one.flow or "both",
        "chapters": list(one.chapters),
        "sees_others": one.sees_others,
        "guarantee": one.draws_guarantee,
        "from": str(one.valid_from),
        "until": str(one.valid_until),
        "revoked": one.revoked_on and str(one.revoked_on),
    }


def _enterprises(search: str, today: date) -> Iterator[Told]:
    after = None
    while rows := page(viewer=SYSTEM, day=today, search=search, after=after):
        yield from map(_enterprise, rows)
        after = rows[-1].name_zh, rows[-1].id


def _enterprise(one: EnterpriseRow) -> Told:
    facts = [one.customs_code, one.name_zh, one.home_office]
    terms = [gettext(one.kind.label), gettext(one.credit.label)]
    suspended = [gettext("suspended")] if one.suspended else []
    words = filter(None, (click.style(one.scc, bold=True), *facts, *terms, *suspended))
    return "  ".join(words), {
        "enterprise": one.scc,
        "customs_code": one.customs_code,
        "name_zh": one.name_zh,
        "name_en": one.name_en,
        "kind": str(one.kind),
        "home_office": one.home_office,
        "credit": str(one.credit),
        "since": str(one.registered_on),
        "suspended": one.suspended,
    }


def _banks(*, with_past: bool) -> Iterator[Told]:
    for one in revenue.banks():
        if one.withdrawn_at is not None and not with_past:
            continue
        words = [click.style(one.name, bold=True), one.public_key]
        yield (
            "  ".join([*words, *withdrawn_words(one.withdrawn_at)]),
            {
                "bank": one.name,
                "key": one.public_key,
                "since": one.registered_at.isoformat(),
                "withdrawn": one.withdrawn_at and one.withdrawn_at.isoformat(),
            },
        )


def _guarantees(today: date, *, with_past: bool) -> Iterator[Told]:
    after = ""
    usable_on = None if with_past else today
    while rows := revenue.all_guarantees(usable_on=usable_on, after=after):
        codes = {one.id: one for one in enterprises({row.enterprise_id for row in rows}, today)}
        for row in rows:
            yield _guarantee(row, codes[row.enterprise_id])
        after = rows[-1].number


def _guarantee(one: GuaranteeRow, of: EnterpriseRow) -> Told:
    drawn = gettext("drawn {drawn} of {limit} CNY").format(
        drawn=f"{one.drawn_cny:,}", limit=f"{one.limit_cny:,}"
    )
    period = f"{one.valid_from} – {one.valid_until}"
    words = [click.style(one.number, bold=True), of.scc, of.name_zh, drawn, period]
    return "  ".join([*words, *withdrawn_words(one.withdrawn_at)]), {
        "guarantee": one.number,
        "enterprise": of.scc,
        "limit": str(one.limit_cny),
        "drawn": str(one.drawn_cny),
        "from": str(one.valid_from),
        "until": str(one.valid_until),
        "withdrawn": one.withdrawn_at and one.withdrawn_at.isoformat(),
    }


admitted.add_command(reliefs)
admitted.add_command(origins)
admitted.add_command(licences)
