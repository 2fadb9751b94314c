"""Building the catalogues that the product reads, also where only a package of it is built.

Hatchling calls the hook before it gathers the files of a wheel, so that a wheel built from a clean
checkout or from a source archive speaks both languages.
"""

from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LANGUAGE: Final = "zh_Hans"
CATALOGUE: Final = Path("locale", LANGUAGE, "LC_MESSAGES", "django.po")


class Catalogues(BuildHookInterface[Any]):
    """Compiles all catalogues below `src` before a wheel is built."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile what is newer than what was built; the source archive takes the sources alone."""
        if self.target_name == "wheel":
            compile_below(Path(self.root, "src"))


def compile_below(source: Path) -> None:
    """Build the file that the product reads beside each catalogue that is newer."""
    for path in sorted(source.rglob(str(CATALOGUE))):
        built = path.with_suffix(".mo")
        if built.exists() and built.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as file:
            catalogue = read_po(file, locale=LANGUAGE)
        written = BytesIO()
        write_mo(written, catalogue)
        partial = built.with_suffix(".partial")
        partial.write_bytes(written.getvalue())
        partial.replace(built)
