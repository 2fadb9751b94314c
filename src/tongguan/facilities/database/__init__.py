"""Our own PostgreSQL, started when an operator gives none."""

from .server import (
    DatabaseTroubleError,
    Server,
    ensure,
    is_running,
    is_used,
    running,
    stop,
)

__all__ = [
    "DatabaseTroubleError",
    "Server",
    "ensure",
    "is_running",
    "is_used",
    "running",
    "stop",
]
