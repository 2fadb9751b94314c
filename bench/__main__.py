"""All speeds we promise, one after the other: python -m bench."""

import subprocess
import sys

for name in ("lodgement", "messages", "matching", "scoring", "selecting"):
    subprocess.run((sys.executable, "-m", f"bench.{name}"), check=True)
