"""Secrets that an installation makes for itself, where none has to be given."""

import os
from pathlib import Path
from secrets import token_urlsafe


def stored_secret(path: Path) -> str:
    """Return the secret in a file that only its owner can read; made when first asked for."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        partial = path.with_suffix(f".{os.getpid()}")
        partial.touch(mode=0o600)
        partial.write_text(token_urlsafe(50), encoding="ascii")
        # Several processes may start at once: the first to link its secret decides.
        try:
            os.link(partial, path)
        except FileExistsError:
            pass
        finally:
            partial.unlink()
    return path.read_text(encoding="ascii")
