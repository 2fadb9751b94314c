"""Identifiers have one spelling a kind; what cannot be one is refused with its sign."""

import re
from string import ascii_lowercase, ascii_uppercase
from uuid import RFC_4122

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongguan.kernel.identifiers import (
    BILL,
    CODE,
    COMMODITY,
    CONTAINER,
    CREDIT_CODE,
    DECLARATION,
    KINDS,
    LICENCE,
    PERMIT_KIND,
    REFERENCE,
    SEAL,
    SITE,
    VEHICLE,
    VESSEL,
    VOYAGE,
    Kind,
    NotAnIdentifierError,
    container_sound,
    containers_listed,
    new_id,
    seals_listed,
    units_meant,
)
from tongguan.kernel.spelling import MOST, plain_signs

AROUND = ["", " ", "\t", "\n", "\xa0", "\u3000", "\u200b", "\u200f", "\u2060", "\ufeff", "\u202a",
          "\u202c", "\u2066", "\u2069", "\r\n", "\u00ad", "\u2028"]  # fmt: skip
INSIDE = ["", "", "", "\u200b", "\u200e", "\u2060", "\ufeff", "\u00ad", "\u2066", "\u202c"]
BLANKS = [" ", "\t", "\xa0", "\u3000", "\u2009", "\u202f"]
DASHES = ["-", "\u2010", "\u2011", "\u2013", "\u2014", "\u2212", "\uff0d", "\ufe63", "\u2015"]
SCRIPTS = [0x30, 0x660, 0x6F0, 0x966, 0xE50, 0xFF10, 0x1D7CE]
"""Zeros of scripts: ASCII, Arabic, Persian, Devanagari, Thai, full-width, mathematical."""


@st.composite
def spellings(draw: st.DrawFn, kind: Kind) -> str:
    """Draw a spelling of a kind's example that people would take for the same."""
    signs = []
    for sign in kind.example:
        if sign in ascii_uppercase + ascii_lowercase:
            cases = [sign] if kind.keeps_case else [sign, sign.lower()]
            plain = draw(st.sampled_from(cases))
            spelled = draw(st.sampled_from([plain, chr(ord(plain) + 0xFEE0)]))
        elif sign.isascii() and sign.isdigit():
            spelled = chr(draw(st.sampled_from(SCRIPTS)) + int(sign))
        elif sign == "-":
            spelled = draw(st.sampled_from(DASHES))
        elif sign == "/":
            spelled = draw(st.sampled_from("/\uff0f\u2044\u2215"))
        else:
            spelled = draw(st.sampled_from(BLANKS)) if sign == " " else sign
        parts = INSIDE if kind.keeps_blanks else [*INSIDE, *BLANKS, *kind.parted]
        signs.append(spelled + draw(st.sampled_from(parts)))
    ends = st.lists(st.sampled_from(AROUND), max_size=3).map("".join)
    return draw(ends) + "".join(signs) + draw(ends)


@settings(max_examples=150)
@given(data=st.data(), kind=st.sampled_from(list(KINDS.values())))
def test_every_spelling_of_an_identifier_is_read_as_the_same(
    data: st.DataObject, kind: Kind
) -> None:
    assert kind.read(data.draw(spellings(kind))) == kind.example


@settings(max_examples=200)
@given(kind=st.sampled_from(list(KINDS.values())), text=st.text(max_size=24))
def test_what_is_read_once_is_read_the_same_again(kind: Kind, text: str) -> None:
    plain = kind.plain(text)

    if kind.wrong(plain) or len(plain) > kind.most:
        with pytest.raises(NotAnIdentifierError):
            kind.read(text)
    else:
        assert kind.read(plain) == plain
        assert re.search(kind.pattern, plain) or not plain


@pytest.mark.parametrize(
    ("kind", "text", "sign"),
    [
        (CONTAINER, "\u0421SQU3054383", "U+0421 CYRILLIC CAPITAL LETTER ES"),
        (BILL, "XMPL\u0410\u0412", "U+0410 CYRILLIC CAPITAL LETTER A"),
        (BILL, "XM\u202ePL", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        (BILL, "XM\nPL", "U+000A"),
        (BILL, "XM\x00PL", "U+0000"),
        (BILL, "\x00", "U+0000"),
        (SEAL, "S\x07", "U+0007"),
        (VOYAGE, "02\u2028W", "U+2028 LINE SEPARATOR"),
        (VEHICLE, "\u6d25D\ud800", "U+D800"),
        (REFERENCE, "Order\u0391", "U+0391 GREEK CAPITAL LETTER ALPHA"),
        (CREDIT_CODE, "9111%", "%"),
        (CODE, "\u00df", "U+00DF LATIN SMALL LETTER SHARP S"),
        (BILL, "B1\u00b2", "U+00B2 SUPERSCRIPT TWO"),
        (BILL, "\ufb011", "U+FB01 LATIN SMALL LIGATURE FI"),
        (BILL, "B\u00bd", "U+00BD VULGAR FRACTION ONE HALF"),
        (BILL, "B\u212a", "U+212A KELVIN SIGN"),
        (CONTAINER, "CSQU305438\u00b3", "U+00B3 SUPERSCRIPT THREE"),
        (CONTAINER, "CSQU305438\u2462", "U+2462 CIRCLED DIGIT THREE"),
        (COMMODITY, "848210200\u00b2", "U+00B2 SUPERSCRIPT TWO"),
        (LICENCE, "\u2167-1", "U+2167 ROMAN NUMERAL EIGHT"),
        (SITE, "0202-\U0001d400", "U+1D400 MATHEMATICAL BOLD CAPITAL A"),
        (BILL, "-", "-"),
        (BILL, " .. ", "."),
        (REFERENCE, "- / -", "-"),
        (VESSEL, "\u00b7", "U+00B7 MIDDLE DOT"),
        (LICENCE, "\u3014\u3015", "U+3014 LEFT TORTOISE SHELL BRACKET"),
        (BILL, "n/a", "N/A"),
        (BILL, "\uff34\uff22\uff21", "TBA"),
        (CONTAINER, "N / A", "NA"),
        (SEAL, "\u65e0", "\u65e0"),
    ],
)
def test_what_cannot_be_an_identifier_is_refused_with_its_sign(
    kind: Kind, text: str, sign: str
) -> None:
    with pytest.raises(NotAnIdentifierError) as refused:
        kind.read(text)

    assert (refused.value.kind, refused.value.sign) == (kind, sign)


@pytest.mark.parametrize(
    ("kind", "text", "read"),
    [
        (CONTAINER, "CSQU 305438-3", "CSQU3054383"),
        (CONTAINER, "csqu-305438/3", "CSQU3054383"),
        (BILL, "ABC12-3", "ABC12-3"),
        (BILL, "ABC1-23", "ABC1-23"),
        (BILL, "abc/1 2", "ABC/12"),
        (BILL, "999-1234 5675", "99912345675"),
        (BILL, "999-12345675_h1", "99912345675_H1"),
        (BILL, "A999-12345675", "A999-12345675"),
        (COMMODITY, "8482.10.20.00", "8482102000"),
        (DECLARATION, "0202 2026 1 000012345", "020220261000012345"),
        (LICENCE, "津环函（２０２６）12 号", "津环函(2026)12号"),
        (VEHICLE, "津D·12345", "津D12345"),
        (SITE, "0202–01", "0202-01"),
        (PERMIT_KIND, "ｖ", "v"),
        (REFERENCE, " Order\u3000 7 ", "Order 7"),
        (REFERENCE, "NA", "NA"),
        (VESSEL, "E\u0301toile \uff25\u0300", "\u00c9toile \u00c8"),
        (BILL, "NA1", "NA1"),
        (BILL, " \u3000\u200b ", ""),
    ],
)
def test_signs_that_part_go_and_signs_that_distinguish_stay(
    kind: Kind, text: str, read: str
) -> None:
    assert kind.read(text) == read


def test_seals_of_a_list_are_read_one_by_one() -> None:
    assert seals_listed("s-1, S–1；s2\ns3", " s4 ", "") == ("S-1", "S2", "S3", "S4")


def test_seals_beyond_a_hundred_in_one_text_stay_together_and_are_refused() -> None:
    *read, rest = seals_listed("s1 " * 50 + " ".join(f"s{at}" for at in range(100)))

    assert (read[0], read[-1]) == ("S1", "S49")
    assert SEAL.wrong(rest) == "s"


def test_containers_of_a_list_are_read_in_one_pass() -> None:
    listed = "CSQU 305 438 3 " + "a " * 50_000 + "\ncsqu 3054383"

    found = containers_listed(listed)

    assert (found[0], found[-1], len(found)) == ("CSQU3054383", "CSQU3054383", 50_002)


def test_no_other_digit_passes_as_a_check_digit() -> None:
    assert not container_sound("CSQU305438\u00b3")
    assert not container_sound("CSQU305438\u0663")


def test_a_gates_question_may_mean_a_bill_or_a_container() -> None:
    assert units_meant("BUGU 000001-0") == ("BUGU000001-0", "BUGU0000010")
    assert units_meant("BUGB/1*2") == ("BUGB/1*2",)
    with pytest.raises(NotAnIdentifierError):
        units_meant("BUGU000001\u0410")


def test_a_text_too_long_for_any_identifier_is_refused_without_being_normalised() -> None:
    text = "\u0315\u0300" * MOST

    assert plain_signs(text) is text
    with pytest.raises(NotAnIdentifierError):
        CODE.read(text)


def test_ids_made_within_one_millisecond_sort_in_the_order_they_were_made() -> None:
    made = [new_id() for _ in range(10_000)]

    assert made == sorted(made)
    assert {(row.version, row.variant) for row in made} == {(7, RFC_4122)}
