"""What reads alike in all commands: days, JSON, and the exit code of what was refused."""

from typing import Final

import click

from tongguan.kernel.text import _

REFUSED: Final = 1
"""Exit code where something was refused; usage is 2, trouble 3."""

day: Final = click.DateTime(formats=["%Y-%m-%d"])
json_option: Final = click.option(
    "--json", "as_json", is_flag=True, help=_("One JSON object a line.")
)
