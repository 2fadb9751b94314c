"""`tongguan keys`: the signing keys of the installation: list them, make one, take it into use."""

import os
from datetime import datetime
from typing import Any, Final

import click
from django.conf import settings
from django.utils.translation import gettext

from tongguan.facilities.accounts.second_factors import reseal_factors
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.keys import make_key
from tongguan.facilities.ledger.installation_keys import (
    PURPOSES,
    TOKEN,
    ensure_keys,
    installation_keys,
    places_of,
    require_keys,
)
from tongguan.kernel.text import _
from tongguan.processes.signing_keys import replace_secret, rotate_key

from . import database
from .admitting import by_option, line, perform
from .moments import moment
from .options import REFUSED, json_option

_purpose: Final = click.argument("purpose", type=click.Choice(PURPOSES))


@click.group(help=_("List the signing keys, make one, and take it into use."))
def keys() -> None:
    """Hold the commands over signing keys."""


@keys.command("list", help=_("List the keys in use and before, and where this node has them."))
@json_option
def list_keys(*, as_json: bool) -> int:
    """List the keys that the database names and where they are, and those not used yet.

    Exit code 1 where a key in use is not here.
    """
    database.make_ready()
    rows = installation_keys()
    told = [
        {
            "purpose": row.purpose,
            "key": row.key,
            "since": row.since.isoformat(),
            "retired_at": None if row.retired_at is None else row.retired_at.isoformat(),
            "here": row.here,
            "place": row.place,
        }
        for row in rows
    ]
    known = {(row.purpose, row.key) for row in rows}
    for purpose in PURPOSES:
        for key, place in sorted(places_of(purpose).items()):
            if (purpose, key) not in known:
                unused = {"since": None, "retired_at": None, "here": True, "place": place}
                told.append({"purpose": purpose, "key": key, **unused})
    for one in told:
        if as_json:
            line(one)
        else:
            click.echo(_words(one))
    return int(any(row.retired_at is None and not row.here for row in rows))


@keys.command(
    help=_("Make a key, in the token if one is set. It signs nothing until `rotate` takes it.")
)
@_purpose
@json_option
def make(purpose: str, *, as_json: bool) -> None:
    """Make a further key, and print its public key."""
    database.make_ready()
    ensure_keys()
    key = make_key(purpose).hex()
    if as_json:
        line({"outcome": "made", "purpose": purpose, "key": key, "problems": []})
    else:
        click.echo(key)
        if settings.PKCS11_TOKEN:
            told = gettext("It is in the token “{token}”. Next: tongguan keys rotate")
        else:
            told = gettext(
                "Copy its file in {folder} to every other node, then: tongguan keys rotate"
            )
        click.echo(told.format(folder=settings.KEYS_DIR, token=settings.PKCS11_TOKEN), err=True)


@keys.command(help=_("Sign with a key of this node from now on, named by its public key."))
@_purpose
@click.argument("key")
@click.option("--reason", required=True, help=_("Why; it stands in the ledger."))
@by_option
@json_option
def rotate(purpose: str, key: str, *, reason: str, by: str, as_json: bool) -> None:
    """Take another key into use; what the former one signed still counts."""
    database.make_ready()
    require_keys()

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        former = rotate_key(purpose=purpose, key=key, reason=reason, by=actor, now=now)
        words = gettext("{key} signs for “{purpose}” now. Keep the former key.")
        row = {"purpose": purpose, "key": key, "former": former}
        return words.format(key=key, purpose=purpose), row

    perform(act, by=by, as_json=as_json, outcome="rotated")


@keys.command("reseal", help=_("Seal second factors anew, once all nodes have the new secret."))
@by_option
@json_option
def reseal(*, by: str, as_json: bool) -> int:
    """Seal all second factors under the present secret; exit code 1 where some cannot be opened."""
    _require_given_secret()
    left = 0

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        nonlocal left
        sealed, unreadable = reseal_factors(by=actor, now=now)
        left = unreadable
        told = gettext("{sealed} second factors are sealed anew, {unreadable} cannot be opened.")
        row = {"sealed": sealed, "unreadable": unreadable}
        return told.format(**row), row

    perform(act, by=by, as_json=as_json, outcome="resealed")
    return REFUSED if left else 0


@keys.command("replace-secret", help=_("Take this node's secret into use: the former is lost."))
@click.option("--reason", required=True, help=_("Why; it stands in the ledger."))
@by_option
@json_option
def replace_lost(*, reason: str, by: str, as_json: bool) -> None:
    """Take the secret into use, and remove the second factors that nothing opens any more."""
    _require_given_secret()

    def act(actor: Actor, now: datetime) -> tuple[str, dict[str, Any]]:
        removed = replace_secret(reason=reason, by=actor, now=now)
        words = gettext("The secret is in use. {removed} second factors are removed.")
        return words.format(removed=removed), {"second_factors_removed": removed}

    perform(act, by=by, as_json=as_json, outcome="replaced")


def _require_given_secret() -> None:
    """Refuse to go by a secret that the command line found or made for itself."""
    if "TONGGUAN_SECRET_KEY" not in os.environ:
        raise click.UsageError(gettext("Give TONGGUAN_SECRET_KEY as the nodes have it."))


def _words(row: dict[str, Any]) -> str:
    since, retired = row["since"], row["retired_at"]
    if since is None:
        state = gettext("not used yet")
    elif retired is None:
        state = gettext("in use since {at}").format(at=moment(datetime.fromisoformat(since)))
    else:
        state = gettext("retired {at}").format(at=moment(datetime.fromisoformat(retired)))
    if row["place"] == TOKEN:
        place = gettext("in the token “{token}”").format(token=settings.PKCS11_TOKEN)
    else:
        place = gettext("in a file here") if row["here"] else gettext("NOT HERE")
    return f"{row['purpose']:8} {row['key']}  {state}  {place}"
