"""Certificates and licences by the API: one kind, what drew on one, and nothing of others."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from tests.domain.permits.test_certificates import claiming, grant, sent
from tests.interfaces.api.conftest import Caller
from tests.interfaces.scene import Scene

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_holder_reads_balances_and_what_drew_on_them_and_others_nothing(
    scene: Scene, callers: Mapping[str, Caller]
) -> None:
    grant(scene)
    [answer] = sent(claiming())

    [one] = callers["trader"].get("/certificates").json()["rows"]
    address = f"/certificates/relief/{one['id']}/declarations"
    [drew] = callers["trader"].get(address).json()["rows"]
    [own] = callers["broker"].get("/certificates?kind=relief").json()["rows"]

    assert (one["number"], one["basis"]) == ("Z02020000001", "401")
    assert Decimal(one["left"]) == Decimal("914.5")
    assert drew["declaration"] == answer.number
    assert Decimal(drew["drawn"]) == Decimal("85.5")
    assert (own["number"], own["granted"], own["left"]) == ("Z02020000001", None, None)
    assert callers["rival"].get("/certificates").json() == {"rows": [], "after": ""}
    assert callers["rival"].get(address).json()["errors"][0]["code"] == "PER-040"
    assert callers["trader"].get("/certificates?kind=other").status_code == 404
