"""Our JSON: quick where it is sound, with every fault and its pointer where it is not."""

from typing import Any, Final

import msgspec
import pytest

from tests.domain.declarations.samples import sound
from tests.interfaces.messages.reading import codes_of, read_of, reading_of
from tongguan.domain.declarations.values import Offices
from tongguan.interfaces.messages.canonical import read_lines, write
from tongguan.interfaces.messages.values import Defaults, Format, Limits

SOUND: Final = write(sound())


def told(data: bytes) -> set[tuple[str, str]]:
    """Return codes and pointers of what is at fault."""
    return {(fault.problem.code, fault.pointer) for fault in read_of(data).faults}


def changed(**members: Any) -> bytes:
    """Return a sound document with members of its head replaced."""
    return msgspec.json.encode(msgspec.json.decode(SOUND) | members)


def test_a_sound_declaration_reads_back_as_it_was() -> None:
    reading = reading_of(SOUND)

    assert reading.format is Format.JSON
    assert reading.sound
    assert reading.reads[0].submission == sound()


def test_its_places_are_its_own_pointers() -> None:
    places = read_of(SOUND).places

    assert places.source_path("#/lines/2/commodity") == "/lines/2/commodity"
    assert places.pointer_at("/lines/2/commodity") == "#/lines/2/commodity"


@pytest.mark.parametrize(
    ("member", "value", "code", "pointer"),
    [
        ("lnes", [], "MSG-051", "#/lnes"),
        ("a/b~c", 1, "MSG-051", "#/a~1b~0c"),
        ("reference", 17, "MSG-052", "#/reference"),
        ("packages", {"count": 10**15}, "MSG-052", "#/packages/count"),
        ("reference", [], "MSG-052", "#/reference"),
        ("reference", None, "MSG-054", "#/reference"),
        ("reference", "", "MSG-054", "#/reference"),
        ("reference", "A\0", "MSG-052", "#/reference"),
        ("containers", [{"id": "A", "seals": ["\0"]}], "MSG-052", "#/containers/0/seals/0"),
        ("flow", "sideways", "MSG-057", "#/flow"),
        ("flow", True, "MSG-052", "#/flow"),
        ("lines", {}, "MSG-052", "#/lines"),
        ("lines", ["one"], "MSG-052", "#/lines/0"),
        ("offices", "0128", "MSG-052", "#/offices"),
        ("offices", {"declaration": 128}, "MSG-052", "#/offices/declaration"),
        ("mass", {"gross": 3050}, "MSG-053", "#/mass/gross"),
        ("mass", {"gross": 3050.5}, "MSG-053", "#/mass/gross"),
        ("mass", {"gross": True}, "MSG-052", "#/mass/gross"),
        ("mass", {"gross": "3,050"}, "MSG-058", "#/mass/gross"),
        ("mass", {"gross": "NaN"}, "MSG-058", "#/mass/gross"),
        ("mass", {"gross": " 3"}, "MSG-058", "#/mass/gross"),
        ("mass", {"gross": "1e3"}, "MSG-058", "#/mass/gross"),
        ("entry_date", "19/11/2026", "MSG-059", "#/entry_date"),
        ("entry_date", "2026-02-30", "MSG-059", "#/entry_date"),
        ("packages", {"count": "42"}, "MSG-052", "#/packages/count"),
        ("packages", {"count": 42.5}, "MSG-052", "#/packages/count"),
        ("released_on_guarantee", "yes", "MSG-052", "#/released_on_guarantee"),
        ("containers", [{}], "MSG-056", "#/containers/0/id"),
        ("containers", [{"id": "A", "lines": ["1"]}], "MSG-052", "#/containers/0/lines/0"),
        ("containers", [{"id": "A", "seals": [None]}], "MSG-054", "#/containers/0/seals/0"),
    ],
)
def test_each_fault_is_told_with_its_pointer(
    member: str, value: Any, code: str, pointer: str
) -> None:
    assert told(changed(**{member: value})) == {(code, pointer)}


@pytest.mark.parametrize(
    ("written", "doubled", "pointer"),
    [
        (b'"flow":"import"', b'"flow":"export","flow":"import"', "#/flow"),
        (b'"flow":"import"', b'"flow" : "export",\n"flow":"import"', "#/flow"),
        (b'"flow":"import"', rb'"fl\u006fw":"export","flow":"import"', "#/flow"),
        (b'"mass":{', b'"mass":{"gross":"1",', "#/mass/gross"),
        (b'"number":2,', b'"number":1,"number":2,', "#/lines/1/number"),
        (b'"terms":"1"', rb'"terms":"2","terms":"1","remarks":"a\u0022:b"', "#/terms"),
    ],
)
def test_a_member_that_stands_twice_is_refused_for_which_is_meant(
    written: bytes, doubled: bytes, pointer: str
) -> None:
    assert written in SOUND

    assert told(SOUND.replace(written, doubled, 1)) == {("MSG-038", pointer)}


def test_a_member_that_stands_twice_is_told_with_its_line() -> None:
    reading = reading_of(SOUND + b"\n" + SOUND[:-1] + b',"flow":"export"}')

    [fault] = reading.reads[1].faults
    assert reading.reads[0].sound
    assert reading.reads[1].source_path(fault) == "line 2 /flow"


def test_a_default_that_is_stated_and_a_text_that_looks_like_a_name_are_no_doubles() -> None:
    assert read_of(changed(function="original", remarks='"flow": "flow":')).sound


def test_all_faults_are_told_at_once() -> None:
    lines = [{"number": 1, "total": 1.5, "origin": ""}, {"number": "2", "nme": "x"}]

    assert told(changed(flow="in", remarks=None, lines=lines)) == {
        ("MSG-057", "#/flow"),
        ("MSG-054", "#/remarks"),
        ("MSG-053", "#/lines/0/total"),
        ("MSG-054", "#/lines/0/origin"),
        ("MSG-052", "#/lines/1/number"),
        ("MSG-051", "#/lines/1/nme"),
    }


def test_a_declaration_at_fault_is_not_made() -> None:
    assert read_of(changed(flow="in")).submission is None


def test_the_word_null_within_a_text_is_no_fault() -> None:
    found = read_of(changed(remarks='null and "" and "total": 5'))

    assert found.sound


def test_what_is_no_object_is_refused() -> None:
    assert codes_of(reading_of(b"[1]")) == ["MSG-052"]


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b'{"flow":', "MSG-050", "1:9"),
        (b'{"flow":"import"}x', "MSG-050", "1:18"),
        (b'{\n"flow":}', "MSG-050", "2:8"),
        (b'{"flow":"\xff"}', "MSG-016", "1:10"),
        (b"[" * 5_000, "MSG-005", None),
        (b'{"a":' * 5_000, "MSG-005", None),
    ],
)
def test_json_that_cannot_be_read_is_refused_with_line_and_column(
    data: bytes, code: str, place: str | None
) -> None:
    reading = reading_of(data)

    faults = [*reading.faults, *(fault for one in reading.reads for fault in one.faults)]
    assert [fault.problem.code for fault in faults] == [code]
    assert place is None or faults[0].facts["place"] == place


def test_each_of_an_array_is_taken_or_refused_by_itself() -> None:
    reading = reading_of(b"[" + SOUND + b"," + changed(flow="in") + b"," + SOUND + b"]")

    assert [one.sound for one in reading.reads] == [True, False, True]
    [fault] = reading.reads[1].faults
    assert reading.reads[1].source_path(fault) == "/1/flow"


def test_an_array_is_limited() -> None:
    reading = reading_of(b"[" + b",".join([SOUND] * 3) + b"]", limits=Limits(batch=2))

    assert codes_of(reading) == ["MSG-008"]


def test_one_declaration_a_line_is_read_line_by_line() -> None:
    data = b"\n".join([SOUND, b"", changed(flow="in"), b'{"flow"', SOUND])

    reading = reading_of(data)

    assert reading.format is Format.NDJSON
    assert [one.sound for one in reading.reads] == [True, False, False, True]
    assert reading.reads[1].source_path(reading.reads[1].faults[0]) == "line 3 /flow"
    assert reading.reads[2].source_path(reading.reads[2].faults[0]) == "4:8"


def test_lines_after_a_byte_order_mark_and_after_a_broken_first_one_are_read() -> None:
    marked = reading_of(b"\xef\xbb\xbf" + SOUND + b"\n" + SOUND)
    broken = reading_of(b'{"flow"\n' + SOUND)

    assert [one.sound for one in marked.reads] == [True, True]
    assert [one.sound for one in broken.reads] == [False, True]


def test_lines_are_read_as_they_come() -> None:
    asked = []

    def lines() -> Any:
        for number in range(3):
            asked.append(number)
            yield SOUND + b"\n"

    first = next(read_lines(lines(), Defaults(), Limits()))

    assert first.sound
    assert asked == [0]


def test_a_line_that_is_too_large_is_refused_by_itself() -> None:
    limits = Limits(message_bytes=len(SOUND))

    found = list(read_lines([SOUND, SOUND[:-1] + b" }", SOUND], Defaults(), limits))

    assert [one.sound for one in found] == [True, False, True]
    assert found[1].faults[0].problem.code == "MSG-004"


@pytest.mark.parametrize(
    ("data", "limits"),
    [
        (SOUND, Limits(message_bytes=100)),
        (b"[" + SOUND + b"]", Limits(batch_bytes=100)),
        (SOUND + b"\n" + SOUND, Limits(batch_bytes=100)),
    ],
)
def test_what_is_too_large_is_refused_unread(data: bytes, limits: Limits) -> None:
    assert codes_of(reading_of(data, limits=limits)) == ["MSG-004"]


def test_a_batch_of_lines_is_limited() -> None:
    assert codes_of(reading_of(SOUND + b"\n" + SOUND, limits=Limits(batch=1))) == ["MSG-008"]


def test_more_lines_of_goods_than_are_taken_are_refused() -> None:
    found = read_of(SOUND, limits=Limits(lines=4))

    assert {(fault.problem.code, fault.pointer) for fault in found.faults} == {
        ("MSG-007", "#/lines")
    }


def test_offices_of_the_client_stand_in_where_the_document_names_none() -> None:
    client = Defaults(Offices(payment="0112", inspection="0113"))

    found = read_of(changed(offices={"declaration": "0128"}), defaults=client).submission

    assert found is not None
    assert found.offices == Offices("0128", None, "0112", "0113")


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read_of(b"\xef\xbb\xbf" + SOUND).sound


def test_words_of_a_fault_are_whole_in_english() -> None:
    [fault] = read_of(changed(reference=17)).faults

    assert fault.told(str)["detail"] == "Expected is text; found is a number."


def test_a_list_of_no_declaration_is_refused() -> None:
    reading = reading_of(b"[]")

    assert not reading.reads
    assert [fault.problem.code for fault in reading.faults] == ["MSG-003"]


@pytest.mark.parametrize(
    "written",
    [
        b'"\\u004eaN"',
        b'"N\\u0061N"',
        b'"\\uff11\\uff12"',
        '"１２"'.encode(),
        '"\u300012"'.encode(),
        b'"\\u300012"',
        b'"12\\u3000"',
        b'"1e2000000"',
        b'"1_000"',
        b'"123456789012345678901234567"',
        b'"Infinity"',
    ],
)
@pytest.mark.parametrize("member", [b'"value":', b'"value" :', b'"v\\u0061lue":', b'"value":\n'])
def test_a_number_is_plain_digits_however_it_is_disguised(written: bytes, member: bytes) -> None:
    permits = b'"permits":[{"kind":"7","number":"AB-1","quantity":{%s%s,"unit":"035"}}],"flow"'
    data = SOUND.replace(b'"flow"', permits % (member, written), 1)

    assert told(data) == {("MSG-058", "#/permits/0/quantity/value")}
