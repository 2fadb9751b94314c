"""`tongguan admit`: who and what takes part, from the first administrator of an empty region on."""

from typing import Final

import click

from tongguan.kernel.text import _

from .accounts import person, posting, software
from .certificates import origin, relief
from .classing import again, credit_class
from .parties import agency, bank, enterprise, guarantee, mandate
from .sign_in_help import password


@click.group(help=_("Admit people, software, enterprises, mandates and banks."))
def admit() -> None:
    """Hold the commands that admit; in help they stand by name."""


PARTIES: Final = (enterprise, credit_class, again, mandate, bank, agency, guarantee, relief, origin)

for command in (person, posting, password, software, *PARTIES):
    admit.add_command(command)
