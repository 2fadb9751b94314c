"""Who may sit at which desk, in what language, and how much each page asks of the database."""

import re
from functools import partial
from typing import Final

import pytest

from tests.counting import statements
from tests.interfaces.workbench.conftest import DESK, House
from tongguan.domain.clearance.lifecycle import HoldKind

DESKS: Final = {
    "/review": {"reviewer", "coordinator", "auditor"},
    "/inspection": {"inspector", "elsewhere", "coordinator", "auditor"},
    "/inspection/duty": {"inspector", "elsewhere", "coordinator", "auditor"},
    "/revenue": {"revenue", "coordinator", "auditor"},
    "/gate": {"gate", "terminal", "inspector", "elsewhere"},
    "/cargo": {"carrier", "gate", "terminal", "inspector", "elsewhere", "coordinator"},
    "/coordination": {"coordinator", "auditor"},
    "/permits": {"coordinator", "auditor"},
    "/region": {
        "reviewer",
        "inspector",
        "elsewhere",
        "revenue",
        "analyst",
        "coordinator",
        "auditor",
    },
    "/ledger": {"auditor", "coordinator", "reviewer", "inspector", "elsewhere", "revenue"},
}
PEOPLE: Final = (
    "reviewer",
    "inspector",
    "elsewhere",
    "revenue",
    "analyst",
    "coordinator",
    "auditor",
    "gate",
    "terminal",
    "carrier",
    "trader",
)
MOST_STATEMENTS: Final = 32
HOME: Final = {
    "/review": "reviewer",
    "/inspection": "inspector",
    "/inspection/duty": "inspector",
    "/revenue": "revenue",
    "/gate": "gate",
    "/cargo": "terminal",
    "/cargo?view=lying": "terminal",
    "/cargo?view=transit": "carrier",
    "/cargo?view=manifests": "carrier",
    "/coordination": "coordinator",
    "/region": "coordinator",
    "/ledger": "auditor",
    "/search?q=XX": "auditor",
}
CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
WORD: Final = re.compile(r"[A-Za-z]{3,}")
TAGS: Final = re.compile(
    r'<script.*?</script>|<span class="code">[^<]*(?=<)'
    r'|<[^>]*lang="(?:en|zh-Hans)"[^>]*>[^<]*(?=<)|<[^>]+>',
    re.DOTALL,
)
NAMES: Final = {
    "Tongguan",
    "EXAMPLE",
    "STAR",
    "CNY",
    "English",
    "JSON",
    "CSV",
    "xlsx",
    "XMPU",
    "CTN",
    "Esc",
    "Enter",
}


@pytest.mark.parametrize("desk", DESKS)
def test_a_desk_is_open_to_those_who_are_posted_to_it(house: House, desk: str) -> None:
    found = {name for name in PEOPLE if house.at(name).get(DESK + desk).status_code == 200}

    assert found == DESKS[desk]
    assert {house.at(name).get(DESK + desk).status_code for name in PEOPLE} == {200, 403}


def test_the_frame_leads_to_open_desks_only(house: House) -> None:
    for name in PEOPLE:
        for desk in DESKS:
            answer = house.at(name).get(DESK + desk)
            if answer.status_code == 200:
                links = set(re.findall(r'href="/desk(/\w+)"', answer.content.decode()))
                shown = {link for link in links if link in DESKS}
                assert all(name in DESKS[link] for link in shown), (name, desk, shown)


def fill(house: House) -> None:
    """Let something wait at every desk."""
    for _ in range(3):
        house.held(HoldKind.REVIEW, HoldKind.INSPECTION, HoldKind.PAYMENT)
    house.held(HoldKind.TRANSIT, office="0115")


@pytest.mark.parametrize(("page", "name"), HOME.items())
def test_a_page_says_everything_in_the_readers_language(house: House, page: str, name: str) -> None:
    fill(house)

    said = visible(house.get(name, page, "zh-CN"))
    english = visible(house.get(name, page, "en"))

    assert CHINESE.search(said)
    assert set(WORD.findall(said)) - NAMES == set(), page
    told = [line for line in english.splitlines() if CHINESE.search(line)]
    assert [line for line in told if not own_words(line)] == [], page


def visible(html: str) -> str:
    """Return the words of a page's main part, without marks and what has its own language."""
    main = html[html.index("<main") :].partition('<nav class="bottom"')[0]
    return re.sub(r"\n\s*\n+", "\n", TAGS.sub("\n", main))


def own_words(line: str) -> bool:
    """Return whether a line is what somebody declared: a name, goods, a place."""
    return any(name in line for name in ("有限公司", "轴承", "示例", "张三"))


@pytest.mark.parametrize(("page", "name"), HOME.items())
def test_a_page_asks_no_more_of_the_database_however_much_waits(
    house: House, page: str, name: str
) -> None:
    ask = partial(house.get, name, page)
    empty = statements(ask)
    fill(house)
    few = statements(ask)
    for _ in range(3):
        fill(house)
    many = statements(ask)

    assert many <= max(few, empty)
    assert many <= MOST_STATEMENTS


def test_a_case_asks_a_bounded_number_of_statements(house: House) -> None:
    id_ = house.held(HoldKind.REVIEW, HoldKind.INSPECTION)

    assert statements(partial(house.get, "reviewer", f"/case/{id_}")) <= MOST_STATEMENTS


@pytest.mark.parametrize(("page", "name"), HOME.items())
def test_an_empty_desk_says_what_will_stand_there(house: House, page: str, name: str) -> None:
    said = house.get(name, page)

    if page not in {"/ledger", "/inspection/duty"}:
        assert "empty-state-title" in said


@pytest.mark.parametrize(
    ("name", "query", "leads"),
    [
        ("gate", "xmpu0000013", "/desk/gate?unit=xmpu0000013"),
        ("terminal", "", "/desk/gate"),
        ("carrier", "NONE", None),
        ("analyst", "NONE", None),
        ("reviewer", "\u200b' %", None),
    ],
)
def test_the_search_leads_where_the_reader_may_go(
    house: House, name: str, query: str, leads: str | None
) -> None:
    answer = house.at(name).get(f"{DESK}/search", {"q": query})

    assert (answer.status_code, answer.headers.get("Location")) == (302 if leads else 200, leads)


def test_an_officer_finds_a_declaration_by_its_number_and_a_stranger_does_not(
    house: House,
) -> None:
    id_ = house.held(HoldKind.REVIEW)
    box = house.held(HoldKind.REVIEW, units=("XMPU0000055",))

    found = house.at("inspector").get(f"{DESK}/search", {"q": "XMPU 0000055"})

    assert found.headers["Location"] == f"/desk/case/{box}"
    assert str(id_) not in house.get("elsewhere", "/search?q=0128")
    assert house.at("elsewhere").get(f"{DESK}/case/{id_}").status_code == 404
