"""Answers: each fact told as the table has it, valid by its schema, and read back as it was."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from lxml import etree

from tongguan.interfaces.messages.receipts import singlewindow, wco
from tongguan.interfaces.messages.receipts.facts import Fact, Levied, Told
from tongguan.interfaces.messages.receipts.projection import (
    Code,
    Way,
    channel_codes,
    function_codes,
    way_of,
    ways,
)
from tongguan.interfaces.messages.receipts.reading import read_receipt
from tongguan.interfaces.messages.translation.tables import Translation
from tongguan.kernel.problems import ProblemError

DAY: Final = date(2026, 11, 20)
TABLES: Final = Translation.shipped()
TAXES: Final = TABLES.on("wco", DAY).table("tax")
AT: Final = datetime(2026, 11, 20, 1, 30, 20, tzinfo=UTC)
ACCEPTED: Final = Fact(
    kind="ACCEPTED",
    id="0193f0d2c5f37aa1b2c3d4e5f6a7b8c9",
    at=AT,
    reference="I01282026112000001",
    number="012820261000000018",
    sequence="I20260000000000018",
    office="0128",
    version=1,
    declared_at=AT,
)
CHARGES: Final = (
    Levied(1, "DUTY", Decimal("213156.00"), Decimal("0.15"), Decimal("31973.40")),
    Levied(1, "CONSUMPTION", Decimal("213156.00"), Decimal("0.09"), Decimal("24243.57")),
    Levied(1, "VAT", Decimal("269372.97"), Decimal("0.13"), Decimal("35018.49")),
    Levied(2, "VAT", Decimal("100.00"), None, Decimal("13.00")),
)


def named(way: Way) -> str:
    return f"{way.kind} {way.mark}".strip()


def told(way: Way) -> Fact:
    """Return a fact that the row tells, with an officer's words."""
    return replace(ACCEPTED, kind=way.kind, mark=way.mark, words="请于三日内办理")


@pytest.mark.parametrize("way", [w for w in ways() if w.channel], ids=named)
def test_what_the_single_window_is_told_reads_back_as_it_was(way: Way) -> None:
    fact = told(way)

    data = singlewindow.write(fact)

    assert data is not None
    receipt = read_receipt(data, tables=TABLES, day=DAY)
    assert receipt.code == ("" if way.channel == "NOTE" else way.channel)
    assert (receipt.fact.kind, receipt.fact.words) == (fact.kind, fact.words)
    if way.channel not in singlewindow.STAGING:
        assert receipt.fact == replace(fact, id="", reference="", version=None)


@pytest.mark.parametrize("way", [w for w in ways() if w.function], ids=named)
def test_what_a_wco_sender_is_told_reads_back_as_it_was(way: Way) -> None:
    fact = replace(told(way), due_at=AT)

    data = wco.write(fact, TAXES)

    assert data is not None
    receipt = read_receipt(data, tables=TABLES, day=DAY)
    assert receipt.code == way.function
    assert receipt.fact == replace(fact, mark=receipt.fact.mark, sequence="", declared_at=None)
    assert receipt.fact.kind == fact.kind


@pytest.mark.parametrize("way", [w for w in ways() if w.function], ids=named)
def test_what_a_wco_sender_is_told_is_valid_by_the_schema(shared_data: Path, way: Way) -> None:
    schema = etree.XMLSchema(
        etree.parse(shared_data / "wco" / "xsd" / "customs" / "wrapper_response.xsd")
    )
    problem = Told("DEC-031", "Net mass is above gross mass.", "42A/67A/68A#2/23A/65A:128", 2)
    fact = replace(told(way), due_at=AT, charges=CHARGES, problems=(problem,))

    data = wco.write(fact, TAXES)

    assert data is not None
    schema.assertValid(etree.fromstring(data))


def test_duty_is_told_line_by_line_and_read_back_to_the_fen() -> None:
    due = datetime(2026, 12, 5, 16, 0, tzinfo=UTC)
    fact = replace(ACCEPTED, kind="HOLD_OPENED:PAYMENT", charges=CHARGES, due_at=due)

    data = wco.write(fact, TAXES)

    assert data is not None
    assert b'<DueDateTime><ds:DateTimeString formatCode="304">20261205160000Z' in data
    assert b'<PaymentAmount currencyID="CNY">91248.46</PaymentAmount>' in data
    receipt = read_receipt(data, tables=TABLES, day=DAY)
    assert receipt.fact.charges == CHARGES
    assert receipt.fact.due_at == due


def test_a_refusal_names_each_place_in_the_senders_own_notation() -> None:
    problems = (
        Told("DEC-031", "Net mass is above gross mass.", "42A/67A/68A#2/23A/65A:128"),
        Told("MSG-041", "No counterpart.", "42A/67A/68A#1/93A#1:141"),
    )
    fact = replace(ACCEPTED, kind="REJECTED", number="", problems=problems)

    data = wco.write(fact, TAXES)

    assert data is not None
    receipt = read_receipt(data, tables=TABLES, day=DAY)
    assert receipt.fact.problems == problems


def test_a_refusal_names_the_line_in_the_note() -> None:
    problem = Told("DEC-031", "净重大于毛重", "DecList[GNo=2]/FirstQty", line=2)
    fact = replace(ACCEPTED, kind="REJECTED", problems=(problem, replace(problem, line=3)))

    data = singlewindow.write(fact)

    assert data is not None
    note = etree.fromstring(data).findtext("NOTE")
    assert note == "退单;商品序号2：净重大于毛重；商品序号3：净重大于毛重"


def test_moments_are_told_in_local_time_and_kept_in_utc() -> None:
    data = singlewindow.write(ACCEPTED)

    assert data is not None
    assert etree.fromstring(data).findtext("NOTICE_DATE") == "2026-11-20T09:30:20"
    assert read_receipt(data, tables=TABLES, day=DAY).fact.at == AT


@pytest.mark.parametrize(
    ("kind", "mark", "channel", "function"),
    [
        ("ACCEPTED", "", "L", "01"),
        ("ACCEPTED", "advance", "L", "02"),
        ("ACCEPTED", "summary", "SpL", "01"),
        ("REJECTED", "", "E", "03"),
        ("HOLD_OPENED:QUERY", "", "N", "06"),
        ("HOLD_OPENED:QUERY", "fact", "N", "51"),
        ("HOLD_OPENED:INSPECTION", "", "C", "05"),
        ("HOLD_OPENED:PAYMENT", "", "T", "13"),
        ("RELEASED", "", "P", "09"),
        ("RELEASED", "secured", "K", "08"),
        ("RELEASED", "a mark nobody knows", "P", "09"),
        ("CANCELLED", "", "A", "10"),
        ("CANCELLED", "after-release", "D", "10"),
        ("EXIT_OVERDUE", "", "", "18"),
        ("CLOSED", "", "R", ""),
    ],
)
def test_facts_are_told_by_the_published_codes(
    kind: str, mark: str, channel: str, function: str
) -> None:
    way = way_of(replace(ACCEPTED, kind=kind, mark=mark))

    assert (way.channel, way.function) == (channel, function)


def test_nothing_is_sent_where_a_format_has_no_word_for_a_fact() -> None:
    assert singlewindow.write(replace(ACCEPTED, kind="DEPARTED")) is None
    assert wco.write(replace(ACCEPTED, kind="CLOSED"), TAXES) is None


def test_a_fact_that_no_answer_tells_is_a_bug() -> None:
    with pytest.raises(LookupError, match="no answer tells HOLD_OPENED:ARRIVAL"):
        way_of(replace(ACCEPTED, kind="HOLD_OPENED:ARRIVAL"))


def test_every_code_has_words_in_both_languages_and_a_source() -> None:
    codes = channel_codes()

    assert len(codes) == 44
    assert {way.channel for way in ways()} - {"", "NOTE"} <= codes.keys()
    assert {way.function for way in ways()} - {""} <= function_codes().keys()
    rows: list[Way | Code] = [*codes.values(), *function_codes().values(), *ways()]
    assert all(row.words_en and row.words_zh and row.source for row in rows)


def test_published_receipts_are_read_without_loss(shared_data: Path) -> None:
    folder = shared_data / "singlewindow" / "receipts"

    found = {
        path.stem: read_receipt(path.read_bytes(), tables=TABLES, day=DAY)
        for path in sorted(folder.glob("*.xml"))
    }

    kinds = {name: (receipt.code, receipt.fact.kind) for name, receipt in found.items()}
    assert kinds == {
        "import_sea_1_staged": ("0", "DRAFT_SAVED"),
        "import_sea_2_lodged": ("7", "LODGED"),
        "import_sea_3_accepted": ("L", "ACCEPTED"),
        "import_sea_4_duty": ("T", "HOLD_OPENED:PAYMENT"),
        "import_sea_5_released": ("P", "RELEASED"),
        "refused_at_staging": ("1", "STAGING_FAILED"),
    }
    released = found["import_sea_5_released"].fact
    assert released.number == "012820201000000018"
    assert released.at == datetime(2020, 6, 8, 2, 12, 47, tzinfo=UTC)
    assert found["refused_at_staging"].words == "暂存失败：商品序号3：商品编号不存在"


def test_published_responses_are_read_with_or_without_namespaces(shared_data: Path) -> None:
    paths = sorted((shared_data / "wco" / "responses").glob("[0-9]*.xml"))

    for path in paths:
        receipt = read_receipt(path.read_bytes(), tables=TABLES, day=DAY)

        assert receipt.code == path.name[:2]
        assert receipt.fact.kind, path.name
        assert receipt.fact.reference, path.name
        assert receipt.fact.at.year >= 2019, path.name
    assert len(paths) == 40


def test_a_published_refusal_gives_its_code_and_place(shared_data: Path) -> None:
    [path] = (shared_data / "wco" / "responses").glob("03_TT_IM001b*.xml")

    receipt = read_receipt(path.read_bytes(), tables=TABLES, day=DAY)

    assert receipt.fact.problems == (Told("CDS12005", "", "42A/17C#1:R144"),)


def test_an_unknown_code_is_kept_as_text_and_changes_nothing() -> None:
    data = "<DEC_RESULT><CHANNEL>ZZ</CHANNEL><NOTE>;新状态</NOTE></DEC_RESULT>".encode()

    receipt = read_receipt(data, tables=TABLES, day=DAY)

    assert (receipt.code, receipt.words, receipt.fact.kind) == ("ZZ", ";新状态", "")


@pytest.mark.parametrize("data", [b"<DecMessage/>", b"<MetaData/>"])
def test_what_is_no_answer_is_refused(data: bytes) -> None:
    with pytest.raises(ProblemError) as refusal:
        read_receipt(data, tables=TABLES, day=DAY)

    assert [fault.problem.code for fault in refusal.value.faults] == ["MSG-081"]


def test_a_broken_answer_is_refused_with_its_place() -> None:
    with pytest.raises(ProblemError) as refusal:
        read_receipt(b"<DEC_RESULT>\n<CHANNEL>L</DEC_RESULT>", tables=TABLES, day=DAY)

    [fault] = refusal.value.faults
    assert (fault.problem.code, fault.facts["line"]) == ("MSG-020", 2)


def test_a_traders_own_client_tells_why_it_could_not_send() -> None:
    data = "<Root><failCode>07</failCode><failInfo>读卡失败</failInfo></Root>".encode()

    receipt = read_receipt(data, tables=TABLES, day=DAY)

    assert (receipt.code, receipt.fact.kind, receipt.words) == ("07", "STAGING_FAILED", "读卡失败")


def test_the_same_answer_twice_has_one_key() -> None:
    data = singlewindow.write(ACCEPTED)
    assert data is not None

    first, second = (read_receipt(data, tables=TABLES, day=DAY) for _ in range(2))

    assert first.key == second.key == ("012820261000000018", "L", AT)


@pytest.mark.parametrize(
    "value", ["", "abc", "9" * 5_000, "NaN", "00010101000000+14", "0001-01-01"]
)
def test_no_value_of_an_answer_makes_reading_raise(value: str) -> None:
    fact = replace(ACCEPTED, kind="HOLD_OPENED:PAYMENT", charges=CHARGES, due_at=AT)
    for data in (singlewindow.write(fact), wco.write(fact, TAXES)):
        assert data is not None
        root = etree.fromstring(data)
        for element in root.iter("{*}*"):
            if not len(element):
                before, element.text = element.text, value
                read_receipt(etree.tostring(root), tables=TABLES, day=DAY)
                element.text = before


def test_what_is_not_known_is_left_out_of_an_answer() -> None:
    bare = Fact(kind="DRAFT_SAVED", at=AT, reference="R-1")
    refused = Fact(kind="REJECTED", at=AT, reference="R-1", problems=(Told("DEC-001", "…"),))

    staged, rejected = singlewindow.write(bare), wco.write(refused, TAXES)

    assert staged is not None
    assert rejected is not None
    assert b"SeqNo></SeqNo" not in staged.replace(b"ClientSeqNo", b"")
    assert b"ContactOffice" not in rejected
    assert b"Pointer" not in rejected
