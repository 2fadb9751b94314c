"""Where mails go, as one setting says it."""

from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from .environment import FALSE, TRUE

NONE: Final = "none"
FILES: Final = "files"
GIVE: Final = (
    "smtp://NAME:PASSWORD@HOST:587/?from=ADDRESS (or smtps://…:465), or none: "
    "then nobody can reset a password by mail"
)
ESCAPES: Final = "in a name or password write / as %2F, : as %3A, @ as %40, ? as %3F, # as %23"
_PORTS: Final = {"smtp": 25, "smtps": 465}
_SECONDS: Final = 15


def mail_settings(said: str, *, home: Path) -> dict[str, Any]:
    """Return the settings of Django for where mails go.

    Args:
        said: `none`, `files`, or the address of a mail server.
        home: the folder below which `files` lie.

    Raises:
        ValueError: it is none of these; the text says why and tells no password.
    """
    if said == NONE:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    if said == FILES:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(home / "mail"),
            "DEFAULT_FROM_EMAIL": "tongguan@localhost",
        }
    try:
        parts = urlsplit(said)
        host, port = parts.hostname, parts.port
    except ValueError:  # its words repeat what was given, the password too
        raise ValueError(f"it is no address of a mail server; {ESCAPES}") from None
    if parts.scheme not in _PORTS or not host:
        raise ValueError("it is no address of a mail server")
    if port == 0:
        raise ValueError("its port is 0; a port is 1 to 65535")
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    sender, starttls = asked.pop("from", ""), asked.pop("starttls", "").lower()
    if asked:
        # What is asked for is not repeated: a ? within a password makes a part of it look so.
        raise ValueError(f"after the ? there are from and starttls alone; {ESCAPES}")
    if "@" not in parseaddr(sender)[1]:
        raise ValueError("it lacks the address that mails are from (?from=)")
    if starttls and starttls not in TRUE | FALSE:
        raise ValueError("starttls is yes or no")
    # Passwords never travel in the clear, except within this machine or where it is said.
    encrypted = starttls in TRUE if starttls else not _is_here(host)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and encrypted,
        "EMAIL_TIMEOUT": _SECONDS,
        "DEFAULT_FROM_EMAIL": sender,
    }


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
