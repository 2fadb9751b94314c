"""All speeds we promise, one after the other, and what kills leave: python -m bench."""

import subprocess
import sys

for name in (
    *("lodgement", "messages", "matching", "scoring", "selecting"),
    *("simulation", "durability", "attacks"),
):
    subprocess.run((sys.executable, "-m", f"bench.{name}"), check=True)
