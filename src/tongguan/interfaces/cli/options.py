"""What is alike in all commands: days, JSON, files they write, and the exit code of a refusal."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import click
from django.utils.translation import gettext

from tongguan.facilities.private_files import NotPlainError, private_file
from tongguan.kernel.text import _

REFUSED: Final = 1
"""Exit code where something was refused; usage is 2, trouble 3."""

day: Final = click.DateTime(formats=["%Y-%m-%d"])
json_option: Final = click.option(
    "--json", "as_json", is_flag=True, help=_("One JSON object a line.")
)


class RefusedError(click.ClickException):
    """Something was refused for what was given, without a code of its own."""

    exit_code = REFUSED


MOST_BYTES: Final = 64 * 1024 * 1024
"""Of a file that a command reads whole."""


def whole_file(path: Path, most: int = MOST_BYTES) -> bytes:
    """Return what a file holds, read no further than a bound.

    Raises:
        click.BadParameter: it holds more, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        words = gettext("{file} cannot be read: {reason}.")
        raise click.BadParameter(words.format(file=path, reason=error.strerror)) from error
    if len(data) > most:
        words = gettext("{file} is larger than {most} bytes.")
        raise click.BadParameter(words.format(file=path, most=most))
    return data


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that a command writes for its owner alone; it has its name once it is whole.

    Raises:
        click.BadParameter: a link, a device or a folder stands there, or no file can be made.
    """
    try:
        with private_file(path) as out:
            yield out
    except NotPlainError as error:
        words = gettext("{file} is a link, a device or a folder. Name a file of its own.")
        raise click.BadParameter(words.format(file=path)) from error
    except (FileNotFoundError, NotADirectoryError, PermissionError) as error:
        words = gettext("{file} cannot be written: {reason}.")
        raise click.BadParameter(words.format(file=path, reason=error.strerror)) from error
