"""The command line: `tongguan`.

Exit codes: 0 all is well, 1 something was refused, 2 the command line is wrong, 3 trouble.
"""

import os
import signal
import sys
import traceback
from collections.abc import Sequence
from enum import IntEnum

import click
from django.utils.translation import gettext

from tongguan.facilities.database import DatabaseTroubleError
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _

from . import words
from .frame import tongguan
from .options import RefusedError


class Code(IntEnum):
    """What the command line tells the shell."""

    WELL = 0
    REFUSED = 1
    USAGE = 2
    TROUBLE = 3
    INTERRUPTED = 130


def main() -> None:
    """Run the command line that the process was started with."""
    sys.exit(run(sys.argv[1:]))


def run(line: Sequence[str]) -> int:
    """Run a command line and return its exit code. A trouble is told in one line."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:  # as `tongguan.command` left it
        signal.signal(signal.SIGINT, signal.default_int_handler)
    language, rest = _language(line)
    words.choose(language)
    try:
        answer = tongguan().main(
            [word for word in rest if word != "--debug"], "tongguan", standalone_mode=False
        )
    except (Exception, KeyboardInterrupt, SystemExit) as error:  # noqa: BLE001 -- all are told
        if "--debug" in rest:
            traceback.print_exc()
        return _end(error)
    return answer if isinstance(answer, int) else Code.WELL


def _end(error: BaseException) -> int:
    """Tell why a command ended before its time, and return its exit code."""
    match error:
        case ProblemError():
            for fault in error.faults:
                told = fault.told(gettext)
                _say(f"{told['code']} {told['detail']} {told['remedy']}")
            return Code.REFUSED
        case click.UsageError():
            error.show()
            return Code.USAGE
        case click.Abort() | KeyboardInterrupt():
            return Code.INTERRUPTED
        case BrokenPipeError():
            # Whoever read the answer has seen enough, and there is nowhere left to write to.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return Code.WELL
        case SystemExit(code=int(code)):
            return code
    _say(_sentence(error))
    return Code.REFUSED if isinstance(error, RefusedError) else Code.TROUBLE


def _sentence(error: BaseException) -> str:
    """Return in a sentence why a command ended."""
    match error:
        case SystemExit(code=str(sentence)):
            return sentence
        case click.ClickException():
            return error.format_message()
        case DatabaseTroubleError():
            return words.told(_("The database does not start: {why}")).format(why=error)
        case OSError(filename=str(path), strerror=str(why)):
            return words.told(_("{path} cannot be used: {why}.")).format(path=path, why=why)
        case _:
            return f"{type(error).__name__}: {error}"


def _say(sentence: str) -> None:
    click.echo(f"tongguan: {sentence}", err=True)


def _language(line: Sequence[str]) -> tuple[str, list[str]]:
    """Take the language out of a command line, wherever it stands; a wrong one is left in."""
    rest = list(line)
    for place, word in enumerate(rest):
        length = 2 if word == "--lang" else 1
        name, _space, given = (
            " ".join(rest[place : place + length]).replace("=", " ").partition(" ")
        )
        if name == "--lang" and given in words.LANGUAGES:
            del rest[place : place + length]
            return given, rest
    return words.preferred(os.environ), rest
