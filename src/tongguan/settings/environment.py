"""Reading what an operator has set, and telling all faults at once."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

KEY_BYTES: Final = 32
DIFFERENT: Final = 8
"""Different characters of a secret, or a quarter of its least length: random digits have them."""
TRUE: Final = frozenset({"1", "true", "yes", "on"})
FALSE: Final = frozenset({"0", "false", "no", "off"})


class Environment:
    """Variables by name. A fault is noted and reading goes on; `stop_on_faults` tells them all.

    A variable that is empty counts as not set. One without a default has to be given; until the
    faults are told, an empty value stands in for it.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        """Take the variables, usually `os.environ`."""
        self._variables = variables
        self._faults: list[str] = []

    def text(
        self, name: str, *, give: str, default: str | None = None, least_length: int = 1
    ) -> str:
        """Return a text of at least so many characters, a long one of several different ones.

        A fault does not repeat it: it may be a secret.
        """
        found = self._found(name, give, required=default is None)
        if found is None:
            return default or ""
        if len(found) < least_length:
            self._faults.append(f"{name} has {len(found)} characters. Give {give}.")
        elif len(set(found)) < min(least_length // 4, DIFFERENT):
            self._faults.append(f"{name} repeats a few characters. Give {give}.")
        return found

    def words(self, name: str, *, give: str, default: Sequence[str] | None = None) -> list[str]:
        """Return the words of a text, split at spaces and commas."""
        found = self._found(name, give, required=default is None)
        return list(default or ()) if found is None else found.replace(",", " ").split()

    def choice(self, name: str, *, among: Sequence[str], default: str | None = None) -> str:
        """Return one of a few words."""
        give = "one of " + ", ".join(among)
        found = self._found(name, give, required=default is None)
        if found is None:
            return default or among[0]
        if found not in among:
            self._wrong(name, found, give)
            return default or among[0]
        return found

    def number(
        self, name: str, *, least: int, most: int, unit: str, default: int | None = None
    ) -> int:
        """Return a whole number from `least` to `most`."""
        give = f"{least} to {most} {unit}".strip()
        found = self._found(name, give, required=default is None)
        if found is None:
            return least if default is None else default
        if not found.isdecimal() or not least <= int(found) <= most:
            self._wrong(name, found, give)
            return least
        return int(found)

    def flag(self, name: str, *, default: bool) -> bool:
        """Return yes or no."""
        found = self._found(name, "yes or no", required=False)
        if found is None:
            return default
        if found.lower() not in TRUE | FALSE:
            self._wrong(name, found, "yes or no")
        return found.lower() in TRUE

    def path(self, name: str, *, default: Path) -> Path:
        """Return an absolute path; `~` is the home of the account."""
        found = self._found(name, "a directory", required=False)
        return (default if found is None else Path(found)).expanduser().absolute()

    def optional_path(self, name: str) -> Path | None:
        """Return an absolute path, or None where none is given."""
        found = self._found(name, "a directory", required=False)
        return None if found is None else Path(found).expanduser().absolute()

    def keys(self, name: str) -> list[bytes]:
        """Return public keys (Ed25519), given in hexadecimal with spaces between; often none."""
        found = self._found(name, "public keys", required=False) or ""
        keys = []
        for word in found.replace(",", " ").split():
            try:
                keys.append(bytes.fromhex(word))
            except ValueError:
                keys.append(b"")
        if any(len(key) != KEY_BYTES for key in keys):
            self._wrong(name, found, "public keys of 64 hexadecimal digits, with spaces between")
        return keys

    def day_or_no(self, name: str, *, default: date | None) -> date | None:
        """Return a day from which something holds, or None where it is not to hold at all."""
        found = self._found(name, "a day or no", required=False)
        if found is None:
            return default
        if found.lower() in FALSE:
            return None
        try:
            return date.fromisoformat(found)
        except ValueError:
            self._wrong(name, found, "a day, as 2026-12-01, or no")
            return default

    def note(self, fault: str) -> None:
        """Note a fault that was found elsewhere, in one sentence or two."""
        self._faults.append(fault)

    def stop_on_faults(self) -> None:
        """End the start if anything is at fault, and say everything that is."""
        if self._faults:
            many = "1 setting" if len(self._faults) == 1 else f"{len(self._faults)} settings"
            raise SystemExit("\n  ".join([f"{many} at fault:", *self._faults]))

    def _found(self, name: str, give: str, *, required: bool) -> str | None:
        found = self._variables.get(name, "").strip()
        if found:
            return found
        if required:
            self._faults.append(f"{name} is not set. Give {give}.")
        return None

    def _wrong(self, name: str, found: str, give: str) -> None:
        self._faults.append(f"{name} is “{found}”. Give {give}.")
