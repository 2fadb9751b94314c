"""All commands on one page, in the order in which help shows them."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from tongguan.kernel.text import _


class Needs(Enum):
    """What has to be there before a command's module is loaded, and before it runs."""

    NOTHING = "nothing"
    DJANGO = "django"
    """The settings and the rooms; no database."""
    DATABASE = "database"
    """A database that answers, with all tables."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name, where it stands, what it needs, and what help says in a line."""

    name: str
    target: str
    needs: Needs
    words: str
    profile: str = ""
    """The profile it runs in, where it is not the operator's choice."""


SECTIONS: Final[tuple[tuple[str, tuple[Command, ...]], ...]] = (
    (
        _("Run it"),
        (
            Command(
                "serve",
                "tongguan.interfaces.cli.serve:serve",
                Needs.DJANGO,
                _("Run pages, API and jobs until stopped."),
            ),
            Command(
                "demo",
                "tongguan.interfaces.cli.demo:demo",
                Needs.DJANGO,
                _("Set up an invented region and serve it, with robots at work."),
                profile="demo",
            ),
            Command(
                "migrate",
                "tongguan.interfaces.cli.database:migrate",
                Needs.DJANGO,
                _("Bring the tables of the database up to date."),
            ),
            Command(
                "database",
                "tongguan.interfaces.cli.database:database",
                Needs.DJANGO,
                _("Look after the product's own database server."),
            ),
            Command(
                "consequences",
                "tongguan.interfaces.cli.consequences:consequences",
                Needs.DJANGO,
                _("List events whose consequences failed; try them again, or drop them."),
            ),
            Command(
                "keys",
                "tongguan.interfaces.cli.keys:keys",
                Needs.DJANGO,
                _("List the signing keys, make one, and take it into use."),
            ),
            Command(
                "admit",
                "tongguan.interfaces.cli.admit:admit",
                Needs.DJANGO,
                _("Admit people, software, enterprises, mandates and banks."),
            ),
            Command(
                "admitted",
                "tongguan.interfaces.cli.admitted:admitted",
                Needs.DATABASE,
                _("List who and what is admitted, with the numbers that `withdraw` asks for."),
            ),
            Command(
                "withdraw",
                "tongguan.interfaces.cli.withdraw:withdraw",
                Needs.DJANGO,
                _(
                    "End what was admitted:"
                    " people, software, postings, mandates, banks, guarantees."
                ),
            ),
        ),
    ),
    (
        _("Declare"),
        (
            Command(
                "check",
                "tongguan.interfaces.cli.documents:check",
                Needs.DATABASE,
                _("Check files of declarations (WCO or single-window XML, JSON); keep nothing."),
            ),
            Command(
                "lodge",
                "tongguan.interfaces.cli.documents:lodge",
                Needs.DATABASE,
                _("Lodge files of declarations; each is accepted or rejected by itself."),
            ),
            Command(
                "status",
                "tongguan.interfaces.cli.declarations:status",
                Needs.DATABASE,
                _("Tell how far a declaration has come and what it waits for."),
            ),
            Command(
                "gate",
                "tongguan.interfaces.cli.declarations:gate",
                Needs.DATABASE,
                _("Ask whether a container, or the goods of a bill, may leave a site."),
            ),
            Command(
                "claims",
                "tongguan.interfaces.cli.claims:claims",
                Needs.DATABASE,
                _("Decide on bills that two carriers announce, or that go to another site."),
            ),
            Command(
                "ledger",
                "tongguan.interfaces.cli.ledger:ledger",
                Needs.DATABASE,
                _("Check the ledger, and hand it to an auditor."),
            ),
        ),
    ),
    (
        _("Law and region"),
        (
            Command(
                "region",
                "tongguan.interfaces.cli.region:region",
                Needs.DJANGO,
                _("Look after region packs."),
            ),
            Command(
                "reference",
                "tongguan.interfaces.cli.reference:reference",
                Needs.DATABASE,
                _("Look after tariffs and lists."),
            ),
        ),
    ),
    (
        _("Select"),
        (
            Command(
                "risk",
                "tongguan.interfaces.cli.risk:risk",
                Needs.DJANGO,
                _("Learn and judge what selects declarations for checks."),
            ),
            Command(
                "draws",
                "tongguan.interfaces.cli.draws:draws",
                Needs.DATABASE,
                _("Check what was drawn and selected."),
            ),
        ),
    ),
)


def named(name: str) -> Command | None:
    """Return the command of this name."""
    found = (one for _title, commands in SECTIONS for one in commands if one.name == name)
    return next(found, None)
