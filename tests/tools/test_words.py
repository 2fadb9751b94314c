"""The care of words."""

from pathlib import Path

import pytest

from tools.catalogues import CATALOGUE
from tools.words import Library

HEAD = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "room" / "rules").mkdir(parents=True)
    (tmp_path / "room" / CATALOGUE).parent.mkdir(parents=True)
    return tmp_path


def write(source: Path, code: str, *entries: str) -> Library:
    (source / "room" / "rules" / "some.py").write_text(code)
    (source / "room" / CATALOGUE).write_text(HEAD + "\n\n".join(entries) + "\n")
    return Library(source)


def test_a_string_in_the_catalogue_of_a_package_above_is_no_fault(source: Path) -> None:
    library = write(
        source, '_("Goods of {name}")', 'msgid "Goods of {name}"\nmsgstr "{name}的货物"'
    )

    assert list(library.faults()) == []


def test_a_string_that_is_in_no_catalogue_is_told(source: Path) -> None:
    library = write(source, '_("Goods")')

    assert list(library.faults()) == ["room/rules/some.py: “Goods” is in no catalogue"]


def test_what_nobody_says_any_more_is_told(source: Path) -> None:
    library = write(source, "", 'msgid "Goods"\nmsgstr "货物"')

    assert list(library.faults()) == [f"room/{CATALOGUE}: “Goods” is used nowhere"]


def test_an_entry_that_says_nothing_yet_is_told(source: Path) -> None:
    library = write(source, '_("Goods")', 'msgid "Goods"\nmsgstr ""')

    assert list(library.faults()) == [f"room/{CATALOGUE}: “Goods” is not translated"]


def test_a_translation_with_other_facts_is_told(source: Path) -> None:
    library = write(source, '_("{count} goods")', 'msgid "{count} goods"\nmsgstr "{number} 件"')

    assert list(library.faults()) == [
        f"room/{CATALOGUE}: “{{count}} goods” has other facts in braces"
    ]


def test_one_string_with_two_translations_is_told(source: Path) -> None:
    other = source / "desk" / CATALOGUE
    other.parent.mkdir(parents=True)
    other.write_text(HEAD + 'msgid "Goods"\nmsgstr "商品"\n')
    library = write(source, '_("Goods")', 'msgid "Goods"\nmsgstr "货物"')

    assert list(library.faults()) == [
        f"room/{CATALOGUE}: “Goods” is translated otherwise in desk/{CATALOGUE}"
    ]


def test_words_of_pages_are_found_with_context_and_plural(source: Path) -> None:
    page = source / "room" / "templates" / "room" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text(
        '{% load i18n %}{% translate "Hold" context "noun" %}'
        "{% blocktranslate count n=rows %}{{ n }} row{% plural %}all{% endblocktranslate %}"
    )
    library = write(source, "")

    assert {words.key for words in library.missing()} == {("Hold", "noun"), ("%(n)s row", None)}


def test_missing_words_are_added_where_they_belong(source: Path) -> None:
    library = write(source, 'ngettext("{n} row", "{n} rows", n)')

    for words in library.missing():
        book = library.nearest(words.place)
        assert book
        book.add(words)
        book.save()

    assert list(Library(source).faults()) == [f"room/{CATALOGUE}: “{{n}} row” is not translated"]


def test_words_that_are_counted_need_an_entry_that_is_counted(source: Path) -> None:
    library = write(
        source, 'ngettext("{n} row", "{n} rows", n)', 'msgid "{n} row"\nmsgstr "{n} 行"'
    )

    assert list(library.faults()) == [
        "room/rules/some.py: “{n} row” is counted, unlike in its catalogue"
    ]
