"""Where the database is reached: addresses, and how Django wants them."""

from hashlib import blake2b
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Final
from urllib.parse import quote

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

DATABASE: Final = "tongguan"
OWNER: Final = "tongguan"
PORT: Final = 5432
SOCKET_NAME: Final = f".s.PGSQL.{PORT}"
SOCKET_PATH_BYTES: Final = 107
"""A socket's whole path may have so many bytes (sockaddr_un, less the closing zero)."""


def embedded_url(home: Path) -> str:
    """Return the address of the embedded server of a home, running or not."""
    return f"postgresql://{OWNER}@/{DATABASE}?host={quote(str(socket_dir(home)), safe='')}"


def socket_dir(home: Path) -> Path:
    """Return where the embedded server of a home has its socket.

    It is the data directory itself, or where that path is too long for a socket a short private
    directory named after it.
    """
    data = data_dir(home)
    if len(bytes(data / SOCKET_NAME)) <= SOCKET_PATH_BYTES:
        return data
    name = blake2b(bytes(data), digest_size=8).hexdigest()
    return Path(gettempdir()) / f"tongguan-{name}"


def data_dir(home: Path) -> Path:
    """Return where the embedded server of a home keeps its rows."""
    return home.expanduser().resolve() / "database" / "data"


NEVER_BY_ITSELF: Final = 1 << 30
"""After so many repetitions a statement is prepared unasked; without a number none ever is,
whatever its caller asks for."""
_SETTINGS: Final = "-c plan_cache_mode=force_generic_plan"
"""What is prepared here looks rows up by key or inserts them: one plan serves all values, and
planning it anew costs more than running it."""


def django_database(url: str, *, statement_ms: int) -> dict[str, Any]:
    """Return what Django's DATABASES wants for an address, `postgresql://…`.

    Raises:
        ValueError: it is no address of PostgreSQL; the text does not repeat it.
    """
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError:  # its words repeat what was given, the password too
        raise ValueError("it is no address of PostgreSQL") from None
    options = str(parts.pop("options", ""))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", DATABASE),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "options": f"{options} {_SETTINGS} -c statement_timeout={statement_ms}".strip(),
            "prepare_threshold": NEVER_BY_ITSELF,
            **parts,
        },
    }
