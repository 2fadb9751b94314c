"""Periodic jobs of each node: when they ran last, and what went wrong."""

import hashlib
import socket
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from django.conf import settings
from django.db.models import F

from tongguan.facilities.announcements.models import PeriodicJob
from tongguan.facilities.announcements.values import PeriodicJobRow

HEARTBEAT: Final = "worker"
"""The job that every worker does: saying that it is alive."""
FORGOTTEN: Final = timedelta(days=1)
"""A node whose worker has said nothing for so long is no longer listed."""
ERROR_LENGTH: Final = 500


@cache
def this_node() -> str:
    """Return the name of this node: its host, and a mark of its home."""
    mark = hashlib.sha256(str(settings.HOME).encode()).hexdigest()[:8]
    return f"{socket.gethostname()[:100]}-{mark}"


def note_done(name: str, *, now: datetime) -> None:
    """Note that a job of this node was done."""
    told = {"at": now, "done_at": now, "failures": 0, "error": ""}
    PeriodicJob.objects.update_or_create(name=name, node=this_node(), defaults=told)


def note_failed(name: str, *, error: str, now: datetime) -> None:
    """Note that a job of this node failed, and why."""
    told = {"at": now, "error": error[:ERROR_LENGTH]}
    row, _made = PeriodicJob.objects.update_or_create(name=name, node=this_node(), defaults=told)
    PeriodicJob.objects.filter(pk=row.pk).update(failures=F("failures") + 1)


def forget_old(*, now: datetime) -> None:
    """Forget nodes whose worker has said nothing for a day."""
    PeriodicJob.objects.filter(at__lt=now - FORGOTTEN).delete()


def periodic_jobs() -> tuple[PeriodicJobRow, ...]:
    """Return what is known of the periodic jobs of all nodes."""
    columns = ("name", "node", "at", "done_at", "failures", "error")
    found = PeriodicJob.objects.order_by("node", "name").values_list(*columns)
    return tuple(PeriodicJobRow(*row) for row in found)


def last_heartbeat() -> datetime | None:
    """Return when a worker of any node last said that it is alive."""
    found = PeriodicJob.objects.filter(name=HEARTBEAT).order_by("-at")
    return found.values_list("at", flat=True).first()
