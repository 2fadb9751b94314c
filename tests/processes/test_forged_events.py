"""An event that somebody wrote into the queue does nothing that the state does not call for."""

import pytest
from django.db import connection

from tests.interfaces.scene import declared, lodged, play
from tongguan.domain.clearance.lifecycle import State
from tongguan.domain.clearance.queries import state_of
from tongguan.domain.release.queries import orders_of
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.time import utc_now
from tongguan.processes.jobs import follow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("kind", ["Released", "Cancelled", "Refused"])
def test_an_event_of_a_state_that_a_declaration_is_not_in_does_nothing(kind: str) -> None:
    play()
    id_ = lodged(declared())
    before = entries(id_)

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO announcements_announcement (kind, subject, at, facts)"
            " VALUES (%s, %s, now(), '{}')",
            [kind, id_],
        )
    while follow(now=utc_now()):
        pass

    assert state_of(id_) is State.ACCEPTED
    assert orders_of(id_) == ()
    assert entries(id_) == before
