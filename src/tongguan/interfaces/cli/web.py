"""The web server as a process of its own, which `tongguan serve` starts.

python -m tongguan.interfaces.cli.web ADDRESS PORT WORKERS STATIC
"""

import os
import resource
import signal
import sys
from collections.abc import Callable
from copy import deepcopy
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels

from tongguan.facilities.processes import end_with_parent

APPLICATION: Final = "tongguan.interfaces.rsgi"
STATIC_SECONDS: Final = 365 * 24 * 60 * 60
"""Static files may be kept a year: another content has another name."""
RESPAWN_SECONDS: Final = 0.5
STOP_SECONDS: Final = 5
CONNECTIONS: Final = 4_096
"""So many connections a worker takes at once; more wait in the system's queue."""
FILES: Final = 256
"""Open files that a worker keeps for all else, where the system allows it fewer than it wants."""


def main() -> None:
    """Serve until told to stop; a worker that is killed is started again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongguan.settings")
    address, port, workers, static = sys.argv[1:]
    tie = end_with_parent(signal.SIGKILL)
    connections = _let_open_files()

    def load(target: str) -> Callable[..., Any]:
        # Runs in each worker: none outlives a server that was killed, and one that is told to
        # stop while it loads stops, instead of leaving that to the server's handler it inherits.
        tie()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        application: Callable[..., Any] = import_module(target).load(
            port=int(port), connections=connections
        )
        return application

    Granian(
        APPLICATION,
        address=address,
        port=int(port),
        interface=Interfaces.RSGI,
        loop=Loops.asyncio,
        workers=int(workers),
        backpressure=connections,
        http=HTTPModes.http1,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=settings.SILENT_SECONDS * 1_000),
        respawn_failed_workers=True,
        respawn_interval=RESPAWN_SECONDS,
        workers_kill_timeout=STOP_SECONDS,
        static_path_route=["/static"],
        static_path_mount=[Path(static)],
        static_path_expires=STATIC_SECONDS,
        log_level=LogLevels.warning,
        log_dictconfig=deepcopy(settings.LOGGING),
    ).serve(target_loader=load)


def _let_open_files() -> int:
    """Let this process and its workers open as many files as they may; return for connections."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if hard == resource.RLIM_INFINITY:
        return CONNECTIONS
    return max(min(CONNECTIONS, hard - FILES), FILES)


if __name__ == "__main__":
    main()
