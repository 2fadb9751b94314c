"""Reading a room's catalogue of Chinese words, and its problems."""

from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from types import ModuleType

from babel.messages.pofile import read_po

from tongguan.kernel.problems import Problem


def chinese(room: ModuleType) -> dict[str, str]:
    """Return the catalogue of a room: English words, Chinese words."""
    folder = Path(room.__file__ or "").parent
    with (folder / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file) if one.id}


def problems_of(module: ModuleType) -> Iterator[Problem]:
    """Return the problems of a room's `problems.py`."""
    return (value for value in vars(module).values() if isinstance(value, Problem))


def places(words: str) -> set[str]:
    """Return the facts that a sentence names in braces."""
    return {name for _, name, _, _ in Formatter().parse(words) if name}
