"""A process that uses the embedded server of a home, as its standard input tells it.

It says `ready`, then `seen` after each line it reads and has looked after the server; at the end of
its input it leaves.
"""

import sys
from pathlib import Path

from tongguan.facilities.database import Server

server = Server(Path(sys.argv[1]))
print("ready", flush=True)
for _line in sys.stdin:
    server.look()
    print("seen", flush=True)
server.leave()
