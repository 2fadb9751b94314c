"""The web server as a process of its own, which `tongguan serve` starts.

python -m tongguan.interfaces.cli.web ADDRESS PORT WORKERS STATIC
"""

import signal
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from tongguan.facilities.processes import end_with_parent

APPLICATION: Final = "tongguan.interfaces.wsgi"
THREADS: Final = 2
"""So many requests a worker serves at once, each with a connection: more only hand the
interpreter lock to one another (bench/lodgement)."""
STATIC_SECONDS: Final = 365 * 24 * 60 * 60
"""Static files may be kept a year: another content has another name."""
RESPAWN_SECONDS: Final = 0.5
STOP_SECONDS: Final = 5


def main() -> None:
    """Serve until told to stop; a worker that is killed is started again."""
    address, port, workers, static = sys.argv[1:]
    tie = end_with_parent(signal.SIGKILL)

    def load(target: str) -> Callable[..., Any]:
        # Runs in each worker: none outlives a server that was killed, and one that is told to
        # stop while it loads stops, instead of leaving that to the server's handler it inherits.
        tie()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        application: Callable[..., Any] = import_module(target).application
        return application

    Granian(
        APPLICATION,
        address=address,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(workers),
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        respawn_interval=RESPAWN_SECONDS,
        workers_kill_timeout=STOP_SECONDS,
        static_path_route=["/static"],
        static_path_mount=[Path(static)],
        static_path_expires=STATIC_SECONDS,
        log_level=LogLevels.warning,
    ).serve(target_loader=load)


if __name__ == "__main__":
    main()
