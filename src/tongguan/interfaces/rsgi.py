"""The product for the web server: what each of its workers loads before it has threads."""

from typing import Final

from django.conf import settings

from tongguan.facilities.web_counters import Counters
from tongguan.interfaces.server import memory
from tongguan.interfaces.server.application import Application
from tongguan.interfaces.server.batches import Batches
from tongguan.interfaces.server.limits import MEGABYTE, Limits
from tongguan.interfaces.wsgi import application as handler

THREADS_BYTES: Final = 512 * MEGABYTE
"""What the server's threads take beside requests: mostly stacks, of which little is ever used."""


def load(*, port: int, connections: int) -> Application:
    """Return the application of a worker: its process for batches is forked here.

    Args:
        port: where the server listens.
        connections: so many it takes at once.
    """
    limits = Limits(
        silent_seconds=settings.SILENT_SECONDS,
        long_seconds=settings.LONG_SECONDS,
        largest_body=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        memory=settings.WORKER_MB * MEGABYTE,
        port=port,
        connections=connections,
    )
    batches = Batches(handler, limit=limits.memory, seconds=limits.long_seconds)
    memory.bound(limits.memory + THREADS_BYTES)
    counters = Counters(settings.HOME)
    return Application(handler, batches, limits, counters, proxy=settings.BEHIND_PROXY)
