"""The API takes a carrier's declaration of its means of transport."""

from datetime import timedelta

from tests.interfaces.api.conftest import Callers
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


def test_a_transport_is_not_declared_ahead_nor_by_a_broker(callers: Callers) -> None:
    carrier = callers["lines"]
    carrier.post("/manifests", MANIFEST)
    ahead = {"manifest": "MT1", "declared_at": (utc_now() + timedelta(days=2)).isoformat()}

    assert carrier.post("/transports", ahead).json()["errors"][0]["code"] == "CAR-040"
    assert callers["broker"].post("/transports", {"manifest": "MT1"}).status_code == 403
    assert carrier.post("/transports", {"manifest": "none"}).status_code == 404
    assert not Transport.objects.exists()
