"""Acts by hand, on the page and through the API: stop, lift, revoke, refuse, confirm."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.domain.permits.cases import USED, asking, begin
from tests.interfaces.scene import Scene, declared, lodged, open_kinds, play
from tongguan.domain.clearance.lifecycle import HoldKind, State
from tongguan.domain.clearance.queries import state_of
from tongguan.domain.declarations.queries import heads
from tongguan.domain.parties.queries import employer
from tongguan.domain.permits.models import Licence
from tongguan.facilities.accounts.commands import admit_person
from tongguan.facilities.accounts.values import SYSTEM, NewPosting, Role
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.time import utc_now

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(username: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(get_user_model().objects.get(username=username))
    return client


def admitted(username: str, posting: NewPosting) -> Client:
    """Admit somebody and return him signed in."""
    admit_person(
        username=username,
        password="correct horse battery",
        name_zh=username,
        postings=[posting],
        password_is_own=True,
        by=SYSTEM,
        now=utc_now(),
    )
    return signed_in(username)


@pytest.fixture
def scene() -> Scene:
    return play()


@pytest.fixture
def accepted(scene: Scene) -> DeclarationId:
    return lodged(declared())


def api(client: Client, id_: DeclarationId, path: str, body: dict[str, str]) -> int:
    number = heads([id_])[id_].number
    url = f"/api/v1/declarations/{number}/{path}"
    return client.post(url, body, content_type="application/json").status_code


def test_a_coordinator_stops_on_the_page_and_two_let_it_go_on(accepted: DeclarationId) -> None:
    first = admitted("first", NewPosting(Role.COORDINATOR))
    second = admitted("second", NewPosting(Role.COORDINATOR))
    page = f"/desk/case/{accepted}/acts"

    assert "Stop it" in first.get(page).content.decode()
    wordless = first.post(page, {"act": "stop", "words": " "})
    first.post(page, {"act": "stop", "words": "toys recalled"})
    seen = second.get(page).content.decode()
    second.post(page, {"act": "lift", "words": "tested"})
    alone = second.post(page, {"act": "lift"})
    held = open_kinds(accepted)
    first.post(page, {"act": "lift"})

    assert wordless.status_code == 422
    assert "COO-001" in wordless.content.decode()
    assert "toys recalled" in seen
    assert alone.status_code == 422
    assert HoldKind.INSTRUCTION in held
    assert HoldKind.INSTRUCTION not in open_kinds(accepted)


def test_a_reviewer_revokes_on_the_page_with_ground_and_words(
    scene: Scene, accepted: DeclarationId
) -> None:
    reviewer, page = signed_in("reviewer"), f"/desk/case/{accepted}/acts"

    refused = reviewer.post(page, {"act": "cancel", "ground": "", "words": ""})
    done = reviewer.post(page, {"act": "cancel", "ground": "LOSS", "words": "lost at sea"})

    assert refused.status_code == 422
    assert all(code in refused.content.decode() for code in ("REV-109", "REV-110"))
    assert done.status_code == 302
    assert state_of(accepted) is State.CANCELLED
    assert "lost at sea" in reviewer.get(page).content.decode()
    assert (
        "Revoked: lost at sea"
        in signed_in("trader").get(f"/portal/declarations/{accepted}").content.decode()
    )


def test_the_same_acts_are_done_through_the_api(scene: Scene, accepted: DeclarationId) -> None:
    first = admitted("first", NewPosting(Role.COORDINATOR))
    second = admitted("second", NewPosting(Role.COORDINATOR))
    reviewer, trader = signed_in("reviewer"), signed_in("trader")

    statuses = [
        api(trader, accepted, "instruction", {"text": "x"}),
        api(first, accepted, "instruction", {"text": "toys recalled"}),
        api(first, accepted, "instruction/lift", {"text": "tested"}),
        api(first, accepted, "instruction/lift", {"text": ""}),
        api(second, accepted, "instruction/lift", {"text": ""}),
        api(reviewer, accepted, "cancel", {"ground": "WHIM", "words": "x"}),
        api(first, accepted, "refuse", {"text": "forbidden"}),
        api(reviewer, accepted, "cancel", {"ground": "LOSS", "words": "x"}),
    ]

    assert statuses == [403, 200, 200, 403, 200, 422, 200, 409]
    assert state_of(accepted) is State.REFUSED


def test_an_agency_confirms_on_its_page_and_declines_through_the_api() -> None:
    stage = begin()
    ministry = employer(min(stage.ministry.own_ids), utc_now().date())
    posting = NewPosting(Role.AGENCY, employer=ministry)
    clerk = admitted("clerk", posting)
    id_, hold = asking()
    other, second = asking("R-2")
    stage.grant("100")

    home = clerk.get("/")
    listed = clerk.get("/desk/permits").content.decode()
    clerk.post("/desk/permits", {"act": "confirm", "hold": str(hold)})
    short = clerk.post("/desk/permits", {"act": "confirm", "hold": str(second)})
    [asked] = clerk.get("/api/v1/permits").json()
    url = f"/api/v1/permits/{second}/decline"
    declined = clerk.post(url, {"text": "used up"}, content_type="application/json")

    assert home["location"] == "/desk/permits"
    assert "L-1" in listed
    assert HoldKind.PERMIT not in open_kinds(id_)
    assert Licence.objects.get().drawn == USED
    assert short.status_code == 422
    assert (asked["hold"], asked["quantity"], asked["left"]) == (
        str(second),
        "85.50000",
        "14.50000",
    )
    assert declined.status_code == 200
    assert HoldKind.CASE in open_kinds(other)


def test_a_licence_is_registered_and_confirmed_through_the_api() -> None:
    stage = begin()
    ministry = employer(min(stage.ministry.own_ids), utc_now().date())
    posting = NewPosting(Role.AGENCY, employer=ministry)
    clerk = admitted("clerk", posting)
    id_, hold = asking()
    today = utc_now().date()
    licence = {
        "kind": "1",
        "number": "L-1",
        "holder": "91110113FAKE00013H",
        "granted": "500",
        "unit": "035",
        "valid_from": str(today),
        "valid_until": str(today.replace(year=today.year + 1, day=1)),
    }

    made = clerk.post("/api/v1/permits/licences", licence, content_type="application/json")
    confirmed = clerk.post(f"/api/v1/permits/{hold}/confirm", content_type="application/json")
    nobody = clerk.post(
        "/api/v1/permits/licences",
        {**licence, "holder": "91110113NOBODY0000"},
        content_type="application/json",
    )

    assert (made.status_code, confirmed.status_code, nobody.status_code) == (200, 200, 404)
    assert HoldKind.PERMIT not in open_kinds(id_)
