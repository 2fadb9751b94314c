"""Receipts out: every step as the single window and the WCO tell it, in order, the same again."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.interfaces.api.conftest import Caller, Callers
from tests.interfaces.scene import Scene, declared, end_all, lodged, number_of
from tongguan.domain.revenue import commands as revenue
from tongguan.domain.revenue import registers
from tongguan.domain.review import commands as review
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.interfaces.messages.receipts.reading import read_receipt
from tongguan.interfaces.messages.translation.tables import Translation
from tongguan.kernel.time import utc_now
from tongguan.processes import sandbox

TABLES = Translation.shipped()


def listed(caller: Caller, number: str, after: str = "", **headers: str) -> Any:
    answer = caller.get(f"/declarations/{number}/receipts?after={after}", **headers)
    assert answer.status_code == 200, answer.content
    return answer.json()


def codes(told: Any) -> list[tuple[str, str]]:
    return [(one["code"], one["function"]) for one in told["receipts"]]


def texts(told: Any) -> set[str]:
    return {one["text"] for one in told["receipts"]}


def test_acceptance_and_what_holds_the_goods_are_told_in_order(callers: Callers) -> None:
    id_ = lodged(declared())

    told = listed(callers["broker"], number_of(id_))

    # The goods have not arrived: accepted in advance, and duty is due.
    assert codes(told) == [("L", "02"), ("T", "13")]
    by_kind = {one["kind"]: one for one in told["receipts"]}
    accepted, due = by_kind["ACCEPTED"], by_kind["HOLD_OPENED:PAYMENT"]
    assert (accepted["office"], due["office"]) == ("0128", "0128")
    assert due["due"] > due["at"]
    cursors = [tuple(map(int, one["cursor"].split("-"))) for one in told["receipts"]]
    assert cursors == sorted(set(cursors))


def test_a_cursor_gives_only_what_came_since_and_always_the_same(
    callers: Callers, scene: Scene
) -> None:
    id_ = lodged(declared())
    number = number_of(id_)
    first = listed(callers["broker"], number)

    sandbox.pay(declaration_id=id_, by=scene.actor("broker"), now=utc_now())
    review.ask(
        declaration_id=id_,
        question="哪一份合同？",
        ground="price",
        document="00000004",
        by=scene.actor("reviewer"),
        now=utc_now(),
    )

    since = listed(callers["broker"], number, first["cursor"])
    assert codes(since) == [("N", "06")]
    assert since["receipts"][0]["words"] == "哪一份合同？"
    assert listed(callers["broker"], number, first["cursor"]) == since
    whole = listed(callers["broker"], number)
    assert whole["receipts"] == first["receipts"] + since["receipts"]
    assert listed(callers["broker"], number, since["cursor"])["receipts"] == []


def test_the_text_comes_in_the_language_that_is_asked_for(callers: Callers) -> None:
    number = number_of(lodged(declared()))

    english = listed(callers["broker"], number, Accept_Language="en")
    chinese = listed(callers["broker"], number, Accept_Language="zh-hans")

    assert {"accepted before arrival", "duty and taxes due"} <= texts(english)
    assert {"提前申报已接受", "需交税费"} <= texts(chinese)


@pytest.mark.parametrize("form", ["singlewindow", "wco"])
def test_each_receipt_is_handed_out_as_a_document_that_reads_back(
    callers: Callers, form: str
) -> None:
    id_ = lodged(declared())
    number = number_of(id_)

    for one in listed(callers["broker"], number)["receipts"]:
        assert form in one["forms"]
        path = f"/declarations/{number}/receipts/{one['cursor']}/{form}.xml"
        answer = callers["broker"].get(path)

        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/xml"
        read = read_receipt(answer.content, tables=TABLES, day=datetime.now(UTC).date())
        assert read.fact.kind == one["kind"]
        assert read.fact.number == number
        assert read.code == one["code" if form == "singlewindow" else "function"]


def test_the_charges_stand_in_the_wco_answer_to_the_fen(callers: Callers) -> None:
    number = number_of(lodged(declared()))
    [due] = [one for one in listed(callers["broker"], number)["receipts"] if one["code"] == "T"]

    answer = callers["broker"].get(f"/declarations/{number}/receipts/{due['cursor']}/wco.xml")
    owed = callers["broker"].get(f"/declarations/{number}/charges").json()

    read = read_receipt(answer.content, tables=TABLES, day=datetime.now(UTC).date())
    told = sum(one.amount for one in read.fact.charges)
    assert f"{told}" == owed["payable"]


def test_a_wco_answer_is_valid_by_its_schema(callers: Callers, shared_data: Path) -> None:
    path = shared_data / "wco" / "xsd" / "customs" / "wrapper_response.xsd"
    schema = etree.XMLSchema(etree.parse(path))
    number = number_of(lodged(declared()))

    for one in listed(callers["broker"], number)["receipts"]:
        answer = callers["broker"].get(f"/declarations/{number}/receipts/{one['cursor']}/wco.xml")
        schema.assertValid(etree.fromstring(answer.content))


def test_one_receipt_comes_as_json_or_in_the_senders_own_format(
    callers: Callers, scene: Scene
) -> None:
    number = number_of(lodged(declared()))
    [first, *_rest] = listed(callers["broker"], number)["receipts"]
    path = f"/declarations/{number}/receipts/{first['cursor']}"

    assert callers["broker"].get(path).json() == first
    as_xml = callers["broker"].get(path, Accept="application/xml")
    assert as_xml["Content-Type"] == "application/xml"
    assert etree.fromstring(as_xml.content).tag == "DEC_RESULT"


def test_a_receipt_that_is_not_there_is_a_problem_with_a_remedy(
    callers: Callers,
) -> None:
    number = number_of(lodged(declared()))

    for path in ("1-1", "1-1/wco.xml", "nonsense/singlewindow.xml"):
        answer = callers["broker"].get(f"/declarations/{number}/receipts/{path}")
        assert answer.status_code == 404
        assert [one["code"] for one in answer.json()["errors"]] == ["MSG-090"]


def test_a_cursor_that_is_none_of_ours_is_refused(callers: Callers) -> None:
    number = number_of(lodged(declared()))

    answer = callers["broker"].get(f"/declarations/{number}/receipts?after=yesterday")

    assert answer.status_code == 400
    assert [one["code"] for one in answer.json()["errors"]] == ["ANN-001"]


def test_released_on_a_guarantee_is_told_as_such(callers: Callers, scene: Scene) -> None:
    id_ = lodged(declared())
    registers.register_guarantee(
        number="G-1",
        enterprise_id=scene.firms["trader"],
        limit_cny=Decimal(10_000_000),
        valid_from=date(2026, 1, 1),
        valid_until=date(2030, 1, 1),
        by=SYSTEM,
        now=utc_now(),
    )
    revenue.secure(
        declaration_id=id_, guarantee_number="G-1", by=scene.actor("trader"), now=utc_now()
    )

    end_all(id_)

    told = listed(callers["broker"], number_of(id_))
    assert codes(told)[-1] == ("K", "08")
