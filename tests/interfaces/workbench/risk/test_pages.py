"""The risk desk's pages: who may see which, in both languages, and what they cost."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from msgspec import json

from tests.counting import statements
from tests.interfaces.workbench.risk.scene import Desk
from tongguan.facilities.ledger.queries import entries
from tongguan.facilities.ledger.values import HOUSE
from tongguan.kernel.time import utc_now
from tongguan.processes.lodgement.decide import local_day

READERS = ("analyst", "analyst2", "auditor")
OTHERS = ("reviewer", "inspector", "gate", "trader", "broker", "lines")
LEFT_IN_ENGLISH = re.compile(r"(?i)\b(the|of|and|with|for|waits|proposed|approved)\b")


def pages(desk: Desk) -> dict[str, str]:
    """Return every page of the desk that reads."""
    yesterday = local_day(utc_now()) - timedelta(days=1)
    declared = desk.declarations[0]
    return {
        "today": "/desk/risk",
        "accepted": "/desk/risk/today/inspection",
        "profiles": "/desk/risk/profiles",
        "profile": f"/desk/risk/profiles/{desk.profile}",
        "shares": "/desk/risk/shares",
        "models": "/desk/risk/models",
        "outcomes": "/desk/risk/outcomes",
        "outcomes by profile": "/desk/risk/outcomes?cut=profile",
        "outcomes by officer": "/desk/risk/outcomes?cut=officer&days=30",
        "behind": f"/desk/risk/outcomes/list?cut=profile&name={desk.profile}&part=ended",
        "promises": "/desk/risk/promises",
        "export": f"/desk/risk/promises/{yesterday}.json",
        "verifier": "/desk/risk/promises/verify_draw.py",
        "selection": f"/desk/risk/selection/{declared}",
    }


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_analysts_and_auditors_read_everything_and_nobody_else_anything(desk: Desk) -> None:
    for name in (*READERS, *OTHERS):
        client = desk.signed_in(name)
        wanted = 200 if name in READERS else 403
        for page, path in pages(desk).items():
            assert client.get(path).status_code == wanted, (name, page)


def test_a_figure_that_needs_more_says_how_far_it_is(desk: Desk) -> None:
    page = text(desk.signed_in("analyst"), "/desk/risk/outcomes")

    assert re.search(r"The most used one has \d+ of 200 so far", page)
    assert re.search(r"The one that declared most has \d+ of 20 so far", page)


def test_only_analysts_write(desk: Desk) -> None:
    paths = [
        "/desk/risk/profiles/new",
        f"/desk/risk/profiles/{desk.profile}/edit",
        "/desk/risk/profiles/new/trial",
        f"/desk/risk/profiles/{desk.profile}/retire",
    ]
    for name in (*READERS, *OTHERS):
        client = desk.signed_in(name)
        found = {client.post(path, {"act": "check"}).status_code for path in paths}
        assert (found == {403}) is (name not in {"analyst", "analyst2"}), name
        for act in ("approve", "suspend", "end"):
            client.post(f"/desk/risk/decide/profile/{desk.profile}", {"act": act})
            if name not in {"analyst", "analyst2"}:
                assert not _changed_by(name)


def _changed_by(name: str) -> list[str]:
    told = [one.kind for one in entries(HOUSE) if one.by == name]
    return [kind for kind in told if "READ" not in kind and kind != "OFFICER_PRESENT"]


def test_an_auditor_is_offered_no_button_that_changes_a_criterion(desk: Desk) -> None:
    client = desk.signed_in("auditor")
    for path in ("/desk/risk/profiles", f"/desk/risk/profiles/{desk.profile}", "/desk/risk/models"):
        page = text(client, path)
        assert "/desk/risk/decide/" not in page
        assert "/edit" not in page
        assert "/new" not in page


@pytest.mark.parametrize("name", ["analyst2", "auditor"])
def test_no_page_is_half_translated(desk: Desk, name: str) -> None:
    english, chinese = desk.signed_in(name), desk.signed_in(name, "zh-hans")
    for page, path in pages(desk).items():
        if page in {"export", "verifier"}:
            continue
        here = text(chinese, path)
        heading = r"<h1>(.*?)</h1>"
        first, second = (re.findall(heading, one, re.DOTALL) for one in (text(english, path), here))
        assert page in {"profile", "behind"} or first != second, page
        here = re.sub(r'<(\w+) lang="en".*?</\1>', " ", here, flags=re.DOTALL)
        words = re.sub(r"<(script|style|code).*?</\1>|<[^>]+>", " ", here, flags=re.DOTALL)
        for known in ("Everything declared at Xingang", "Wine from far away", "Count the boxes"):
            words = words.replace(known, "")
        left = [one.strip() for one in words.split("\n") if LEFT_IN_ENGLISH.search(one)]
        assert left == [], page


def test_every_reading_of_criteria_stands_in_the_ledger(desk: Desk) -> None:
    client = desk.signed_in("auditor")
    readings = {
        "/desk/risk": "CRITERIA_READ",
        "/desk/risk/profiles": "CRITERIA_READ",
        f"/desk/risk/profiles/{desk.profile}": "CRITERIA_READ",
        "/desk/risk/shares": "CRITERIA_READ",
        "/desk/risk/models": "CRITERIA_READ",
        "/desk/risk/outcomes?cut=profile": "CRITERIA_READ",
        f"/desk/risk/selection/{desk.declarations[0]}": "SELECTION_READ",
    }
    for path, kind in readings.items():
        before = len(entries(HOUSE))
        text(client, path)
        fresh = entries(HOUSE)[before:]
        assert {(one.kind, one.by) for one in fresh} == {(kind, "auditor")}, path


def test_a_reviewer_and_an_inspector_never_see_the_words_of_a_rule(desk: Desk) -> None:
    for name in ("reviewer", "inspector"):
        page = text(desk.signed_in(name), f"/desk/case/{desk.declarations[0]}")
        assert "Count the boxes." in page  # what to look for
        assert "Everything declared at Xingang" not in page
        assert "Profile 1" not in page
        assert "/desk/risk/selection/" not in page


def test_a_case_leads_the_auditor_to_the_whole_selection_recomputed(desk: Desk) -> None:
    client = desk.signed_in("auditor")
    path = f"/desk/risk/selection/{desk.declarations[0]}"

    assert path in text(client, f"/desk/case/{desk.declarations[0]}")
    page = text(client, path)

    assert "Recorded and recomputed are the same." in page
    assert f"Profile {desk.profile}, version 1: Count the boxes." in page


def test_a_figure_opens_the_declarations_behind_it(desk: Desk) -> None:
    client = desk.signed_in("analyst")
    listed = f"/desk/risk/outcomes/list?cut=profile&name={desk.profile}&days=90&part="

    assert [
        text(client, listed + part).count('class="number"') for part in ("met", "ended", "found")
    ] == [3, 3, 1]


def test_what_is_promised_is_exported_as_the_command_line_gives_it(desk: Desk) -> None:
    client, yesterday = desk.signed_in("auditor"), local_day(utc_now()) - timedelta(days=1)

    sealed = json.decode(text(client, f"/desk/risk/promises/{yesterday}.json"))
    client.post(f"/desk/risk/promises/{yesterday}/open")
    opened = json.decode(text(client, f"/desk/risk/promises/{yesterday}.json"))

    assert sealed["sets"][0]["version"] is None
    assert opened["sets"][0]["version"] is not None
    assert "def check(" in text(client, "/desk/risk/promises/verify_draw.py")


def test_no_page_asks_more_of_the_database_the_more_there_is(desk: Desk) -> None:
    client = desk.signed_in("analyst2")
    most = {"selection": 40, "outcomes by profile": 26, "today": 26}
    found = {
        page: statements(partial(text, client, path))
        for page, path in pages(desk).items()
        if page != "verifier"
    }

    assert {page: count for page, count in found.items() if count > most.get(page, 22)} == {}
