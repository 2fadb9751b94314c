"""SoftHSM, an HSM in software, in which keys in a token are tried.

python -m tools.softhsm   find it, or as root install it, and say which
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

from tools.system_packages import install

TOOL: Final = "softhsm2-util"
PACKAGE: Final = "softhsm2"
MODULES: Final = tuple(
    Path(folder) / "softhsm" / "libsofthsm2.so"
    for folder in ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib")
)
LEFT_OUT: Final = """\
**********************************************************************
*  No SoftHSM is found, so the tests of keys in an HSM are LEFT OUT. *
*  Install it (Debian: softhsm2), or name the path of its library,   *
*  libsofthsm2.so, in TONGGUAN_SOFTHSM.                              *
**********************************************************************"""


def found() -> str | None:
    """Return the path of the library, where the tool that makes tokens is there too."""
    if shutil.which(TOOL) is None:
        return None
    named = os.environ.get("TONGGUAN_SOFTHSM")
    return named or next((str(path) for path in MODULES if path.exists()), None)


def main() -> None:
    """See that it is there; without, its tests are left out, which CI takes for a failure."""
    if found() is None:
        install(PACKAGE)
    path = found()
    print(f"Keys in an HSM are tried with {path}" if path else LEFT_OUT)
    sys.exit(1 if path is None and os.environ.get("CI") else 0)


if __name__ == "__main__":
    main()
