"""JSON of strangers: read within bounds, exactly, and with doubled members found."""

import pytest

from tongguan.kernel.strict_json import JsonError, Members, Number, Wrong, decode, doubled_in


@pytest.mark.parametrize("levels", [33, 5_000, 1_000_000])
@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}"), (b"[", b"")])
def test_what_is_nested_deeper_than_taken_is_refused_alike_however_deep_it_is(
    levels: int, opening: bytes, closing: bytes
) -> None:
    with pytest.raises(JsonError) as refused:
        decode(opening * levels + b"1" + closing * levels)

    assert refused.value.wrong is Wrong.DEPTH


def test_as_many_levels_as_are_taken_are_read() -> None:
    found = decode(b"[" * 32 + b"]" * 32)

    for _ in range(31):
        [found] = found
    assert found == []


def test_brackets_within_texts_count_for_nothing() -> None:
    assert decode(b'["[[[[\\"{{{{", "]"]', deepest=1, most=3) == ['[[[["{{{{', "]"]


@pytest.mark.parametrize("data", [b"[" + b"1," * 200 + b"1]", b'{"a":{},' * 200, b'"a"' * 40_000])
def test_more_values_than_are_taken_are_refused(data: bytes) -> None:
    with pytest.raises(JsonError) as refused:
        decode(data, most=100, deepest=1_000)

    assert refused.value.wrong is Wrong.SIZE


@pytest.mark.parametrize("number", ["1e999", "9" * 10_000, "-0.10", "1E+400", "NaN", "Infinity"])
def test_a_number_stands_as_it_was_written(number: str) -> None:
    found = decode(f'{{"a":{number}}}'.encode())["a"]

    assert isinstance(found, Number)
    assert found == number


def test_a_member_that_stands_twice_is_found_at_its_place() -> None:
    found = decode(b'{"a":[{"b/c":1,"b/c":2,"d":3}],"e":1,"e":2,"e":3}')

    assert isinstance(found, Members)
    assert sorted(doubled_in(found)) == [("#/a/0/b~1c", "b/c", 2), ("#/e", "e", 3)]


@pytest.mark.parametrize(
    ("data", "wrong", "place"),
    [
        (b"", Wrong.SYNTAX, (1, 1)),
        (b'{"a":\n1,}', Wrong.SYNTAX, (2, 2)),
        (b'{"a":\n1 ,\n \n}', Wrong.SYNTAX, (2, 3)),
        (b"[1,]", Wrong.SYNTAX, (1, 3)),
        (b"[1,\n ]", Wrong.SYNTAX, (1, 3)),
        (b"[,]", Wrong.SYNTAX, (1, 2)),
        (b"[1,", Wrong.SYNTAX, (1, 4)),
        (b'{"a":1}x', Wrong.SYNTAX, (1, 8)),
        (b'{"a":\n"\xff"}', Wrong.BYTES, (2, 2)),
        (b'{"a":"\\', Wrong.SYNTAX, (1, 6)),
        ('{"a":1}'.encode("utf-16"), Wrong.BYTES, (1, 1)),
    ],
)
def test_what_is_no_json_is_refused_at_its_place(
    data: bytes, wrong: Wrong, place: tuple[int, int]
) -> None:
    with pytest.raises(JsonError) as refused:
        decode(data)

    assert (refused.value.wrong, (refused.value.line, refused.value.column)) == (wrong, place)


def test_a_byte_order_mark_is_passed_over() -> None:
    assert decode(b"\xef\xbb\xbf[true, null]") == [True, None]
