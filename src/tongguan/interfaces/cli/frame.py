"""How the command line looks up a command, gets ready for it and shows help."""

import copy
import os
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.metadata import version
from secrets import token_urlsafe
from typing import Any, Final

import click
import django

from tongguan.kernel.text import _

from . import commands, words
from .commands import Needs

SETTINGS: Final = "tongguan.settings"
SERVING: Final = frozenset({"serve", "migrate"})
DATABASE: Final = "tongguan.interfaces.cli.database"
INTRODUCTION: Final = _(
    "Customs clearance for a region in which many customs districts act as one."
)


class Commands(click.Group):
    """The command `tongguan`: it loads only the module of the command that is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order of the table."""
        return [one.name for _title, group in commands.SECTIONS for one in group]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Get ready for a command and load it."""
        row = commands.named(cmd_name)
        if row is None:
            return None
        if row.needs is not Needs.NOTHING:
            _set_up(row)
        module, _colon, attribute = row.target.partition(":")
        shown = _in_language(getattr(import_module(module), attribute))
        if row.needs is Needs.DATABASE and shown.callback is not None:
            shown.callback = partial(_with_database, shown.callback)
        return shown

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the commands in their sections, without loading any."""
        width = max(len(name) for name in self.list_commands(ctx))
        for title, group in commands.SECTIONS:
            with formatter.section(words.told(title)):
                rows = [(one.name.ljust(width), words.told(one.words)) for one in group]
                formatter.write_dl(rows)


def tongguan() -> click.Command:
    """Return the whole command line, in the chosen language."""
    command = Commands(
        "tongguan",
        help=INTRODUCTION,
        no_args_is_help=True,
        params=[
            click.Option(
                ["--lang"],
                type=click.Choice(words.LANGUAGES),
                expose_value=False,
                help=_("The language of answers; without it TONGGUAN_LANG, or the terminal's."),
            ),
            click.Option(
                ["--debug"],
                is_flag=True,
                expose_value=False,
                help=_("With a trouble, show where in the program it came up."),
            ),
        ],
    )
    return _in_language(click.version_option(version("tongguan"))(command))


def _set_up(row: commands.Command) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if row.profile:
        os.environ["TONGGUAN_PROFILE"] = row.profile
    elif not _serves(row.name) and "TONGGUAN_SECRET_KEY" not in os.environ:
        # What serves nobody needs no hosts and no secret of an operator's.
        os.environ.setdefault("TONGGUAN_PROFILE", "demo")
    if "--help" in sys.argv:  # help needs nothing to be set
        os.environ.setdefault("TONGGUAN_PROFILE", "test")
        os.environ.setdefault("TONGGUAN_SECRET_KEY", token_urlsafe(50))
    django.setup()
    words.speak_in_django()


def _serves(name: str) -> bool:
    """Return whether a command serves people or may change tables for those who do."""
    return name in SERVING or (name == "database" and "restore" in sys.argv)


def _with_database(run: Callable[..., Any], *args: Any, **options: Any) -> Any:
    import_module(DATABASE).make_ready()
    return run(*args, **options)


def _in_language(command: click.Command) -> click.Command:
    """Return a copy of a command, and of all below it, that speaks the chosen language."""
    shown = copy.copy(command)
    shown.help = words.told(command.help or "") or None
    shown.short_help = shown.help  # else a list of commands breaks it off
    shown.params = [_option_in_language(one) for one in command.params]
    if isinstance(shown, click.Group):
        shown.commands = {name: _in_language(one) for name, one in shown.commands.items()}
    return shown


def _option_in_language(option: click.Parameter) -> click.Parameter:
    shown = copy.copy(option)
    if isinstance(shown, click.Option):
        shown.help = words.told(shown.help or "") or None
    return shown
