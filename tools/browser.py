"""The browser in which whole cases are walked.

python -m tools.browser   find one, or as root install one, and say which
"""

import os
import shutil
import sys
from typing import Final

from tools.system_packages import install

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
PACKAGES: Final = ("chromium", "fonts-noto-cjk")
LEFT_OUT: Final = """\
**********************************************************************
*  No Chromium is found, so the journeys in a browser are LEFT OUT.  *
*  Install one, or name it in TONGGUAN_CHROMIUM.                     *
**********************************************************************"""


def found() -> str | None:
    """Return the path of the browser: the one an operator names, else the first known one."""
    named = os.environ.get("TONGGUAN_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def main() -> None:
    """See that there is one; without, journeys are left out, which CI takes for a failure."""
    if found() is None:
        install(*PACKAGES)
    path = found()
    print(f"Journeys run in {path}" if path else LEFT_OUT)
    sys.exit(1 if path is None and os.environ.get("CI") else 0)


if __name__ == "__main__":
    main()
