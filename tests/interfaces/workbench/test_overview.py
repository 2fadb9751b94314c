"""Region, revenue and ledger: every count by the database, every amount with how it came about."""

import re
from datetime import timedelta

import pytest
from django.db import connection

from tests.domain.cargo.factories import BillFactory
from tests.domain.revenue.cases import owing, pay, receipt, register_bank
from tests.interfaces.workbench.conftest import DESK, House
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import open_hold
from tongguan.domain.declarations.queries import heads
from tongguan.domain.review import commands as review
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.time import utc_now

HOUR = timedelta(hours=1)


def close(id_: DeclarationId) -> None:
    hold = open_hold(id_, HoldKind.REVIEW)
    assert hold is not None
    review.close_review(
        declaration_id=id_, hold_id=hold, finding="", words="", by=SYSTEM, now=utc_now()
    )


def test_the_region_shows_what_lies_waits_and_is_late_where_it_is(house: House) -> None:
    BillFactory.create(number="B1", arrived_at=utc_now(), arrived_site="0202-02")
    house.held(HoldKind.REVIEW, HoldKind.PAYMENT, site="0202-03", ago=5 * HOUR, due_in=HOUR)
    for _ in range(6):
        house.held(HoldKind.REVIEW, site="0202-04")
    house.held(HoldKind.REVIEW, site="0202-04", ago=5 * HOUR, due_in=HOUR)
    house.held(HoldKind.PAYMENT, site="0202-01", ago=5 * HOUR, due_in=HOUR)

    page = house.get("coordinator", "/region")

    rows = {
        code: (lying, waiting, state)
        for code, lying, waiting, state in re.findall(
            r'<span class="code">(\d{4}-\d+)</span>(?:(?!<tr>).)*?<td class="right">(\d+)</td>'
            r'<td class="right">(\d+)</td><td><span class="site-state site-(\w+)"',
            page,
            re.DOTALL,
        )
    }
    assert rows["0202-02"] == ("1", "0", "well")
    assert rows["0202-03"] == ("0", "1", "late")
    assert rows["0202-04"] == ("0", "7", "well")
    assert "1 of 7 late" in page
    assert rows["0202-01"] == ("0", "1", "well")
    assert len(rows) >= 43


def test_the_promise_of_the_day_is_what_was_kept_of_what_was_due(house: House) -> None:
    close(house.held(HoldKind.REVIEW, ago=timedelta(minutes=1), due_in=HOUR))
    house.held(HoldKind.REVIEW, ago=5 * HOUR, due_in=HOUR)

    page = house.get("coordinator", "/region")

    assert "50 %" in page
    assert "1 in time, 1 not" in page


def test_what_is_owed_late_and_paid_today_is_summed_by_office(house: House) -> None:
    register_bank()
    owing(house.trader_id)
    paid = owing(house.trader_id)
    pay(paid, receipt(paid, paid_at=utc_now()), now=utc_now())

    page = house.get("revenue", "/revenue")

    assert page.count("104,281.53 CNY") >= 3
    assert "import duty" in page.lower()
    assert "how it came about" in page
    assert house.get("revenue", "/revenue?office=0401").count("104,281.53 CNY") < page.count(
        "104,281.53 CNY"
    )
    assert house.at("revenue").get(f"{DESK}/revenue?after=x&overdue=yes").status_code == 200


def test_the_ledger_says_every_act_in_words_and_that_its_chain_is_whole(house: House) -> None:
    id_ = house.held(HoldKind.REVIEW)
    house.post("reviewer", f"/case/{id_}", act="close", finding="PRICE", words="too low")

    page = house.get("auditor", f"/ledger/{id_}")

    assert "The chain is whole: 3 entries" in page
    assert "The documentary check was closed" in page
    assert "value in doubt" in page
    assert "too low" in page
    assert "reviewer English" in page
    assert "REVIEW_CLOSED" not in page


def test_a_changed_entry_is_shown_as_where_the_chain_breaks(house: House) -> None:
    id_ = house.held(HoldKind.REVIEW)
    close(id_)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE ledger_entry SET by = 'nobody' WHERE chain = %s AND number = 2", [id_]
        )
        cursor.execute("ALTER TABLE ledger_entry ENABLE TRIGGER USER")

    page = house.get("auditor", f"/ledger/{id_}")

    assert "This chain is broken" in page
    assert "At entry 2:" in page
    assert page.count("entry-broken") == 1


def test_a_ledger_is_found_by_its_number(house: House) -> None:
    id_ = house.held(HoldKind.REVIEW)
    number = heads([id_])[id_].number

    answer = house.at("auditor").get(f"{DESK}/ledger", {"number": f"{number[:4]} {number[4:]}"})

    assert answer.headers["Location"] == f"/desk/ledger/{id_}"
    assert "Nothing found" in house.get("auditor", "/ledger?number=99")
    house.get("elsewhere", f"/ledger/{id_}", wants=404)


@pytest.mark.parametrize("name", ["gate", "carrier", "analyst", "trader"])
def test_a_ledger_is_not_for_everybody(house: House, name: str) -> None:
    house.get(name, f"/ledger/{house.held()}", wants=403)
