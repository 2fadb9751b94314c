"""One Chinese word for one thing: the terms that customs writes, in every catalogue and guide."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tools.catalogues import CATALOGUE
from tools.words import SOURCE, Book

ROOT: Final = Path(__file__).parents[2]
# fmt: off
TERMS: Final = [
    # in English                         in Chinese, always
    (r"\boffice of payment\b",           "纳税地"),
    (r"\blevy modes?\b",                 "征减免税方式"),
    (r"\bsummon(s|ed)?\b",               "约谈"),
    (r"\bcontrol sites?\b",              "监管作业场所"),
    (r"\bthe ledger\b",                  "操作日志"),
    (r"\battending person\b",            "到场人员"),
    (r"\bregion pack\b",                 "区域数据包"),
    (r"\bthe visit\b",                   "约谈"),
]
REFUSED: Final = [
    # never                  for what the trade calls
    ("缴税地",               "纳税地"),
    ("约见",                 "约谈"),
    ("传唤",                 "约谈"),
    ("区域包",               "区域数据包"),
    ("区域资料",             "区域数据包"),
    ("台账",                 "操作日志"),
    ("不予接受",             "不予放行 after acceptance, 退单 before"),
    ("不予受理",             "不予放行"),
]
# fmt: on


def entries() -> Iterator[tuple[str, str, str]]:
    """Yield each string of every catalogue: package, English, Chinese."""
    for path in sorted(SOURCE.rglob(str(CATALOGUE))):
        package = path.relative_to(SOURCE / "tongguan").parts
        for (english, _context), message in Book(path).entries.items():
            forms = [message.string] if isinstance(message.string, str) else message.string or []
            for chinese in forms:
                yield "/".join(package[:-4]), english, str(chinese)


@pytest.mark.parametrize(("english", "chinese"), TERMS)
def test_a_term_is_said_in_one_word(english: str, chinese: str) -> None:
    said = [row for row in entries() if re.search(english, row[1], re.IGNORECASE)]

    assert [row for row in said if chinese not in row[2]] == []


@pytest.mark.parametrize(("word", "term"), REFUSED)
def test_a_second_word_for_it_is_never_used(word: str, term: str) -> None:
    assert [row for row in entries() if word in row[2]] == [], term


def test_the_shorter_forms_of_a_term_are_never_used() -> None:
    short = re.compile(r"征免方式|(?<!监管作业)场所")

    assert [row for row in entries() if short.search(row[2])] == []


def test_the_glossary_says_the_same_words() -> None:
    glossary = (ROOT / "GLOSSARY.md").read_text("utf-8")

    assert [word for word, _term in REFUSED if word in glossary] == []
