"""No gate opens, and no site takes note, on an order that is not as customs signed it."""

from collections.abc import Callable

import pytest
from django.db import connection

from tests.domain.holding import BOXES, GATE, KEEPER, NOW, SITE, held, refusal, trader
from tongguan.domain.release import commands, problems, queries
from tongguan.domain.release.values import GateVerdict
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.kernel.problems import ProblemError

pytestmark = pytest.mark.django_db
ONE, OTHER = BOXES
CHANGES = {
    "its unit": f"DELETE FROM release_releaseorder WHERE unit = '{ONE}';"
    f" UPDATE release_releaseorder SET unit = '{ONE}'",
    "its site": f"UPDATE release_releaseorder SET site = '' WHERE unit = '{ONE}'",
    "its office": f"UPDATE release_releaseorder SET office = '0101' WHERE unit = '{ONE}'",
    "its moment": f"UPDATE release_releaseorder SET made_at = now() WHERE unit = '{ONE}'",
    "its signature": f"UPDATE release_releaseorder SET signature = '' WHERE unit = '{ONE}'",
    "that of another": "UPDATE release_releaseorder SET signature ="
    f" (SELECT signature FROM release_releaseorder WHERE unit = '{OTHER}') WHERE unit = '{ONE}'",
}
ASKED: dict[str, Callable[[], object]] = {
    "asking": lambda: queries.ask_at_gate(site=SITE, unit=ONE, by=GATE),
    "asking for the region": lambda: queries.may_leave(site=SITE, unit=ONE),
    "leaving": lambda: commands.gate_out(site=SITE, unit=ONE, by=GATE, now=NOW),
}


@pytest.fixture(autouse=True)
def released() -> None:
    id_ = held(trader(), units=BOXES)
    assert commands.make_orders([id_], by=SYSTEM, now=NOW) == 2


def change(what: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(CHANGES[what])


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("what", CHANGES)
def test_a_gate_is_refused_an_order_of_which_somebody_changed(
    what: str, asked: str, caplog: pytest.LogCaptureFixture
) -> None:
    change(what)

    with pytest.raises(ProblemError) as error:
        ASKED[asked]()

    assert refusal(error) == [(problems.NOT_GENUINE, "")]
    assert f"for {ONE} at" in caplog.text
    assert "is not as it was signed" in caplog.text


def test_a_site_neither_reads_nor_acknowledges_an_order_that_was_changed() -> None:
    change("its signature")

    with pytest.raises(ProblemError) as error:
        commands.acknowledge(site=SITE, units=[ONE], by=KEEPER, now=NOW)

    assert refusal(error) == [(problems.NOT_GENUINE, "")]
    assert [row.unit for row in queries.at_gate(viewer=GATE)] == [OTHER]
    assert queries.ask_at_gate(site=SITE, unit=OTHER, by=GATE).verdict is GateVerdict.OPEN
