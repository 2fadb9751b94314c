"""The care of words: every string a person reads has its Chinese beside the code.

python -m tools.words check     say what is missing, unused, or says other facts
python -m tools.words extract   add what is missing to the catalogues, with nothing said yet
python -m tools.words compile   build the files that the product reads
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as extract_from
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tools.catalogues import CATALOGUE, LANGUAGE, compile_below

SOURCE: Final = Path(__file__).parents[1] / "src"
TEMPLATES: Final = frozenset({".html", ".txt"})
KEYWORDS: Final = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
FACT: Final = re.compile(r"%\(\w+\)[a-z]|(?<!\{)\{(\w+)(?:[!:][^{}]*)?\}(?!\})")

Key = tuple[str, str | None]


@dataclass(frozen=True)
class Words:
    """A string as it stands in the source: its forms, and the context that tells it apart."""

    forms: tuple[str, ...]
    context: str | None
    place: Path

    @property
    def key(self) -> Key:
        """What finds it in a catalogue."""
        return self.forms[0], self.context


class Book:
    """One catalogue file."""

    def __init__(self, path: Path) -> None:
        """Read it."""
        self.path = path
        with path.open("rb") as file:
            self.catalogue: Catalog = read_po(file, locale=LANGUAGE)

    @cached_property
    def entries(self) -> dict[Key, Message]:
        """All entries but the head."""
        return {(_first(one.id), one.context): one for one in self.catalogue if one.id}

    def add(self, words: Words) -> None:
        """Add an entry that says nothing yet."""
        forms = words.forms if len(words.forms) > 1 else words.forms[0]
        self.catalogue.add(forms, context=words.context)

    def save(self) -> None:
        """Write it back, in the order it has."""
        written = BytesIO()
        write_po(written, self.catalogue, width=100, no_location=True, ignore_obsolete=False)
        self.path.write_bytes(written.getvalue())


class Library:
    """All source strings and all catalogues below a directory."""

    def __init__(self, source: Path) -> None:
        """Read everything."""
        self.source = source
        self.books = {path: Book(path) for path in sorted(source.rglob(str(CATALOGUE)))}
        self.words = [words for path in sorted(source.rglob("*")) for words in _words_in(path)]

    def nearest(self, place: Path) -> Book | None:
        """Return the catalogue of the package that a file stands in, or of one above it."""
        found = (self.books.get(folder / CATALOGUE) for folder in place.parents)
        return next(filter(None, found), None)

    def translation(self, words: Words) -> tuple[Book, Message] | None:
        """Return where a string is translated: in its own catalogue, else in any."""
        nearest = self.nearest(words.place)
        for book in [nearest] * (nearest is not None) + list(self.books.values()):
            if book and words.key in book.entries:
                return book, book.entries[words.key]
        return None

    def faults(self) -> Iterator[str]:
        """Yield what is at fault, a line each."""
        yield from self._missing()
        yield from self._uncounted()
        yield from self._unused()
        yield from self._at_odds()

    def missing(self) -> Iterator[Words]:
        """Yield each string that no catalogue knows, once."""
        seen = set()
        for words in self.words:
            if self.translation(words) is None and words.key not in seen:
                seen.add(words.key)
                yield words

    def _missing(self) -> Iterator[str]:
        for words in self.missing():
            yield f"{self._short(words.place)}: {_quoted(words)} is in no catalogue"

    def _uncounted(self) -> Iterator[str]:
        """Yield what is counted in the source and not in its catalogue, or the other way round."""
        for words in self.words:
            found = self.translation(words)
            counted = len(words.forms) > 1
            if found is not None and isinstance(found[1].id, (tuple, list)) != counted:
                how = "is counted" if counted else "is not counted"
                yield f"{self._short(words.place)}: {_quoted(words)} {how}, unlike in its catalogue"

    def _unused(self) -> Iterator[str]:
        used = {words.key for words in self.words}
        for path, book in self.books.items():
            for key in book.entries.keys() - used:
                yield f"{self._short(path)}: “{key[0]}” is used nowhere"
            for old in book.catalogue.obsolete.values():
                yield f"{self._short(path)}: “{_first(old.id)}” is struck out; remove it"

    def _at_odds(self) -> Iterator[str]:
        by_key: dict[Key, tuple[str, Path]] = {}
        for path, book in self.books.items():
            for key, entry in book.entries.items():
                said = _first(entry.string)
                if not said or entry.fuzzy:
                    yield f"{self._short(path)}: “{key[0]}” is not translated"
                elif _facts(said) != _all_facts(entry):
                    yield f"{self._short(path)}: “{key[0]}” has other facts in braces"
                other = by_key.setdefault(key, (said, path))
                if other[0] != said:
                    where = self._short(other[1])
                    yield f"{self._short(path)}: “{key[0]}” is translated otherwise in {where}"

    def _short(self, path: Path) -> Path:
        return path.relative_to(self.source)


def _words_in(path: Path) -> Iterator[Words]:
    if path.suffix == ".py":
        code = path.read_bytes()
    elif path.suffix in TEMPLATES and "templates" in path.parts:
        lines = templatize(path.read_text(encoding="utf-8"), origin=str(path)).splitlines()
        # A page is indented as its elements are, which is no indentation of a program.
        code = "\n".join(line.lstrip() for line in lines).encode()
    else:
        return
    for _line, found, _comments, context in extract_from(
        "python", BytesIO(code), keywords=KEYWORDS, options={"encoding": "utf-8"}
    ):
        forms = (found,) if isinstance(found, str) else tuple(found)
        if forms[0]:
            yield Words(forms, context, path)


def _first(text: object) -> str:
    return str(text[0]) if isinstance(text, (tuple, list)) else str(text)


def _quoted(words: Words) -> str:
    return f"“{words.forms[0]}”" + (f" ({words.context})" if words.context else "")


def _facts(text: str) -> set[str]:
    return {found.group(1) or found.group() for found in FACT.finditer(text)}


def _all_facts(entry: Message) -> set[str]:
    forms = entry.id if isinstance(entry.id, (tuple, list)) else (entry.id,)
    return {fact for form in forms for fact in _facts(str(form))}


def check() -> int:
    """Tell all faults; return 1 if there are any."""
    faults = list(Library(SOURCE).faults())
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults in the words" if faults else "All words are in both languages")
    return 1 if faults else 0


def extract() -> int:
    """Add what is missing to the nearest catalogues; return 1 where there is none."""
    library = Library(SOURCE)
    homeless, changed = 0, set()
    for words in library.missing():
        book = library.nearest(words.place)
        if book is None:
            print(f"{words.place}: no catalogue for {_quoted(words)}; make {CATALOGUE}")
            homeless += 1
        else:
            book.add(words)
            changed.add(book)
    for book in changed:
        book.save()
        print(f"{book.path}: translate the entries that are empty")
    return 1 if homeless else 0


def compile_all() -> int:
    """Build what the product reads, where the catalogue is newer."""
    compile_below(SOURCE)
    return 0


TASKS: Final = {"check": check, "extract": extract, "compile": compile_all}


def main() -> None:
    """Do the task named on the command line."""
    name = "".join(sys.argv[1:])
    if name not in TASKS:
        sys.exit(__doc__)
    sys.exit(TASKS[name]())


if __name__ == "__main__":
    main()
