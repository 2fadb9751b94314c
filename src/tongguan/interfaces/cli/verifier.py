"""Verifies the ledger if that is due, as a process of its own, which the worker starts.

python -m tongguan.interfaces.cli.verifier
"""

from importlib import import_module
from typing import Final

import django

from tongguan.kernel.time import utc_now

VERIFICATIONS: Final = "tongguan.processes.verifications"


def main() -> None:
    """Verify, then end."""
    django.setup()
    import_module(VERIFICATIONS).verify_if_due(now=utc_now())


if __name__ == "__main__":
    main()
