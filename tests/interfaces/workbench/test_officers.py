"""Who is on duty is marked, two officers are drawn, and others take over for a reason."""

import re
from typing import Any

import pytest

from tests.domain.holding import hold_of
from tests.interfaces.workbench.conftest import House
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.declarations.queries import heads
from tongguan.domain.inspection.queries import draws
from tongguan.kernel.identifiers import DeclarationId

DUTY = "/inspection/duty"


@pytest.fixture
def id_(house: House) -> DeclarationId:
    house.at("colleague")
    house.at("inspector")
    found: DeclarationId = house.held(HoldKind.INSPECTION)
    return found


def on_duty(house: House, *names: str) -> None:
    for name in names:
        house.post(name, DUTY, office="0202", officer=name, present="yes")


def officers(id_: DeclarationId) -> tuple[str, ...]:
    found = draws([hold_of(id_, HoldKind.INSPECTION)])
    return next((row.officers for row in found.values()), ())


def confirm(house: House, id_: DeclarationId) -> None:
    """Press the button of the chief's page, as it is now."""
    sha256 = read(house.get("chief", f"/case/{id_}"))
    house.post("chief", f"/case/{id_}/officers", act="confirm", sha256=sha256)


def read(page: str) -> str:
    """Return what the form on a page says was read."""
    [found] = re.findall(r'name="sha256" value="([0-9a-f]{64})"', page)
    return str(found)


def test_two_of_those_marked_present_are_drawn_by_one_press(
    house: House, id_: DeclarationId
) -> None:
    assert "Nobody is marked as on duty there today." in house.get("inspector", f"/case/{id_}")
    on_duty(house, "inspector", "colleague")
    assert "Draw two officers" in house.get("inspector", f"/case/{id_}")

    house.post("inspector", f"/case/{id_}/officers", act="draw")

    page = house.get("inspector", f"/case/{id_}")
    assert set(officers(id_)) == {"inspector", "colleague"}
    assert "drawn again: the same" in page
    assert "Draw two officers" not in page


def test_with_one_officer_present_nobody_is_drawn_and_the_page_says_why(
    house: House, id_: DeclarationId
) -> None:
    on_duty(house, "inspector")

    house.post("inspector", f"/case/{id_}/officers", act="draw")

    assert officers(id_) == ()
    assert "Two are drawn of those present at 0202" in house.get("inspector", f"/case/{id_}")


def test_a_substitute_is_drawn_on_a_ground_that_the_chief_confirms(
    house: House, id_: DeclarationId
) -> None:
    house.at("third")
    on_duty(house, "inspector", "colleague")
    house.post("inspector", f"/case/{id_}/officers", act="draw")
    before = officers(id_)
    on_duty(house, "third")
    sent: dict[str, Any] = {"act": "replace", "absent": "colleague", "ground": "ILL"}

    house.post("inspector", f"/case/{id_}/officers", **sent, why="")
    refused = house.get("inspector", f"/case/{id_}")
    house.post("colleague", DUTY, office="0202", officer="colleague", present="no")
    house.post("inspector", f"/case/{id_}/officers", **sent, why="one is ill")
    asked = house.get("chief", f"/case/{id_}")
    own = house.get("inspector", f"/case/{id_}")
    waits = house.get("chief", "/inspection")
    untouched = officers(id_)
    confirm(house, id_)
    page = house.get("inspector", f"/case/{id_}")

    assert "Others than those drawn hold an examination for a reason only." in refused
    assert "colleague is marked present at 0202" in refused
    assert "Confirm the replacement" in asked
    assert "asks that a substitute is drawn in place of" in asked
    assert "illness, one is ill" in asked
    assert "The chief of the office has to confirm it." in own
    assert "Confirm the replacement" not in own
    assert "waits for the chief" in waits
    assert untouched == before
    assert set(officers(id_)) == {"inspector", "third"}
    assert page.count("drawn again: the same") == 2
    assert page.count("no more were present than were drawn") == 2
    assert "drawn of 1 present" in house.get("inspector", "/inspection")


def test_a_chief_who_read_another_request_confirms_nothing_and_is_told(
    house: House, id_: DeclarationId
) -> None:
    house.at("third")
    on_duty(house, "inspector", "colleague")
    house.post("inspector", f"/case/{id_}/officers", act="draw")
    sent: dict[str, Any] = {"act": "replace", "absent": "colleague", "ground": "INTEREST"}
    house.post("inspector", f"/case/{id_}/officers", **sent, why="his brother trades")
    before = read(house.get("chief", f"/case/{id_}"))
    sent |= {"ground": "SKILL", "named": ["third"]}
    house.post("inspector", f"/case/{id_}/officers", **sent, why="live animals")

    house.post("chief", f"/case/{id_}/officers", act="confirm", sha256=before)
    page = house.get("chief", f"/case/{id_}")
    untouched = officers(id_)
    house.post("chief", f"/case/{id_}/officers", **sent, why="live animals")
    own = house.get("chief", f"/case/{id_}")
    house.post("inspector", f"/case/{id_}/officers", **sent, why="live animals")
    repeated = house.get("chief", f"/case/{id_}", "zh-hans")

    assert "the request was changed meanwhile" in page
    assert read(page) != before
    assert set(untouched) == {"inspector", "colleague"}
    assert "You asked for a replacement here, or it is about you" in own
    assert "须由另一名科长确认" in repeated
    assert 'value="confirm"' not in repeated


def test_a_replacement_is_read_and_confirmed_as_it_was_read_through_the_api(
    house: House, id_: DeclarationId
) -> None:
    house.at("third")
    on_duty(house, "inspector", "colleague")
    house.post("inspector", f"/case/{id_}/officers", act="draw")
    path = f"/api/v1/declarations/{heads([id_])[id_].number}/inspection/replacement"
    chief, asker = house.at("chief"), house.at("inspector")
    nothing = chief.get(path).json()
    sent: dict[str, Any] = {"absent": ["colleague"], "ground": "SKILL", "named": ["third"]}
    asker.post(path, {**sent, "why": "fish"}, "application/json")
    before = chief.get(path).json()["sha256"]
    asker.post(path, {**sent, "why": "live animals"}, "application/json")
    asked = chief.get(path).json()
    hidden = house.at("trader").get(path).json()
    stale = chief.post(f"{path}/confirm", {"sha256": before}, "application/json")
    bare = chief.post(f"{path}/confirm", {}, "application/json")
    done = chief.post(f"{path}/confirm", {"sha256": asked["sha256"]}, "application/json")

    assert nothing is hidden is None
    assert {name: asked[name] for name in (*sent, "why", "asked_by", "askers")} == {
        **sent,
        "why": "live animals",
        "asked_by": "inspector",
        "askers": ["inspector"],
    }
    assert stale.status_code == 409
    assert "INS-048" in stale.content.decode()
    assert bare.status_code == 422
    assert (done.status_code, done.json()) == (200, {"officers": ["third"]})


def test_an_officer_named_by_hand_is_shown_as_an_exception(
    house: House, id_: DeclarationId
) -> None:
    house.at("third")
    on_duty(house, "inspector", "colleague")
    house.post("inspector", f"/case/{id_}/officers", act="draw")

    sent: dict[str, Any] = {"act": "replace", "absent": "colleague", "named": ["", "third"]}
    house.post("inspector", f"/case/{id_}/officers", **sent, ground="SKILL", why="live animals")
    assert "named by hand: goods that need special knowledge" in house.get("chief", f"/case/{id_}")
    confirm(house, id_)

    assert set(officers(id_)) == {"inspector", "third"}
    told = "named by hand, as an exception from the draw"
    assert told in house.get("auditor", f"/case/{id_}")
    assert told in house.get("auditor", "/inspection")


def test_presence_is_marked_by_oneself_or_by_the_chief(house: House, id_: DeclarationId) -> None:
    house.post("inspector", DUTY, office="0202", officer="colleague", present="yes")
    told = house.get("inspector", DUTY)
    assert "Presence is marked by colleague himself" in told
    assert told.count("Is here today") == 1

    assert house.get("chief", f"{DUTY}?office=0202").count("Is here today") == 2
    house.post("chief", DUTY, office="0202", officer="colleague", present="yes")

    assert house.get("chief", f"{DUTY}?office=0202").count("No longer here") == 1


def test_who_marked_another_officer_is_told_why_he_neither_draws_nor_confirms(
    house: House, id_: DeclarationId
) -> None:
    house.at("third")
    on_duty(house, "inspector", "colleague")
    assert "Draw two officers" in house.get("chief", f"/case/{id_}")
    house.post("chief", DUTY, office="0202", officer="third", present="yes")
    house.post("chief", DUTY, office="0202", officer="third", present="no")

    page = house.get("chief", f"/case/{id_}")
    site = house.get("chief", f"/inspection/{id_}", "zh-hans")
    house.post("chief", f"/case/{id_}/officers", act="draw")
    refused = house.get("chief", f"/case/{id_}")
    undrawn = officers(id_)
    house.post("inspector", f"/case/{id_}/officers", act="draw")
    sent: dict[str, Any] = {"act": "replace", "absent": "colleague", "ground": "INTEREST"}
    house.post("inspector", f"/case/{id_}/officers", **sent, why="his brother trades")
    asked = house.get("chief", f"/case/{id_}")

    assert "so another officer draws, or a chief who marked nobody" in page
    assert "Draw two officers" not in page
    assert "由其他关员抽取" in site
    assert "marked another officer present or absent at 0202 today" in refused
    assert undrawn == ()
    assert "so another chief confirms it" in asked
    assert "Confirm the replacement" not in asked
    assert "draws no officers here today" in house.get("chief", f"{DUTY}?office=0202")


def test_who_only_reads_is_offered_no_draw(house: House, id_: DeclarationId) -> None:
    on_duty(house, "inspector", "colleague")

    page = house.get("auditor", f"/case/{id_}")
    house.post("auditor", f"/case/{id_}/officers", act="draw")

    assert "Officers of the examination" in page
    assert "Draw two officers" not in page
    assert officers(id_) == ()


def test_who_leaves_is_no_longer_drawn(house: House, id_: DeclarationId) -> None:
    on_duty(house, "inspector", "colleague")
    house.post("colleague", DUTY, office="0202", officer="colleague", present="no")

    page = house.get("chief", f"{DUTY}?office=0202", "zh-hans")

    assert page.count("已离岗") == 1
    assert page.count("今天在岗") == 1
    assert page.count("登记人") == 3
