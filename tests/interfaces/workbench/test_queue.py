"""Queues: filters in the address, pages by key, clocks, one case beside the list."""

import re
from datetime import timedelta

import pytest

from tests.domain.holding import officer
from tests.interfaces.workbench.conftest import DESK, House, open_kinds, state
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.coordination import commands as coordination
from tongguan.facilities.accounts.values import Role
from tongguan.kernel.time import utc_now

REVIEW = HoldKind.REVIEW
HOUR = timedelta(hours=1)


def ids(page: str) -> list[str]:
    """Return the declarations of a list, in its order."""
    return re.findall(r'id="open-[^"]+"[^>]*open=([0-9a-f-]+)', page)


def test_the_longest_waiting_comes_first_with_its_clock(house: House) -> None:
    young = house.held(REVIEW, ago=HOUR, due_in=3 * HOUR)
    old = house.held(REVIEW, ago=5 * HOUR, due_in=3 * HOUR)
    house.held(HoldKind.PAYMENT)

    page = house.get("reviewer", "/review")

    assert ids(page) == [str(old), str(young)]
    assert page.count("due-late") == 2
    assert "2 hours late" in page
    assert "1 hour left" in page or "2 hours left" in page


def test_filters_stand_in_the_address_and_narrow_the_list(house: House) -> None:
    mine = house.held(REVIEW, ago=5 * HOUR, due_in=HOUR)
    case = house.held(HoldKind.CASE, office="0115")
    query = house.held(HoldKind.QUERY)

    def found(address: str) -> set[str]:
        return set(ids(house.get("reviewer", f"/review?{address}")))

    assert found("") == {str(mine), str(case), str(query)}
    assert found("kind=CASE") == {str(case)}
    assert found("turn=TRADER") == {str(query)}
    assert found("office=0115") == {str(case)}
    assert found("overdue=yes") == {str(mine)}
    assert found("text=nothing-like-it") == set()
    assert found("kind=PAYMENT&turn=NOBODY") == {str(mine), str(case), str(query)}
    assert "Nothing waits with these filters" in house.get("reviewer", "/review?office=0401")


@pytest.mark.parametrize(
    ("name", "desk", "mine"),
    [
        ("reviewer", "review", ["Review", "Case"]),
        ("coordinator", "coordination", ["Instruction", "Case"]),
        ("auditor", "coordination", []),
    ],
)
def test_it_is_the_readers_turn_where_he_can_act_and_nowhere_else(
    house: House, name: str, desk: str, mine: list[str]
) -> None:
    for kind in (REVIEW, HoldKind.CASE, HoldKind.INSPECTION, HoldKind.QUERY):
        house.held(kind)
    centre = officer("centre", Role.COORDINATOR)
    coordination.stop(
        declaration_id=house.held(HoldKind.QUERY), reason="a report", by=centre, now=utc_now()
    )

    page = house.get(name, f"/{desk}")

    theirs = re.findall(r"Your turn</span></span>\s*<strong>(\w+)", page)
    assert sorted(theirs) == sorted(mine)


def test_fifty_stand_on_a_page_and_the_next_begins_after_them(house: House) -> None:
    all_of = {str(house.held(REVIEW)) for _ in range(53)}

    first = house.get("reviewer", "/review?kind=REVIEW")
    [following] = re.findall(r'rel="next" href="([^"]+)"', first)
    second = house.get("reviewer", f"/review{following.replace('&amp;', '&')}")

    assert (len(ids(first)), len(ids(second))) == (50, 3)
    assert set(ids(first)) | set(ids(second)) == all_of
    assert "kind=REVIEW" in following
    assert house.at("reviewer").get(f"{DESK}/review?after=nonsense").status_code == 200


def test_a_case_opens_beside_the_list_and_the_next_is_one_key_away(house: House) -> None:
    first, second = house.held(REVIEW, ago=3 * HOUR), house.held(REVIEW, ago=HOUR)

    page = house.get("reviewer", f"/review?open={first}&turn=CUSTOMS")

    assert 'id="beside"' in page
    [key] = re.findall(r'data-key="n" href="([^"]+)"', page)
    assert f"open={second}" in key
    assert "turn=CUSTOMS" in key
    last = house.get("reviewer", f"/review?open={second}")
    assert 'data-key="n"' not in last


def test_an_act_beside_the_list_stays_there_and_the_case_leaves_the_list(house: House) -> None:
    first, second = house.held(REVIEW, ago=3 * HOUR), house.held(REVIEW, ago=HOUR)
    address = f"/review?open={first}"

    leads = house.post("reviewer", address, act="close", finding="", words="")
    page = house.get("reviewer", address)

    assert leads == DESK + address
    assert state(first) == "RELEASED"
    assert ids(page) == [str(second)]
    [key] = re.findall(r'data-key="n" href="([^"]+)"', page)
    assert f"open={second}" in key
    assert "The review is closed." in page


def test_a_refusal_beside_the_list_keeps_list_and_words(house: House) -> None:
    first = house.held(REVIEW)

    page = house.post(
        "reviewer", f"/review?open={first}", wants=422, act="close", finding="PRICE", words=""
    )

    assert ids(page) == [str(first)]
    assert '<option value="PRICE" selected>' in page
    assert "REV-107" in page
    assert open_kinds(first) == {REVIEW}


def test_the_list_refreshes_its_rows_alone(house: House) -> None:
    id_ = house.held(REVIEW)

    part = house.at("reviewer").get(
        f"{DESK}/review", headers={"HX-Request": "true", "HX-Target": "queue"}
    )

    assert "<html" not in part.content.decode()
    assert ids(part.content.decode()) == [str(id_)]


def test_what_lies_with_other_offices_opens_beside_no_list(house: House) -> None:
    id_ = house.held(REVIEW)

    assert house.at("coordinator").get(f"{DESK}/coordination?open={id_}").status_code == 200
    assert house.at("coordinator").get(f"{DESK}/coordination?open=nonsense").status_code == 200
    assert house.at("inspector").get(f"{DESK}/review?open={id_}").status_code == 403


def test_coordination_counts_everything_however_much_there_is(house: House) -> None:
    for _ in range(7):
        house.held(REVIEW, HoldKind.PAYMENT, HoldKind.ARRIVAL)

    page = house.get("coordinator", "/coordination")

    assert "21 wait" in page
    assert re.findall(r'<dd><a href="\?turn=(\w+)">(\d+)</a></dd>', page) == [
        ("TRADER", "7"),
        ("CARRIER", "7"),
        ("CUSTOMS", "7"),
        ("AGENCY", "0"),
    ]


def turns(page: str) -> list[tuple[str, str]]:
    """Return whose turn each row of a list says it is, and what for."""
    return re.findall(r"turn-words\">([^<]+)</span></span>\s*<strong>(\w+)", page)


def test_a_review_that_waits_for_the_declarant_is_nobody_elses_turn(house: House) -> None:
    house.held(REVIEW, HoldKind.QUERY, due_in=3 * HOUR)
    summoned = house.held(REVIEW, HoldKind.SUMMONS)
    free = house.held(REVIEW)

    page = house.get("reviewer", "/review")
    mine = house.get("reviewer", "/review?turn=MINE")

    assert sorted(turns(page)) == [
        ("Trader", "Answer"),
        ("Trader", "Review"),
        ("Trader", "Review"),
        ("Trader", "Visit"),
        ("Your turn", "Review"),
    ]
    assert "clock stopped" in page
    assert "hours left" not in page
    assert "1 of them for you" in page
    assert ids(mine) == [str(free)]
    assert "Your turn" not in house.get("reviewer", f"/case/{summoned}")


def test_a_case_is_the_turn_of_neither_who_found_it_nor_who_decided_it(house: House) -> None:
    found = house.held(REVIEW)
    house.post("reviewer", f"/case/{found}", act="close", finding="PRICE", words="too low")
    case = house.held(HoldKind.CASE)
    path = f"/case/{case}"
    house.post("reviewer", path, act="decide", consequence="PENALTY", words="referred")

    assert ids(house.get("reviewer", "/review?turn=MINE")) == []
    assert "0 of them for you" in house.get("reviewer", "/review")
    assert set(ids(house.get("second", "/review?turn=MINE"))) == {str(found), str(case)}
    page = house.get("reviewer", f"/case/{case}")
    assert "Your turn" not in page
    assert 'value="decide"' not in page
    assert "another officer decides that it is done" in page
    assert 'value="decide"' in house.get("second", f"/case/{case}")


def test_after_an_amendment_is_required_it_is_the_traders_turn_on_every_page(house: House) -> None:
    case = house.held(HoldKind.CASE)
    path = f"/case/{case}"
    house.post("reviewer", path, act="decide", consequence="AMENDMENT", words="the quantity")

    for name in ("reviewer", "second"):
        page, one = house.get(name, "/review"), house.get(name, f"/case/{case}")
        assert turns(page) == [("Trader", "Case")]
        assert "Your turn" not in one
    assert 'value="decide"' in one
