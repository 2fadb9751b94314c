"""Secrets that an installation makes for itself, where none has to be given."""

from pathlib import Path
from secrets import token_urlsafe

from tongguan.facilities.private_files import private_folder, write_once


def stored_secret(path: Path) -> str:
    """Return the secret in a file that only its owner can read; made when first asked for."""
    private_folder(path.parent)
    if not path.exists():
        # Several processes may start at once: the first to write its secret decides.
        write_once(path, token_urlsafe(50).encode("ascii"))
    return path.read_text(encoding="ascii")
