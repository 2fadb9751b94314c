"""Why a document cannot be read is told in the reader's language, with the place."""

import re
from typing import Final

import pytest
from django.utils import translation
from django.utils.translation import gettext

from tests.interfaces.messages.reading import reading_of
from tongguan.domain.cargo.reading import read_manifest
from tongguan.kernel.json_reasons import REASONS as JSON_REASONS
from tongguan.kernel.json_reasons import json_reason
from tongguan.kernel.problems import Fault, ProblemError

SOUND: Final = (
    b'{"flow":"import","bill":"A\\n\\u4e2d","mass":{"gross":"1.5"},"lines":[{"number":1}]}'
)
DEC: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?><DecMessage a="b"><!--a--><DecHead><IEFlag>I</IEFlag>'
    b"<NoteS>&amp;&#65;<![CDATA[b]]></NoteS></DecHead></DecMessage>"
)
LATIN: Final = re.compile(r"[A-Za-z]{2,}")
"""Words that a Chinese text has too; what is quoted from the document stands in quotation marks."""
KNOWN: Final = {"JSON", "XML", "CDATA", "UTF", "DecMessage", "GB", "Base", "yes", "no"}
QUOTED: Final = re.compile("“[^”]*”|<[^>]*>")


def spoiled(data: bytes) -> list[bytes]:
    """Return a document with each sign cut off, replaced and doubled in turn."""
    found = []
    for at in range(1, len(data)):
        found.append(data[:at])
        found += [data[:at] + sign + data[at + 1 :] for sign in (b"\x01", b"<", b'"', b",", b"}")]
    return found


def told(faults: tuple[Fault, ...]) -> list[str]:
    with translation.override("zh-hans"):
        return [fault.told(gettext)["detail"] for fault in faults if "words" in fault.facts]


def manifest_faults(data: bytes) -> tuple[Fault, ...]:
    with pytest.raises(ProblemError) as refusal:
        read_manifest(data)
    return refusal.value.faults


def latin(words: str) -> set[str]:
    return set(LATIN.findall(QUOTED.sub("", words))) - KNOWN


@pytest.mark.parametrize("data", [SOUND, b"[" + SOUND + b"]", DEC])
def test_whatever_breaks_a_document_is_told_in_chinese(data: bytes) -> None:
    words = {one for broken in spoiled(data) for one in told(_faults(broken))}

    assert len(words) > 50
    assert {one for one in words if latin(one)} == set()


def _faults(data: bytes) -> tuple[Fault, ...]:
    reading = reading_of(data)
    return (*reading.faults, *(fault for one in reading.reads for fault in one.faults))


@pytest.mark.parametrize(
    ("data", "english", "chinese"),
    [
        (
            b'{"flow": "import" "bill": "A"}',
            "Line 1, column 19: a comma or a closing bracket is expected.",
            "第 1 行第 19 列：此处应为逗号或右括号。",
        ),
        (
            b'[{"flow": "import"}}',
            "Line 1, column 20: a comma or a closing bracket is expected.",
            "第 1 行第 20 列：此处应为逗号或右括号。",
        ),
        (
            b'<DecMessage>\n<a b="1" b="2"/></DecMessage>',
            "Line 2, column 15: the attribute “b” stands twice in one element.",
            "第 2 行第 15 列：同一元素内属性“b”重复。",
        ),
        (
            b"<DecMessage>&nbsp;</DecMessage>",
            "Line 1, column 19: the entity “nbsp” is not known.",
            "第 1 行第 19 列：实体“nbsp”未定义。",
        ),
    ],
)
def test_the_reason_stands_in_both_languages_at_its_line_and_column(
    data: bytes, english: str, chinese: str
) -> None:
    [fault] = _faults(data)

    assert fault.told(str)["detail"] == english
    assert told((fault,)) == [chinese]


def test_a_manifest_that_breaks_off_is_told_in_chinese() -> None:
    [fault] = manifest_faults(b'{"number": "M1",\n "bills": [}')

    assert fault.told(str)["detail"] == "Line 2, column 12: a value is expected."
    with translation.override("zh-hans"):
        assert fault.told(gettext)["detail"] == "第 2 行第 12 列：此处应为一个值。"


def test_a_kind_of_value_is_told_in_the_readers_language() -> None:
    [fault] = _faults(b'{"flow": "import", "lines": "A"}')

    with translation.override("zh-hans"):
        assert latin(fault.told(gettext)["detail"]) == set()


def test_a_reason_that_no_table_lists_is_told_in_general_words() -> None:
    assert json_reason("something new").label == "it is not written as JSON has it"
    assert json_reason("something new") not in JSON_REASONS.values()
