"""`tongguan admit`: who and what takes part, from the first administrator of an empty region on."""

import click

from tongguan.kernel.text import _

from .accounts import person, posting, software
from .parties import agency, bank, enterprise, guarantee, mandate


@click.group(help=_("Admit people, software, enterprises, mandates and banks."))
def admit() -> None:
    """Hold the commands that admit; in help they stand by name."""


for command in (person, posting, software, enterprise, mandate, bank, agency, guarantee):
    admit.add_command(command)
