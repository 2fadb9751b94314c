"""The page of operation shows what failed, and an administrator tries it again or drops it."""

import pytest

from tests.domain.holding import NOW
from tests.interfaces.workbench.conftest import House
from tests.processes.test_failed_events import put, run
from tongguan.facilities.announcements import failures, periodic
from tongguan.facilities.announcements.models import Announcement
from tongguan.facilities.ledger.queries import entries
from tongguan.facilities.ledger.values import HOUSE
from tongguan.processes.jobs import Follower

pytestmark = pytest.mark.django_db(transaction=True)


def one_failed(house: House) -> int:
    event = put("HoldOpened", house.held(), ["no", "facts"])
    run(Follower(), since=NOW)
    return event


def test_what_failed_is_shown_and_an_administrator_drops_it_with_a_reason(house: House) -> None:
    event = one_failed(house)
    periodic.note_failed("sign_ledger", error="OSError: no space", now=NOW)

    page = house.get("administrator", "/operation")
    refused = house.post("administrator", "/operation", wants=422, event=event, act="drop")
    none = house.post("administrator", "/operation", wants=422, event="9" * 30, act="drop")
    house.post("administrator", "/operation", event=event, act="drop", reason="sent by hand")
    after = house.get("administrator", "/operation")

    assert "AttributeError: &#x27;list&#x27; object has no attribute &#x27;get&#x27;" in page
    assert "parked since" in page
    assert "OSError: no space" in page
    assert "ANN-003" in refused
    assert "WBN-007" in none
    assert "No event failed" in after
    assert Announcement.objects.filter(followed_at=None).count() == 0
    [dropped] = [one for one in entries(HOUSE) if one.kind == "CONSEQUENCES_DROPPED"]
    assert dropped.facts["reason"] == "sent by hand"
    assert dropped.facts["event"] == str(event)


def test_an_auditor_sees_what_failed_and_has_no_button_and_nobody_else_sees_it(
    house: House,
) -> None:
    event = one_failed(house)

    page = house.get("auditor", "/operation")
    house.post("auditor", "/operation", wants=422, event=event, act="retry")
    house.get("coordinator", "/operation", wants=403)

    assert f"{event} HoldOpened" in page
    assert 'value="retry"' not in page
    [row] = failures.failed_events()
    assert row.parked_at is not None
    assert "/desk/operation" in house.get("auditor", "/ledger")
    assert "/desk/operation" not in house.get("coordinator", "/ledger")
