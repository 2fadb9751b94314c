"""The process that keeps an embedded server: it lives as long as anybody uses it, no longer.

Users hold a shared lock, which ends with them however they end. The keeper starts the server,
starts it again when it crashes, and stops it when the lock is free. When the keeper itself is
killed, the system tells the server to stop.

    python -m tongguan.facilities.database.keeper HOME durable|passing
"""

import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from .cluster import Cluster, Layout
from .locks import Lock

LOOK_SECONDS: Final = 0.1
CALM_SECONDS: Final = 0.5
"""A server that lived shorter than this is started again only after a pause as long."""
HANDOVER_SECONDS: Final = 2.0
"""Others take the keeper's lock for an instant to see whether there is one."""
FAILURES: Final = 10
"""So many short lives in a row, and the keeper gives up."""

CLOSED_UP_TO: Final = 1024
"""Files that whoever started the keeper had open, and that nobody should wait for because of us."""

SIGNALS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

log = logging.getLogger("keeper")


def keep(home: Path, *, durable: bool) -> int:
    """Keep the server of a home until nobody uses it; return the exit code."""
    layout = Layout(home)
    mine = Lock(layout.keeper)
    if not mine.wait(seconds=HANDOVER_SECONDS):
        return 0  # another keeper was quicker
    mine.write(f"{os.getpid()}")
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    users = Lock(layout.users)
    cluster = Cluster(layout, durable=durable)
    cluster.prepare()
    failures = 0
    while failures < FAILURES:
        began = time.monotonic()
        server = cluster.start()
        mine.write(f"{os.getpid()} {server.pid}")
        if not _watch(server, users):
            cluster.stop(server)
            return 0
        failures = failures + 1 if time.monotonic() - began < CALM_SECONDS else 0
        log.warning("the server has ended by itself; starting it again")
        time.sleep(CALM_SECONDS if failures else 0)
    log.error("the server ends again and again; giving up")
    return 1


def _watch(server: "subprocess.Popen[bytes]", users: Lock) -> bool:
    """Wait; return True when the server has ended by itself, False when it has to be stopped."""
    while True:
        # Not one wait of LOOK_SECONDS: a wait that outlasts its time, as where the machine slept or
        # the process was stopped, answers a signal that nobody sent.
        time.sleep(LOOK_SECONDS)
        if signal.sigtimedwait(SIGNALS, 0) is not None:
            return False
        if server.poll() is not None:
            return True
        if users.take():
            return False


def main() -> None:
    """Keep the server of the home named on the command line."""
    logging.basicConfig(format="%(asctime)s [keeper] %(message)s", level=logging.INFO)
    os.closerange(3, CLOSED_UP_TO)
    os.chdir("/")
    home, lasting = sys.argv[1:]
    try:
        code = keep(Path(home), durable=lasting == "durable")
    except (OSError, RuntimeError) as trouble:
        log.critical("%s", trouble)
        code = 1
    sys.exit(code)


if __name__ == "__main__":
    main()
