"""Runs the backtests that wait, as a process of its own, which the worker starts.

python -m tongguan.interfaces.cli.backtester
"""

from importlib import import_module
from typing import Final

import django

from tongguan.kernel.time import utc_now

BACKTESTS: Final = "tongguan.processes.backtests"


def main() -> None:
    """Run what waits, then end."""
    django.setup()
    import_module(BACKTESTS).run_all(clock=utc_now)


if __name__ == "__main__":
    main()
