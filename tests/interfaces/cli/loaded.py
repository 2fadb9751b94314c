"""Commands by a process that has loaded all of them: it forks for each.

What a command loads takes longer than what most of them do. The loading alone is shared: each
command runs in a process of its own, with its own line, streams, environment and end.

Run: python -m tests.interfaces.cli.loaded, with the environment of a home. Each line of its input
is a line of JSON, `[words, changes of the environment, folder]`; the streams of the command are the
files `in`, `out` and `err` of the folder, and the answer is a line with the exit code.

With `bare` it has loaded only what needs no settings: each command reads its own, as it does where
Python starts anew for it.
"""

import gc
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tools.processes import started

BARE: Final = "bare"
NEED_NO_SETTINGS: Final = ("django.db.models", "lightgbm", "tongguan.interfaces.cli")
Result = subprocess.CompletedProcess[str]


class Loaded:
    """The process that has loaded all, as those see it who want commands run."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        """Take the process, which loads while others go on."""
        self._process = process

    @classmethod
    @contextmanager
    def opened(cls, environment: Mapping[str, str], *options: str) -> Iterator["Loaded"]:
        """Start it, and end it with the block."""
        line = [sys.executable, "-m", "tests.interfaces.cli.loaded", *options]
        both = subprocess.PIPE
        with started(line, env=environment, stdin=both, stdout=both) as process:
            yield cls(process)

    def run(self, *line: str, text: str = "", **changes: str) -> Result:
        """Run a command to its end, with a text on standard input."""
        ask, answers = self._process.stdin, self._process.stdout
        assert ask
        assert answers
        with TemporaryDirectory() as folder:
            streams = Path(folder)
            (streams / "in").write_text(text)
            print(json.dumps([line, changes, folder]), file=ask, flush=True)
            code = int(answers.readline())
            told, faults = (streams / "out").read_text(), (streams / "err").read_text()
        return Result(["tongguan", *line], code, told, faults)


def main() -> None:
    """Load all commands, or what needs no settings; fork for each line that is asked for."""
    if BARE in sys.argv:
        for name in NEED_NO_SETTINGS:
            import_module(name)
    else:
        _load_all()
    gc.collect()
    gc.freeze()  # else each child copies all that is loaded, to count what refers to it
    for asked in sys.stdin:
        line, changes, folder = json.loads(asked)
        child = os.fork()
        if not child:
            sys.exit(_run(line, changes, Path(folder)))
        _child, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _load_all() -> None:
    import_module("django").setup()
    commands = import_module("tongguan.interfaces.cli.commands")
    for _title, rows in commands.SECTIONS:
        for row in rows:
            import_module(row.target.partition(":")[0])


def _run(line: Sequence[str], changes: Mapping[str, str], streams: Path) -> int:
    os.environ |= changes
    sys.argv = ["tongguan", *line]
    for at, name in enumerate(("in", "out", "err")):
        os.dup2(os.open(streams / name, os.O_RDWR | os.O_CREAT), at)
    sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115 -- it ends with the process
    return int(import_module("tongguan.interfaces.cli").run(line))


if __name__ == "__main__":
    main()
