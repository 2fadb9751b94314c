"""The reader's language on the command line, with and without Django."""

import gettext
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from django.utils import translation

from tongguan.kernel.text import _

LANGUAGES: Final = ("zh-hans", "en")
LOCALE: Final = Path(__file__).parent / "locale"
DOMAIN: Final = "django"

CLICK: Final = (
    _("Usage:"),
    _("Options"),
    _("Commands"),
    _("Show this message and exit."),
    _("Show the version and exit."),
    _("Error: {message}"),
    _("Try '{command} {option}' for help."),
    _("No such command {name!r}."),
    _("No such option {name!r}."),
    _("Missing argument"),
    _("Missing option"),
    _("Missing command."),
    _("default: {default}"),
    _("required"),
    _("Error: The two entered values do not match."),
)
"""Words of the library that reads the command line; it looks them up in our catalogue."""


def preferred(environment: Mapping[str, str]) -> str:
    """Return the language an environment asks for: TONGGUAN_LANG, else that of the terminal."""
    chosen = environment.get("TONGGUAN_LANG", "")
    if chosen in LANGUAGES:
        return chosen
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    spoken = next(filter(None, names), "")
    return "zh-hans" if spoken.startswith("zh") else "en"


def choose(language: str) -> None:
    """Speak a language from now on."""
    os.environ["LANGUAGE"] = translation.to_locale(language)
    gettext.bindtextdomain(DOMAIN, LOCALE)
    gettext.textdomain(DOMAIN)


def told(words: str) -> str:
    """Return words of the command line in the chosen language."""
    return gettext.gettext(words) if words else ""


def speak_in_django() -> None:
    """Let Django, once set up, speak the chosen language too."""
    translation.activate(translation.to_language(os.environ["LANGUAGE"]))
