"""The API takes a carrier's declaration of its means of transport."""

from datetime import timedelta

from django.test import Client

from tests.interfaces.api.conftest import Callers
from tests.interfaces.scene import PASSWORD
from tongguan.domain.cargo.models import Transport
from tongguan.kernel.time import utc_now

MANIFEST = {
    "number": "MT1",
    "mode": "2",
    "name": "EXAMPLE STAR",
    "voyage": "020W",
    "flow": "import",
    "office": "0202",
    "bills": [{"number": "BT1", "packages": 1, "gross": "10", "site": "0202-01"}],
}


def test_a_carrier_declares_its_transport_once(callers: Callers) -> None:
    carrier = callers["lines"]
    assert carrier.post("/manifests", MANIFEST).status_code == 200
    moment = utc_now() - timedelta(hours=1)
    sent = {"manifest": "MT1", "declared_at": moment.isoformat()}

    first, again = carrier.post("/transports", sent), carrier.post("/transports", sent)

    assert (first.status_code, again.status_code) == (200, 200)
    row = Transport.objects.get()
    assert (row.declared_at, row.stated) == (moment, True)


def test_a_carrier_corrects_its_transport_with_a_reason_by_the_api_and_on_its_desk(
    callers: Callers,
) -> None:
    carrier = callers["lines"]
    carrier.post("/manifests", MANIFEST)
    first, second = utc_now() - timedelta(days=2), utc_now() - timedelta(days=1)
    carrier.post("/transports", {"manifest": "MT1", "declared_at": first.isoformat()})
    other = {"manifest": "MT1", "declared_at": second.isoformat()}
    desk = Client()
    assert desk.login(username="lines", password=PASSWORD)
    typed = {"act": "transport", "manifest": "MT1", "declared": first.isoformat()}

    refused = carrier.post("/transports", other)
    taken = carrier.post("/transports", {**other, "reason": "another voyage"})
    kept = Transport.objects.get().declared_at
    without = desk.post("/desk/cargo?view=manifests", typed)
    with_reason = desk.post("/desk/cargo?view=manifests", {**typed, "reason": "it was right"})

    assert refused.json()["errors"][0]["code"] == "CAR-041"
    assert (taken.status_code, kept) == (200, second)
    assert (without.status_code, with_reason.status_code) == (422, 302)
    assert "CAR-041" in without.content.decode()
    assert Transport.objects.get().declared_at == first


def test_a_transport_is_not_declared_ahead_nor_by_a_broker(callers: Callers) -> None:
    carrier = callers["lines"]
    carrier.post("/manifests", MANIFEST)
    ahead = {"manifest": "MT1", "declared_at": (utc_now() + timedelta(days=2)).isoformat()}

    assert carrier.post("/transports", ahead).json()["errors"][0]["code"] == "CAR-040"
    assert callers["broker"].post("/transports", {"manifest": "MT1"}).status_code == 403
    assert carrier.post("/transports", {"manifest": "none"}).status_code == 404
    assert not Transport.objects.exists()
