"""The worker as a process of its own, which `tongguan serve` starts.

python -m tongguan.interfaces.cli.worker
"""

import signal
from importlib import import_module
from threading import Event
from typing import Final

import django

from tongguan.kernel.time import utc_now

JOBS: Final = "tongguan.processes.jobs"


def main() -> None:
    """Do what follows from events until told to stop."""
    django.setup()
    stop = Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda _number, _frame: stop.set())
    jobs = import_module(JOBS)
    jobs.work(clock=utc_now, stop=stop, beats=jobs.BEATS)


if __name__ == "__main__":
    main()
