"""The demonstration's robots as a process of its own, which `tongguan demo` starts.

python -m tongguan.interfaces.cli.stream SEED
"""

import signal
import sys
from importlib import import_module
from threading import Event
from typing import Final

import django

from tongguan.kernel.time import utc_now

STREAM: Final = "tongguan.processes.demo.stream"


def main() -> None:
    """Play until told to stop."""
    django.setup()
    stop = Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda _number, _frame: stop.set())
    import_module(STREAM).play(seed=int(sys.argv[1]), clock=utc_now, stop=stop)


if __name__ == "__main__":
    main()
