"""The parts that pages are built of."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from tongguan.interfaces.pages import sites
from tongguan.interfaces.pages.shapes import (
    Button,
    Coded,
    Derivation,
    HoldCard,
    Input,
    Trouble,
)
from tongguan.kernel.money import Money

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)  # in Beijing
XINGANG = Coded("0202", "新港海关", "Xingang")


def shown(source: str, language: str = "en", **facts: object) -> str:
    template = Template("{% load tongguan %}" + source)
    request = RequestFactory().get("/", {"office": "0202", "after": "before"})
    with translation.override(language):
        page = template.render(Context({"now": NOON, "request": request, **facts}))
    return re.sub(r"\s+", " ", page).strip()


def words(source: str, language: str = "en", **facts: object) -> str:
    bare = re.sub(r"<[^>]+>", " ", shown(source, language, **facts))
    return re.sub(r"\s+", " ", bare).strip()


@pytest.mark.parametrize(
    ("turn", "english", "chinese"),
    [
        ("TRADER", "Trader", "收发货人"),
        ("CUSTOMS", "Customs", "海关"),
        ("CARRIER", "Carrier", "承运人"),
        ("AGENCY", "Agency", "主管部门"),
        ("", "Nothing waits", "无待办"),
    ],
)
def test_words_stand_beside_the_colour_of_a_turn(turn: str, english: str, chinese: str) -> None:
    colour = f"turn-{turn.lower() or 'nobody'}"

    assert colour in shown("{% turn turn %}", turn=turn)
    assert words("{% turn turn %}", turn=turn) == english
    assert words("{% turn turn %}", "zh-hans", turn=turn) == chinese


def test_the_reader_is_told_that_it_is_his_turn_for_what_and_until_when() -> None:
    source = '{% turn "TRADER" what="pay" until=until %}'
    until = NOON + timedelta(days=9)

    assert words(source, my_turn="TRADER", until=until) == "Your turn: pay 3 Dec"
    assert words(source, my_turn="CUSTOMS", until=until) == "Trader: pay 3 Dec"


def test_a_page_may_say_itself_whose_turn_it_is() -> None:
    assert words('{% turn "CUSTOMS" mine=True %}', my_turn="TRADER") == "Your turn"
    assert words('{% turn "TRADER" mine=False %}', my_turn="TRADER") == "Trader"


def test_a_turn_nobody_knows_is_a_bug() -> None:
    with pytest.raises(LookupError, match="no such turn: PIRATE"):
        shown('{% turn "PIRATE" %}')


def line(state: str, held_for: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    moments = {"ACCEPTED": NOON, "RELEASED": NOON, "CANCELLED": NOON}
    page = shown("{% progress s m h %}", s=state, m=moments, h=held_for)
    return re.findall(r'<li class="line-(\w+)".*?line-words">([^<]+)<', page)


def test_the_line_of_a_held_declaration_says_what_holds_it() -> None:
    assert line("ACCEPTED", ("inspection", "payment")) == [
        ("done", "accepted"),
        ("held", "held: inspection, payment"),
        ("ahead", "released"),
        ("ahead", "left"),
        ("ahead", "closed"),
    ]


def test_many_holds_are_counted_on_the_line() -> None:
    assert line("ACCEPTED", ("inspection", "payment", "permit"))[1] == (
        "held",
        "held: inspection and others (3)",
    )


def test_the_line_of_a_draft_has_everything_ahead() -> None:
    assert {kind for kind, _words in line("DRAFT")} == {"ahead"}


def test_the_line_of_a_released_declaration_stands_at_its_release() -> None:
    assert [kind for kind, _words in line("RELEASED")] == ["done", "now", "ahead", "ahead"]


def test_the_line_of_a_closed_declaration_is_done() -> None:
    assert [kind for kind, _words in line("CLOSED")] == ["done"] * 4


def test_the_line_of_a_cancelled_declaration_ends_there() -> None:
    assert line("CANCELLED")[-1] == ("ended", "cancelled")


@pytest.mark.parametrize(
    ("left", "english", "chinese", "urgency"),
    [
        (timedelta(hours=3), "due by 15:00 · 3 hours left", "15:00前办结 · 剩 3 小时", "soon"),
        (
            timedelta(days=1, hours=2),
            "due by tomorrow 14:00 · 26 hours left",
            "明天 14:00前办结 · 剩 26 小时",
            "calm",
        ),
        (timedelta(days=9), "due by 3 Dec · 9 days left", "12月3日前办结 · 剩 9 天", "calm"),
        (
            timedelta(days=60),
            "due by 23 Jan 2027 · 60 days left",
            "2027年1月23日前办结 · 剩 60 天",
            "calm",
        ),
        (
            timedelta(minutes=-40),
            "was due 11:20 · 40 minutes late",
            "应于11:20办结 · 已逾期 40 分钟",
            "late",
        ),
    ],
)
def test_a_deadline_tells_what_is_left_of_it(
    left: timedelta, english: str, chinese: str, urgency: str
) -> None:
    until = NOON + left

    assert words("{% due until %}", until=until) == english
    assert words("{% due until %}", "zh-hans", until=until) == chinese
    assert f"due-{urgency}" in shown("{% due until %}", until=until)


def test_a_deadline_in_a_column_is_short() -> None:
    source = "{% due until short=True %}"

    assert words(source, until=NOON + timedelta(hours=3)) == "15:00 · 3 hours left"
    assert words(source, until=NOON - timedelta(hours=3)) == "09:00 · 3 hours late"


def test_where_there_is_no_deadline_nothing_is_said() -> None:
    assert shown("{% due until %}", until=None) == ""


def test_a_moment_is_told_from_now_and_in_full() -> None:
    at = NOON - timedelta(minutes=3)

    assert words("{% moment at %}", at=at) == "3 minutes ago"
    assert 'title="24 Nov 2026, 11:57"' in shown("{% moment at %}", at=at)
    assert words('{% moment at "full" %}', at=at) == "24 Nov 2026, 11:57 · 3 minutes ago"
    assert words("{% moment at %}", "zh-hans", at=at) == "3 分钟前"
    assert words("{% moment at %}", at=NOON + timedelta(days=2)) == "in 2 days"
    assert words("{% moment at %}", at=NOON) == "just now"
    assert words("{% moment at %}", at=None) == "–"


def test_a_day_is_told_without_the_year_when_it_is_this_one() -> None:
    assert words("{% day on %}", on=NOON.date()) == "24 Nov"
    assert words("{% day on %}", on=datetime(2025, 3, 1, tzinfo=UTC).date()) == "1 Mar 2025"
    assert words("{% day on %}", "zh-hans", on=NOON) == "11月24日"


def test_code_and_name_stand_together() -> None:
    assert words("{% coded office %}", office=XINGANG) == "0202 新港海关 Xingang"
    assert words("{% coded office %}", "zh-hans", office=XINGANG) == "0202 新港海关"
    assert words('{% coded "CNY" %}') == "CNY"
    assert words('{% coded "01" "" "Rail" %}', "zh-hans") == "01 Rail"


def test_a_declaration_number_is_grouped_and_others_are_left() -> None:
    assert words('{{ "020220261000012345"|number }}') == "0202 2026 1 000012345"
    assert words('{{ "TGHU1234567"|number }}') == "TGHU1234567"


def test_an_amount_keeps_every_digit() -> None:
    assert words('{{ a|amount:"CNY" }}', a=Decimal("91235.46")) == "91,235.46 CNY"
    assert words("{{ a|amount }}", a=Money(Decimal("0.10"))) == "0.10 CNY"


def test_an_amount_opens_how_it_came_about() -> None:
    charge = Derivation(
        "Import duty",
        Decimal("31973.40"),
        "CNY",
        "value × rate",
        "213,156.00 × 15 %",
        "duty by value, version 3",
        "Tariff Law, ch. 3",
        (Input("rate", "15 %", "since 1 Jan 2026"),),
    )

    told = words("{% derivation charge %}", charge=charge)

    assert told.startswith("31,973.40 CNY")
    assert "value × rate = 213,156.00 × 15 % = 31,973.40 CNY" in told
    assert "rate since 1 Jan 2026 15 %" in told
    assert told.endswith("duty by value, version 3 Tariff Law, ch. 3")


def test_a_hold_says_what_why_whose_turn_where_since_and_until() -> None:
    card = HoldCard(
        "Payment",
        "Duty is due.",
        "TRADER",
        NOON - timedelta(hours=5),
        mine=True,
        where=XINGANG,
        until=NOON + timedelta(days=9),
        button=Button("Pay", "/pay"),
    )

    assert words("{% hold card %}", card=card) == (
        "Payment Your turn Duty is due. Where 0202 新港海关 Xingang Since 5 hours ago "
        "Until due by 3 Dec · 9 days left Pay"
    )


def test_ended_holds_are_folded_beneath_the_open_ones() -> None:
    ended = HoldCard("Review", "Value.", "CUSTOMS", NOON, ended_at=NOON, ended_by="Li Qiang")

    told = words("{% holds cards %}", cards=[ended])

    assert told == (
        "Nothing holds this declaration. 1 hold has ended Review Value. just now · Li Qiang"
    )


MASS = Trouble(
    "DEC-031",
    "Net mass is above gross mass",
    "Item 3: net 240 kg, gross 200 kg.",
    "Correct one of the two.",
    "#/lines/2/net_mass_kg",
    "Line 3, net mass",
)
SOON = Trouble("DEC-102", "The licence ends soon", "In three days.", warning=True)


def test_a_problem_leads_to_its_field_and_stands_beside_it() -> None:
    summary = shown("{% problems troubles %}", troubles=[MASS, SOON])
    field = shown(
        '{% field "Net mass" "net" "240" pointer="#/lines/2/net_mass_kg" troubles=troubles %}',
        troubles=[MASS, SOON],
    )

    assert 'href="#f-lines-2-net_mass_kg"' in summary
    assert 'id="f-lines-2-net_mass_kg"' in field
    assert 'aria-describedby="f-lines-2-net_mass_kg-problem"' in field
    assert 'aria-invalid="true"' in field
    assert "Item 3: net 240 kg, gross 200 kg." in field


def test_warnings_are_told_apart_from_refusals() -> None:
    told = words("{% problems troubles %}", troubles=[MASS, SOON])

    assert told.startswith("1 thing to correct Line 3, net mass: Net mass is above gross mass")
    assert "1 thing to look at; it does not stand in the way" in told


def test_a_warning_does_not_make_a_field_wrong() -> None:
    warning = Trouble("DEC-102", "Soon", "In three days.", pointer="#/licence", warning=True)

    field = shown(
        '{% field "Licence" "licence" pointer="#/licence" troubles=found %}', found=[warning]
    )

    assert "field-warned" in field
    assert "aria-invalid" not in field


def test_where_nothing_is_wrong_nothing_is_said() -> None:
    assert shown("{% problems troubles %}", troubles=[]) == ""
    assert shown('{% problem_at troubles "#/lines" %}', troubles=[MASS]) == ""


def test_the_next_page_keeps_the_filters() -> None:
    page = shown('{% next_page after="7" shown=50 %}')

    assert 'href="?office=0202&amp;after=7"' in page
    assert 'href="?office=0202"' in page


def test_the_last_page_says_so() -> None:
    assert words("{% next_page shown=1 %}").startswith("1 row · no more")


def test_an_act_asks_before_it_is_done() -> None:
    act = Button("Release", "/r", post=True, question="Release it?", values={"id": "7"})

    page = shown('{% confirm act "ask-7" reason="Why" %}', act=act)

    assert '<form method="post" action="/r"' in page
    assert '<input type="hidden" name="id" value="7">' in page
    assert 'data-opens="ask-7"' in page
    assert 'name="reason" rows="3" required' in page


def test_a_button_is_a_link_or_a_form() -> None:
    assert shown("{% button b %}", b=Button("Pay", "/pay")) == (
        '<a class="btn btn-primary" href="/pay">Pay</a>'
    )
    assert 'method="post"' in shown("{% button b %}", b=Button("Pay", "/pay", post=True))


def test_a_region_is_drawn_on_its_own_land_or_on_a_plain_ground() -> None:
    assert sites.outline("jingjinji").startswith("/static/pages/outlines/jingjinji")
    assert sites.outline("tinypack") == ""
    assert 'data-outline=""' in shown("{% region_map data %}", data={"sites": [], "moves": []})


def test_the_map_is_told_as_a_list_too() -> None:
    site = {
        "code": "0202",
        "chinese": "新港",
        "english": "Xingang",
        "longitude": 117.75,
        "latitude": 38.98,
        "lying": 412,
        "waiting": 38,
        "own": 12,
        "late": 3,
        "rank": 1,
        "state": "late",
    }

    page = words("{% region_map data %}", data={"sites": [site], "moves": []})

    assert "0202 新港 Xingang 412 38 behind time 3 of 12 late" in page


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        (Decimal("2400.00"), Coded("006", "套", "set"), "2,400 set (006)", "2,400 套 (006)"),
        (Decimal("1083.60"), Coded("999"), "1,083.6 (999)", "1,083.6 (999)"),
        (Decimal(1000), Coded("CNY"), "1,000 CNY", "1,000 CNY"),
        (None, None, "", ""),
    ],
)
def test_a_quantity_stands_before_its_unit_and_apart_from_its_code(
    value: Decimal | None, unit: Coded | None, english: str, chinese: str
) -> None:
    for language, told in (("en", english), ("zh-hans", chinese)):
        assert words("{% measured value unit %}", language, value=value, unit=unit) == told
