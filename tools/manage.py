"""Django's own commands with the tests' settings, on a database below `.dev`.

python -m tools.manage makemigrations clearance
"""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from tongguan.facilities.database import running

HOME = Path(__file__).parents[1] / ".dev"


def main() -> None:
    """Run the command line given."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    os.environ.setdefault("TONGGUAN_HOME", str(HOME))
    with running(HOME) as url:
        os.environ.setdefault("DATABASE_URL", url)
        execute_from_command_line(["python -m tools.manage", *sys.argv[1:]])


if __name__ == "__main__":
    main()
