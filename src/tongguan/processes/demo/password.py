"""The one password of the demonstration's people, kept in its home."""

import secrets
from pathlib import Path
from typing import Final

from tongguan.facilities.private_files import write_once

_FILE: Final = "demo-sign-in.txt"


def made(home: Path) -> str:
    """Return the password; make it at the first call."""
    kept = home / _FILE
    if not kept.exists():
        write_once(kept, f"demo-{secrets.token_hex(4)}".encode())
    return kept.read_text()


def known(home: Path) -> str:
    """Return the password, or nothing where no demonstration was set up."""
    kept = home / _FILE
    return kept.read_text() if kept.exists() else ""
